"""Proposes the changes that take one member out of a conflict."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

from ...solver.problem.rules_over_several import (
    Acyclic,
    AtMost,
    BranchSides,
    Distinct,
    Edge,
    Forbidden,
    Pinned,
    SameSource,
)
from ...solver.problem.wiring_problem import Element, Variable, WiringProblem
from ...specs import PipelineSpec, Port
from ...specs.edits.apply import Drop, Put
from .from_near_misses import allowed, step_place, unpinned
from .remedies import Remedy


def loosened(pipeline: PipelineSpec, stated: WiringProblem, element: Element) -> Iterator[Remedy]:
    """Yield what would lift a rule or an edge; nothing lifts acyclicity, and a dependency is no rule."""
    match element:
        case Variable() | Acyclic():
            return
        case AtMost():
            takers = _takers(stated, element)
            yield from _exclusive(pipeline, element, {element.limit + 1, *takers} - {0})
        case Distinct():
            yield from _distinct(pipeline, element)
        case SameSource(ports=ports):
            yield from _groups(pipeline, "same_source", "drop-same-source", ports)
        case Pinned(port=port):
            yield unpinned(pipeline, port)
        case Forbidden(port=port, source=source):
            yield allowed(pipeline, port, source)
        case BranchSides(condition=condition, if_=if_, else_=else_):
            for side, members in (("if", if_), ("else", else_)):
                for member in members:
                    yield from _membership(pipeline, condition, side, member)
        case _:
            yield from _edge(pipeline, element)


def _takers(stated: WiringProblem, rule: AtMost) -> tuple[int, int]:
    """Count the dependencies that have nothing else to take, and those that would take this first."""
    sources = [[each.source for each in item.candidates] for item in stated.variables if item.required]
    return (
        sum(offered == [rule.source] for offered in sources),
        sum(offered[:1] == [rule.source] for offered in sources),
    )


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
    sharing = [_sharing(pipeline, port) for port in rule.ports]
    if not rule.strict:
        yield from sharing
        return
    others = sharing[1:]  # without the group, no two dependencies of a step share what is no input either
    names, edits = ", ".join(item.target for item in others), [edit for item in others for edit in item.edits]
    for remedy in _groups(pipeline, "distinct", "drop-distinct", rule.ports):
        yield replace(remedy, new=names, edits=(*remedy.edits, *edits))


def _sharing(pipeline: PipelineSpec, port: Port) -> Remedy:
    place, burden = step_place(pipeline, port.step)
    edit = Put((*place, "dependencies", port.name, "may_share"), True)
    return Remedy("may-share", str(port), "", "", (edit,), burden=burden)


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
    yield Remedy("leave-branch", member, f"'{side}' side of {condition}", "", edits)
