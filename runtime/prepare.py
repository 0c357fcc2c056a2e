"""A run before it begins: what it is going to do, and whether it could come to its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..emitters.assets import Asset
from ..problems.errors import DefinitionError, ParameterError
from ..problems.problem import Problem
from .evaluate import EvaluationScope
from .object_store import ObjectStore
from .options import RunOptions
from .parameter_values import ParameterValue, choose_parameters
from .preflight import look_ahead
from .remote import BotoS3
from .results import StepEvent
from .run_plan import RunPlan, plan_run
from .schedule import Listen
from .selection import Selection, select_steps
from .staging import check_assets, expected_files
from .step_job import make_arn
from .step_run import now
from .store import Store

_UNNAMED = "run-0000"


@dataclass(frozen=True)
class PreparedRun:
    """What a run of a pipeline called `name` does under `root`; `scope` is what expressions can see of it."""

    name: str
    root: Path
    plan: RunPlan
    selection: Selection
    scope: EvaluationScope
    assets: Sequence[Asset]

    @property
    def registry(self) -> Path:
        """The folder of registered model packages."""
        return self.root / "models"

    def scope_of(self, run: str) -> EvaluationScope:
        """Return what expressions can see once the run has a name."""
        execution = {
            "PipelineArn": make_arn("pipeline", self.name),
            "PipelineExecutionArn": make_arn("pipeline", f"{self.name}/execution/{run}"),
            "PipelineExecutionId": run,
            "PipelineName": self.name,
            "StartDateTime": now(),
        }
        return replace(self.scope, execution=execution)


def prepare_run(
    definition: Mapping[str, Any],
    root: Path,
    name: str,
    assets: Sequence[Asset],
    parameters: Mapping[str, ParameterValue],
    options: RunOptions,
    listen: Listen,
) -> PreparedRun:
    """Plan a run, and tell `listen` what it may lack; nothing is made.

    Raises DefinitionError when the definition is wrong, or with all that keeps steps from running here that
    are to run; ParameterError when values are wrong or missing, or steps are named that there are not.
    """
    plan = plan_run(definition, options.stand_ins, options.given)
    selection = select_steps(plan.steps, options, plan.given, root, name)
    lacking = [item for step, found in plan.lacking.items() if selection.has(step) for item in found]
    values = _choose(plan, parameters, lacking)
    check_assets(assets, [parameter.name for parameter in plan.parameters])
    prepared = PreparedRun(name, root, plan, selection, _scope(plan, values, root, options), assets)
    _look_ahead(prepared, lacking, listen)
    return prepared


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
    steps = [*plan.steps, *(inner for body in plan.bodies.values() for inner in body)]
    files = {(step.name, file.property_file_name): file for step in steps for file in step.property_files}
    remote = BotoS3(root / "downloads") if options.real_s3 else None
    return EvaluationScope(values, {}, {}, files, Store(root / "s3", ObjectStore(root / "objects"), remote))


def _look_ahead(run: PreparedRun, lacking: Sequence[Problem], listen: Listen) -> None:
    """Tell what is missing; raises DefinitionError where a step could not run."""
    plan, scope = run.plan, run.scope_of(_UNNAMED)
    steps = [step for step in plan.steps if step.name not in plan.given and step.name in plan.kinds]
    scope = replace(scope, store=replace(scope.store, expected=expected_files(run.assets, scope)))
    wanted, stood_in = run.selection.wanted, plan.stand_ins.keys()
    outlook = look_ahead(steps, wanted, plan.kinds, stood_in, scope, run.registry)
    for step, sentence in outlook.warnings:
        listen(StepEvent(step.name, step.kind, 0, len(plan.steps), "warned", note=sentence))
    if problems := [*lacking, *outlook.problems]:
        raise DefinitionError(problems)
