"""A pipeline definition, executed on this machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..emitters.assets import Asset
from .cache import Cache
from .containment import contain
from .evaluate import Scope
from .job import make_arn
from .keeper.client import Keeper
from .objects import Objects
from .options import RunOptions
from .parameters import Value, choose_parameters
from .plan import Plan, make_plan
from .results import Run, StepEvent, StepResult
from .run_folder import claim_folder, hold
from .schedule import Finished, Listen, run_steps
from .staging import check_assets, stage_assets
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
    parameters: Mapping[str, Value] = {},
    options: RunOptions | None = None,
    listen: Listen = _ignore,
) -> Run:
    """Run a pipeline definition (version 2020-12-01) here: a process for each step, no docker and no AWS.

    Under `root`, `s3/BUCKET/KEY` stands for S3, `runs/RUN/STEP` is a step's work folder with its `log.txt`,
    `models/GROUP/VERSION` a registered model package, `objects` what was made, by content, and `cache` what
    is known of each step. `name` is what Execution.PipelineName gives; `listen` hears of every step's start
    and end.

    Raises, before anything is started, DefinitionError when the definition is wrong or has a step that does
    not run here, and ParameterError when values are wrong or missing; then StepFailedError when a step fails
    or a Fail step is reached, and RunError when an asset cannot be staged.
    """
    options = options or RunOptions()
    plan = make_plan(definition)
    values = choose_parameters(plan.parameters, parameters)
    check_assets(assets, [parameter.name for parameter in plan.parameters])
    root = root.resolve()
    folder = claim_folder(root)
    objects = Objects(root / "objects")
    scope = Scope(
        parameters=values,
        execution=_execution_variables(name, folder.name),
        properties={},
        files={
            (step.name, file.property_file_name): file for step in plan.steps for file in step.property_files
        },
        store=Store(root / "s3", objects),
    )
    with hold(root), Keeper() as keeper:
        containment = contain(keeper, options.isolate, options.limits, options.environment, folder)
        stage_assets(assets, scope, folder)
        cache = Cache(root / "cache" / name, objects)
        setting = Setting(plan, folder, root / "models", scope, containment, cache, options.fresh)
        finished = run_steps(
            plan.steps, options.jobs, lambda step, properties: carry_out(step, properties, setting), listen
        )
    for step in plan.steps:
        if step.name in finished.failed:
            raise finished.failed[step.name]
    return _summarise(plan, folder, finished)


def _execution_variables(name: str, execution_id: str) -> dict[str, str]:
    return {
        "PipelineArn": make_arn("pipeline", name),
        "PipelineExecutionArn": make_arn("pipeline", f"{name}/execution/{execution_id}"),
        "PipelineExecutionId": execution_id,
        "PipelineName": name,
        "StartDateTime": now(),
    }


def _summarise(plan: Plan, folder: Path, finished: Finished) -> Run:
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
