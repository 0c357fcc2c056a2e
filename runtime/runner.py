"""A pipeline definition, executed on this machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from ..definitions.steps import NESTED, DefinedStep, needs
from ..emitters.assets import Asset
from .errors import ReasonError, StepFailedError
from .evaluate import Scope, evaluate
from .job import Job, StepOutcome, make_arn
from .parameters import Value, choose_parameters
from .plan import Plan, make_plan
from .process import read_tail
from .results import Run, StepEvent, StepResult
from .staging import check_assets, stage_assets
from .steps.kinds import RUNNABLE_KINDS
from .store import Store

Listen = Callable[[StepEvent], None]


@dataclass(frozen=True)
class _Setting:
    """What all steps of a run share."""

    plan: Plan
    folder: Path
    registry: Path
    scope: Scope
    listen: Listen


def _ignore(_: StepEvent) -> None:
    """Listen to nothing."""


def run_definition(
    definition: Mapping[str, Any],
    *,
    root: Path,
    name: str = "pipeline",
    assets: Sequence[Asset] = (),
    parameters: Mapping[str, Value] = {},
    listen: Listen = _ignore,
) -> Run:
    """Run a pipeline definition (version 2020-12-01) here: a subprocess for each step, no docker and no AWS.

    Under `root`, `s3/BUCKET/KEY` stands for S3, `runs/RUN/STEP` is a step's work folder with its `log.txt`,
    and `models/GROUP/VERSION` a registered model package. `name` is what Execution.PipelineName gives;
    `listen` hears of every step's start and end.

    Raises, before anything is started, DefinitionError when the definition is wrong or has a step that does
    not run here, and ParameterError when values are wrong or missing; then StepFailedError when a step fails
    or a Fail step is reached, and RunError when an asset cannot be staged.
    """
    plan = make_plan(definition)
    values = choose_parameters(plan.parameters, parameters)
    check_assets(assets, [parameter.name for parameter in plan.parameters])
    root = root.resolve()
    folder = _claim_folder(root / "runs")
    scope = Scope(
        parameters=values,
        execution=_execution_variables(name, folder.name),
        properties={},
        files={
            (step.name, file.property_file_name): file for step in plan.steps for file in step.property_files
        },
        store=Store(root / "s3", scratch=folder),
    )
    stage_assets(assets, scope)
    return _run_steps(_Setting(plan, folder, root / "models", scope, listen))


def _claim_folder(runs: Path) -> Path:
    """Make the folder of the next run; making it is what claims the number."""
    runs.mkdir(parents=True, exist_ok=True)
    matches = [re.fullmatch(r"run-([0-9]+)", path.name) for path in runs.iterdir()]
    last = max((int(match[1]) for match in matches if match), default=0)
    number = last + 1
    while True:
        folder = runs / f"run-{number:04d}"
        try:
            folder.mkdir()
        except FileExistsError:  # another run has just taken it
            number += 1
        else:
            return folder


def _execution_variables(name: str, execution_id: str) -> dict[str, str]:
    return {
        "PipelineArn": make_arn("pipeline", name),
        "PipelineExecutionArn": make_arn("pipeline", f"{name}/execution/{execution_id}"),
        "PipelineExecutionId": execution_id,
        "PipelineName": name,
        "StartDateTime": _now(),
    }


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _run_steps(setting: _Setting) -> Run:
    steps, listen = setting.plan.steps, setting.listen
    results: dict[str, StepResult] = {}
    properties: dict[str, Mapping[str, Any]] = {}
    packages: list[Path] = []
    for index, step in enumerate(steps, start=1):
        event = StepEvent(step.name, step.kind, index, len(steps), "started")
        skipped = _why_skipped(step, properties)
        if skipped:
            results[step.name] = StepResult(step.name, step.kind, "Skipped")
            listen(replace(event, state="skipped", note=skipped))
            continue
        listen(event)
        start = monotonic()
        try:
            outcome = _carry_out(step, properties, setting)
        except StepFailedError as error:
            listen(replace(event, state="failed", seconds=monotonic() - start, note=error.reason))
            raise
        seconds = monotonic() - start
        properties[step.name] = outcome.properties
        packages += [outcome.package] if outcome.package else []
        results[step.name] = StepResult(step.name, step.kind, "Succeeded", seconds, outcome.outputs)
        listen(replace(event, state="succeeded", seconds=seconds, note=outcome.note))
    return Run(setting.folder.name, setting.folder, tuple(results.values()), tuple(packages), properties)


def _why_skipped(step: DefinedStep, properties: Mapping[str, Mapping[str, Any]]) -> str:
    """Say why a step is not run; nothing when it is. Steps that did not run have no properties."""
    missing = sorted(needs(step) - properties.keys())
    if missing:
        return f"needs '{missing[0]}', which was skipped"
    if step.parent and (properties[step.parent]["Outcome"] == "True") != (step.side == "IfSteps"):
        return f"'{step.parent}' took the other side"
    return ""


def _carry_out(
    step: DefinedStep, properties: Mapping[str, Mapping[str, Any]], setting: _Setting
) -> StepOutcome:
    """Run one step; whatever goes wrong in it becomes its StepFailedError."""
    folder = setting.folder / step.name
    name = f"{setting.folder.name}-{step.name}"
    own = {"CurrentDateTime": _now(), "ProcessingJobName": name, "TrainingJobName": name}
    scope = replace(setting.scope, properties=properties, execution={**setting.scope.execution, **own})
    try:
        folder.mkdir()
        request = evaluate(step.arguments, scope)
        sides = _sides(step, setting.plan)
        job = Job(step.name, name, request, folder, scope.store, setting.registry, sides)
        return RUNNABLE_KINDS[step.kind].run(job)
    except ReasonError as error:
        raise StepFailedError(step.name, error.reason, error.exit_code, *_read_log(folder)) from error
    except OSError as error:
        reason = f"could not read or write a file: {error}"
        raise StepFailedError(step.name, reason, None, *_read_log(folder)) from error


def _read_log(folder: Path) -> tuple[Path | None, tuple[str, ...]]:
    log = folder / "log.txt"
    return (log if log.is_file() else None), read_tail(log)


def _sides(step: DefinedStep, plan: Plan) -> dict[str, tuple[str, ...]]:
    inner = [item for item in plan.steps if item.parent == step.name]
    members = NESTED.get(step.kind, ())
    return {member: tuple(item.name for item in inner if item.side == member) for member in members}
