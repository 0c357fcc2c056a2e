"""A pipeline definition, executed on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from ..definitions.steps import needs
from ..emitters.assets import Asset
from .cache import Cache
from .containment import contain
from .errors import RunError
from .history import RunRecord, StepRecord, write_run
from .keeper.client import Keeper
from .options import RunOptions
from .parameter_values import ParameterValue
from .prepare import PreparedRun, prepare_run
from .results import Run, StepEvent, StepResult
from .run_folder import claim_folder, hold
from .run_plan import RunPlan
from .schedule import Conduct, Finished, Listen, StepSchedule, run_steps
from .selection import Selection
from .staging import stage_assets
from .step_run import Setting, carry_out, now

if TYPE_CHECKING:
    from ..emitters.definition import Emission


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
    prepared = prepare_run(definition, root.resolve(), name, assets, parameters, options, listen)
    folder = claim_folder(prepared.root)
    order = _order(prepared.plan, definition, prepared.selection, options)
    finished = Finished()
    with _recorded(prepared, folder, finished), hold(prepared.root), Keeper() as keeper:
        run_steps(order, finished, _conduct(prepared, folder, keeper, options, listen))
    for step in prepared.plan.steps:
        if step.name in finished.failed:
            raise finished.failed[step.name]
    return _summarise(prepared.plan, folder, finished)


def run_emission(
    emission: Emission,
    inputs: Mapping[str, ParameterValue] = {},
    *,
    root: Path,
    options: RunOptions | None = None,
    listen: Listen = _ignore,
) -> Run:
    """Run what a wiring is emitted as, with the code that belongs to it; raises as `run_definition` does."""
    return run_definition(
        emission.definition,
        root=root,
        name=emission.name,
        assets=emission.assets,
        parameters={**emission.stand_ins, **inputs},
        options=options,
        listen=listen,
    )


@contextmanager
def _recorded(run: PreparedRun, folder: Path, finished: Finished) -> Iterator[None]:
    """Keep a record of a run, that it has begun and however it ends; raises RunError when it cannot go on."""
    begun = RunRecord(
        run=folder.name, pipeline=run.name, started=now(), status="Running", process=os.getpid()
    )
    start = monotonic()
    try:
        write_run(folder, begun)
        yield
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise RunError(f"the run cannot go on: {place}{error.strerror or error}") from error
    finally:
        _write_end(folder, begun, run.plan, finished, monotonic() - start)


def _conduct(run: PreparedRun, folder: Path, keeper: Keeper, options: RunOptions, listen: Listen) -> Conduct:
    """Make ready what the steps share, and say what is done with each."""
    scope = run.scope_of(folder.name)
    setting = Setting(
        run.plan,
        folder,
        run.registry,
        scope,
        contain(keeper, options.isolate, options.limits, options.environment, folder),
        Cache(run.root / "cache" / run.name, scope.store.objects),
        run.selection.taken,
        options.fresh,
    )
    stage_assets(run.assets, scope, folder)
    return Conduct(
        lambda step, known: carry_out(step, known, setting),
        lambda event: listen(replace(event, log=folder / event.step / "log.txt")),
        keeper.close,
        lambda step: keeper.memory(folder / step),
    )


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
