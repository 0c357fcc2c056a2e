"""Plans a deployment: step by step, field by field, with causes, before anything is touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..comparison.changes import ABSENT
from ..comparison.fields import FieldChange, FieldSubject, find_field_changes
from ..comparison.moved_steps import StepMove, find_moves, with_step_names
from ..definitions.steps import DefinedStep, read_definition
from ..problems.errors import DefinitionError
from .aws import Aws
from .caching import Caches, CacheVerdict
from .code_objects import with_status
from .deployed import MARK, Deployed, read_deployed
from .field_causes import Causes
from .plan import Plan
from .planned_steps import PlannedField, PlannedStep, StepStatus
from .target import Target


def make_plan(aws: Aws, target: Target) -> Plan:
    """Plan the deployment of a target. Raises AwsError.

    A definition that is deployed and cannot be read is replaced whole, and the plan says so.
    """
    deployed = read_deployed(aws, target.name)
    target = replace(target, objects=with_status(aws, target.objects))
    plan = Plan(
        target=target,
        account=deployed.account if deployed else aws.account,
        region=aws.region,
        base=deployed.fingerprint if deployed else None,
        definition_changes=True,
        steps=(),
        settings=tuple(_settings(deployed, target)) if deployed else (),
        foreign=deployed is not None and not deployed.is_ours,
    )
    before = deployed.definition if deployed else {"Steps": []}
    try:
        return _with_definition(plan, before) if before is not None else _replacing(plan)
    except DefinitionError:
        return _replacing(plan)


def _replacing(plan: Plan) -> Plan:
    steps = tuple(
        PlannedStep(step.name, "added") for step in read_definition(plan.target.definition).sound().steps
    )
    return replace(plan, steps=steps, unreadable=True)


def _with_definition(plan: Plan, before: Mapping[str, Any]) -> Plan:
    after = plan.target.definition
    moves = find_moves(before, after)
    renamed = with_step_names(before, {move.before: move.after for move in moves})
    changes = find_field_changes(renamed, after)
    causes = Causes.between(renamed, after, plan.target.document)
    old, new = (
        {step.name: step for step in read_definition(item).sound().steps} for item in (renamed, after)
    )
    caches = Caches(old, new, changes, {move.before: move.after for move in moves}).verdicts()
    others = (change for change in changes if change.subject.role == "pipeline" and plan.base is not None)
    return replace(
        plan,
        definition_changes=bool(changes or moves),
        steps=tuple(_steps(old, new, moves, changes, causes, caches)),
        parameters=tuple(change for change in changes if change.subject.role == "parameter"),
        settings=(*plan.settings, *others),
    )


def _steps(
    old: Mapping[str, DefinedStep],
    new: Mapping[str, DefinedStep],
    moves: tuple[StepMove, ...],
    changes: tuple[FieldChange, ...],
    causes: Causes,
    caches: Mapping[str, CacheVerdict],
) -> Iterator[PlannedStep]:
    moved = {move.after: move for move in moves}
    for name in (*new, *(name for name in old if name not in new)):
        if name not in new:
            yield PlannedStep(name, "removed")
        elif name not in old:
            yield PlannedStep(name, "added", cache=caches[name])
        else:
            own = (change for change in changes if change.subject == FieldSubject("step", name))
            fields = tuple(PlannedField(change, causes.of(change)) for change in own)
            move = moved.get(name)
            status: StepStatus = "renamed" if move else "changed" if fields else "unchanged"
            was, evidence = (move.before, move.evidence) if move else ("", "")
            yield PlannedStep(name, status, fields, caches[name], was, evidence)


def _settings(deployed: Deployed, target: Target) -> Iterator[FieldChange]:
    pairs: list[tuple[str, Any, Any]] = [("RoleArn", deployed.role, target.role)]
    if target.description is not None:
        pairs.append(("PipelineDescription", deployed.description or ABSENT, target.description))
    if target.parallelism is not None:
        place = "ParallelismConfiguration.MaxParallelExecutionSteps"
        pairs.append((place, deployed.parallelism or ABSENT, target.parallelism))
    for key, value in sorted({**target.tags, MARK: deployed.tags.get(MARK, "1")}.items()):
        pairs.append((f"Tags[{key}]", deployed.tags.get(key, ABSENT), value))
    for place, before, after in pairs:
        if before != after:
            yield FieldChange(FieldSubject("pipeline"), place, before, after)
