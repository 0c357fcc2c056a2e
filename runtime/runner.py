"""A pipeline definition, executed on this machine."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

from ..definitions.steps import needs
from ..emitters.assets import Asset
from ..problems.errors import DefinitionError, ParameterError
from ..problems.problem import Problem
from .cache import Cache
from .containment import contain
from .errors import RunError
from .evaluate import EvaluationScope
from .history import RunRecord, StepRecord, write_run
from .keeper.client import Keeper
from .object_store import ObjectStore
from .options import RunOptions
from .parameter_values import ParameterValue, choose_parameters
from .preflight import look_ahead
from .remote import BotoS3
from .results import Run, StepEvent, StepResult
from .run_folder import claim_folder, hold
from .run_plan import RunPlan, plan_run
from .schedule import Conduct, Finished, Listen, StepSchedule, run_steps
from .selection import Selection, select_steps
from .staging import check_assets, expected_files, stage_assets
from .step_job import make_arn
from .step_run import Setting, carry_out, now
from .store import Store


def _ignore(_: StepEvent) -> None:
    """Listen to nothing."""


def run_definition(
    definition: Mapping[str, Any],
    *,
    root: Path,
    name: str = "pipeline",
    assets: Sequence[Asset] = (),
    parameters: Mapping[str, ParameterValue] = {},
    options: RunOptions | None = None,
    listen: Listen = _ignore,
) -> Run:
    """Run a pipeline definition (version 2020-12-01) here: a process for each step, no docker and no AWS.

    Under `root`, `s3/BUCKET/KEY` stands for S3, `runs/RUN/STEP` is a step's work folder with its `log.txt`,
    `models/GROUP/VERSION` a registered model package, `objects` what was made, by content, and `cache` what
    is known of each step. `name` is what Execution.PipelineName gives; `listen` hears of every step's start
    and end.

    Raises, before anything is started, DefinitionError when the definition is wrong, or with all that keeps
    its steps from running here, and ParameterError when values are wrong or missing; then StepFailedError
    when a step fails or a Fail step is reached, and RunError when an asset cannot be staged.
    """
    options = options or RunOptions()
    root = root.resolve()
    plan = plan_run(definition, options.stand_ins, options.given)
    selection = select_steps(plan.steps, options, plan.given, root, name)
    lacking = [item for step, found in plan.lacking.items() if selection.has(step) for item in found]
    values = _choose(plan, parameters, lacking)
    check_assets(assets, [parameter.name for parameter in plan.parameters])
    scope = _scope(plan, values, root, options)
    _look_ahead(plan, selection, _named(scope, name, "run-0000"), assets, root, lacking, listen)
    folder = claim_folder(root)
    begun = RunRecord(run=folder.name, pipeline=name, started=now(), status="Running", process=os.getpid())
    start = monotonic()
    finished = Finished()

    def tell(event: StepEvent) -> None:
        listen(replace(event, log=folder / event.step / "log.txt"))

    try:
        write_run(folder, begun)
        with hold(root), Keeper() as keeper:
            containment = contain(keeper, options.isolate, options.limits, options.environment, folder)
            cache = Cache(root / "cache" / name, scope.store.objects)
            scope = _named(scope, name, folder.name)
            taken = selection.taken
            setting = Setting(plan, folder, root / "models", scope, containment, cache, taken, options.fresh)
            stage_assets(assets, scope, folder)
            order = _order(plan, definition, selection, options)
            conduct = Conduct(
                lambda step, known: carry_out(step, known, setting),
                tell,
                keeper.close,
                lambda step: keeper.memory(setting.folder / step),
            )
            run_steps(order, finished, conduct)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise RunError(f"the run cannot go on: {place}{error.strerror or error}") from error
    finally:
        _write_end(folder, begun, plan, finished, monotonic() - start)
    for step in plan.steps:
        if step.name in finished.failed:
            raise finished.failed[step.name]
    return _summarise(plan, folder, finished)


def _choose(
    plan: RunPlan, given: Mapping[str, ParameterValue], lacking: Sequence[Problem]
) -> dict[str, ParameterValue]:
    """Choose the values of the parameters; what is wrong with them is told with what is lacking."""
    try:
        return choose_parameters(plan.parameters, given)
    except ParameterError as error:
        if lacking:
            raise DefinitionError([*lacking, *error.problems]) from error
        raise


def _scope(
    plan: RunPlan, values: Mapping[str, ParameterValue], root: Path, options: RunOptions
) -> EvaluationScope:
    """Make what expressions can see before the run has a name."""
    steps = [*plan.steps, *(inner for body in plan.bodies.values() for inner in body)]
    files = {(step.name, file.property_file_name): file for step in steps for file in step.property_files}
    remote = BotoS3(root / "downloads") if options.real_s3 else None
    return EvaluationScope(values, {}, {}, files, Store(root / "s3", ObjectStore(root / "objects"), remote))


def _named(scope: EvaluationScope, pipeline: str, run: str) -> EvaluationScope:
    return replace(scope, execution=_execution_variables(pipeline, run))


def _look_ahead(
    plan: RunPlan,
    selection: Selection,
    scope: EvaluationScope,
    assets: Sequence[Asset],
    root: Path,
    lacking: Sequence[Problem],
    listen: Listen,
) -> None:
    """Tell what is missing, before anything has begun; raises DefinitionError where a step could not run."""
    steps = [step for step in plan.steps if step.name not in plan.given and step.name in plan.kinds]
    scope = replace(scope, store=replace(scope.store, expected=expected_files(assets, scope)))
    outlook = look_ahead(steps, selection.wanted, plan.kinds, plan.stand_ins.keys(), scope, root / "models")
    for step, sentence in outlook.warnings:
        listen(StepEvent(step.name, step.kind, 0, len(plan.steps), "warned", note=sentence))
    if problems := [*lacking, *outlook.problems]:
        raise DefinitionError(problems)


def _order(
    plan: RunPlan, definition: Mapping[str, Any], selection: Selection, options: RunOptions
) -> StepSchedule:
    settled = {*plan.given, *selection.taken}
    names = {step.name for step in plan.steps}
    parallel = definition.get("ParallelismConfiguration")
    most = parallel.get("MaxParallelExecutionSteps") if isinstance(parallel, Mapping) else None
    return StepSchedule(
        plan.steps,
        {step.name: frozenset() if step.name in settled else needs(step) for step in plan.steps},
        frozenset(names - selection.wanted - selection.taken.keys()),
        min(options.jobs, most) if isinstance(most, int) and most > 0 else options.jobs,
    )


def _write_end(folder: Path, begun: RunRecord, plan: RunPlan, finished: Finished, seconds: float) -> None:
    """Write how a run went; that it cannot be written is no reason to lose what was made."""
    records = []
    for step in plan.steps:
        base = {"name": step.name, "kind": step.kind}
        if done := finished.done.get(step.name):
            status = "Reused" if done.reused else "Succeeded"
            told = {"seconds": done.seconds, "peak": done.peak, "note": done.note, "why": done.why}
            records.append(StepRecord(**base, status=status, outputs=dict(done.outputs), **told))
        elif error := finished.failed.get(step.name):
            records.append(StepRecord(**base, status="Failed", note=error.reason))
        elif step.name in finished.skipped:
            records.append(StepRecord(**base, status="Skipped", note=finished.skipped[step.name]))
    good = len(records) == len(plan.steps) and not finished.failed
    ended = {"status": "Succeeded" if good else "Failed", "seconds": seconds, "steps": tuple(records)}
    with suppress(OSError):
        write_run(folder, begun.model_copy(update=ended))


def _execution_variables(name: str, execution_id: str) -> dict[str, str]:
    return {
        "PipelineArn": make_arn("pipeline", name),
        "PipelineExecutionArn": make_arn("pipeline", f"{name}/execution/{execution_id}"),
        "PipelineExecutionId": execution_id,
        "PipelineName": name,
        "StartDateTime": now(),
    }


def _summarise(plan: RunPlan, folder: Path, finished: Finished) -> Run:
    results = []
    for step in plan.steps:
        done = finished.done.get(step.name)
        results.append(
            StepResult(
                step.name,
                step.kind,
                "Succeeded",
                done.seconds,
                done.outputs,
                done.reused,
                done.why,
                done.peak,
            )
            if done
            else StepResult(step.name, step.kind, "Skipped")
        )
    packages = [done.package for done in finished.done.values() if done.package]
    properties = {name: done.properties for name, done in finished.done.items()}
    return Run(folder.name, folder, tuple(results), tuple(packages), properties)
