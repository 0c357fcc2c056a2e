"""Proposes the changes that take one member out of a conflict."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

from ...specs import PipelineSpec, Port
from ...specs.edits import Drop, Put
from ..conflict import Conflict
from ..problem import (
    AtMost,
    BranchSides,
    Distinct,
    Edge,
    FlowRule,
    Forbidden,
    LocalRule,
    Pinned,
    Problem,
    SameSource,
)
from .bridging import step_place
from .remedies import Remedy


def loosened(pipeline: PipelineSpec, stated: Problem, conflict: Conflict) -> Iterator[Remedy]:
    """Yield what would lift each rule and each edge of a conflict."""
    for rule in conflict.rules:
        if isinstance(rule, AtMost):
            yield from _exclusive(
                pipeline, rule, {rule.limit + 1, len(conflict.variables), _bound(stated, rule)}
            )
        else:
            yield from _rule(pipeline, rule)
    for edge in conflict.edges:
        yield from _edge(pipeline, edge)


def _bound(stated: Problem, rule: AtMost) -> int:
    """Count the dependencies that have nothing else to take."""
    only = (rule.source,)
    return sum(
        tuple(item.source for item in it.candidates) == only and it.required for it in stated.variables
    )


def _rule(pipeline: PipelineSpec, rule: LocalRule | FlowRule) -> Iterator[Remedy]:
    match rule:
        case Distinct():
            yield from _distinct(pipeline, rule)
        case SameSource(ports=ports):
            yield from _groups(pipeline, "same_source", "drop-same-source", ports)
        case Pinned(port=port, source=source):
            yield Remedy("drop-pin", str(port), str(source), "", (Drop(("pins", str(port))),))
        case Forbidden(port=port, source=source):
            pair = (str(port), str(source))
            edits = tuple(
                Drop(("forbid", index)) for index, item in enumerate(pipeline.forbid) if item == pair
            )
            yield Remedy("drop-forbid", str(port), str(source), "", edits)
        case BranchSides(condition=condition, if_=if_, else_=else_):
            for side, members in (("if", if_), ("else", else_)):
                for member in members:
                    yield from _membership(pipeline, condition, side, member)


def _exclusive(pipeline: PipelineSpec, rule: AtMost, limits: Set[int]) -> Iterator[Remedy]:
    place, burden = step_place(pipeline, rule.source.step)
    at = (*place, "outputs", rule.source.name, "max_consumers")
    for limit in sorted(limits):
        if limit > rule.limit:
            yield Remedy(
                "lift-exclusivity",
                str(rule.source),
                str(rule.limit),
                str(limit),
                (Put(at, limit),),
                burden=burden,
            )


def _distinct(pipeline: PipelineSpec, rule: Distinct) -> Iterator[Remedy]:
    if rule.strict:
        yield from _groups(pipeline, "distinct", "drop-distinct", rule.ports)
        return
    for port in rule.ports:
        place, burden = step_place(pipeline, port.step)
        edit = Put((*place, "dependencies", port.name, "may_share"), True)
        yield Remedy("may-share", str(port), "", "", (edit,), burden=burden)


def _groups(pipeline: PipelineSpec, key: str, kind: str, ports: tuple[Port, ...]) -> Iterator[Remedy]:
    step = ports[0].step
    place, burden = step_place(pipeline, step)
    members = {port.name for port in ports}
    edits = tuple(
        Drop((*place, key, index))
        for index, group in enumerate(getattr(pipeline.steps[step].spec, key))
        if members <= {*group}
    )
    yield Remedy(kind, step, ", ".join(sorted(members)), "", edits, burden=burden)


def _edge(pipeline: PipelineSpec, edge: Edge) -> Iterator[Remedy]:
    """Yield what takes an edge away from all places that say it: order, edges, and a branch."""
    before, after = edge
    said = [
        Remedy(kind, after, before, after, tuple(Drop((section, number)) for number in numbers))
        for kind, section, pairs in (
            ("drop-order", "order", pipeline.order),
            ("drop-edge", "edges", pipeline.edges or ()),
        )
        if (numbers := [number for number, pair in enumerate(pairs) if pair == edge])
    ]
    branch = pipeline.branches.get(before)
    for side, members in (("if", branch.if_), ("else", branch.else_)) if branch else ():
        if after in members:
            said += _membership(pipeline, before, side, after)
    if said:
        yield replace(said[0], edits=tuple(edit for remedy in said for edit in remedy.edits))


def _membership(pipeline: PipelineSpec, condition: str, side: str, member: str) -> Iterator[Remedy]:
    branch = pipeline.branches[condition]
    members = branch.if_ if side == "if" else branch.else_
    edits = tuple(
        Drop(("branches", condition, side, index)) for index, item in enumerate(members) if item == member
    )
    yield Remedy("leave-branch", member, f"{side} of {condition}", "", edits)
