"""What deploying would do: step by step, field by field, with causes, before anything is touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from ..comparison.changes import ABSENT
from ..comparison.fields import FieldChange, Subject, find_field_changes
from ..comparison.moved_steps import Move, find_moves, with_step_names
from ..definitions.steps import DefinedStep, read_definition
from ..problems.errors import DefinitionError
from .aws import Aws
from .caching import Caches, CacheVerdict
from .causes import Causes
from .deployed import MARK, Deployed, read_deployed
from .objects import CodeObject, with_status
from .target import Target

Action = Literal["create", "update", "none"]
StepStatus = Literal["added", "removed", "renamed", "changed", "unchanged"]


@dataclass(frozen=True)
class PlannedField:
    """A field that will differ, and what made it so; no cause where nothing tells one."""

    change: FieldChange
    cause: str = ""


@dataclass(frozen=True)
class PlannedStep:
    """What becomes of one step; a renamed one `was` another, by the evidence told."""

    name: str
    status: StepStatus
    fields: tuple[PlannedField, ...] = ()
    cache: CacheVerdict | None = None
    was: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Orders:
    """What is to be done, for whoever carries a plan out; `base` and `action` as in a plan."""

    target: Target
    account: str
    region: str
    base: str | None
    action: Action


@dataclass(frozen=True)
class Plan:
    """What deploying a target would do.

    `base` is the fingerprint of what is deployed now, None where there is nothing. `settings` are what
    differs of the pipeline itself: role, description, parallelism, tags. `unreadable` tells that what is
    deployed is no definition, and is replaced whole. `foreign` tells that stepwire did not deploy it.
    """

    target: Target
    account: str
    region: str
    base: str | None
    definition_changes: bool
    steps: tuple[PlannedStep, ...]
    parameters: tuple[FieldChange, ...] = ()
    settings: tuple[FieldChange, ...] = ()
    unreadable: bool = False
    foreign: bool = False

    @property
    def action(self) -> Action:
        """What happens to the pipeline itself."""
        if self.base is None:
            return "create"
        return "update" if self.definition_changes or self.settings else "none"

    @property
    def orders(self) -> Orders:
        """What the plan comes to."""
        return Orders(self.target, self.account, self.region, self.base, self.action)

    @property
    def uploads(self) -> tuple[CodeObject, ...]:
        """The code that S3 has not got."""
        return tuple(item for item in self.target.objects if item.is_to_upload)

    @property
    def changes_anything(self) -> bool:
        """Tell whether deploying would do anything."""
        return self.action != "none" or bool(self.uploads)


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
    moves: tuple[Move, ...],
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
            own = (change for change in changes if change.subject == Subject("step", name))
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
            yield FieldChange(Subject("pipeline"), place, before, after)
