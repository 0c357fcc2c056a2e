"""Writes a component as the facts that `wiring.lp` reads; variables, values, groups and steps are numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...specs import INPUTS, Port
from ..components import Component, Flow
from ..problem import AtMost, Distinct, SameSource


def facts(component: Component) -> Iterator[str]:
    """Yield the facts of a component, in canonical order."""
    for number, variable in enumerate(component.variables):
        best = max(variable.scores)
        for place, score in enumerate(variable.scores):
            yield f"value({number},{place})."
            if score < best:
                yield f"loss({number},{place},{best - score})."
    place_of = [
        {value.source if value else None: place for place, value in enumerate(variable.values)}
        for variable in component.variables
    ]
    number_of = {variable.port: number for number, variable in enumerate(component.variables)}
    for group, rule in enumerate(component.rules):
        scope = [number_of[port] for port in rule.ports if port in number_of]
        match rule:
            case AtMost(source=source, limit=limit):
                yield f"at_most({group},{limit})."
                for number in scope:
                    if source in place_of[number]:
                        yield f"in_group({group},{number},{place_of[number][source]})."
            case Distinct():
                yield from _apart(rule, scope, place_of)
            case SameSource():
                yield from _producers(group, scope, place_of)
    if component.flow:
        yield from _flow(component, component.flow)


def _apart(rule: Distinct, scope: list[int], place_of: list[dict[Port | None, int]]) -> Iterator[str]:
    left, right = scope
    for source, place in place_of[left].items():
        if source is not None and source in place_of[right] and rule.forbids_sharing(source):
            yield f"apart({left},{place},{right},{place_of[right][source]})."


def _producers(group: int, scope: list[int], place_of: list[dict[Port | None, int]]) -> Iterator[str]:
    steps = sorted({source.step for number in scope for source in place_of[number] if source})
    for number in scope:
        for source, place in place_of[number].items():
            if source:
                yield f"producer({group},{number},{place},{steps.index(source.step)})."


def _flow(component: Component, flow: Flow) -> Iterator[str]:
    step = {name: number for number, name in enumerate(flow.steps)}
    for number, tangle in enumerate(flow.tangles):
        for name in tangle:
            yield f"inside({number},{step[name]})."
    for producer, consumer in flow.fixed_edges:
        yield f"fixed({step[producer]},{step[consumer]})."
    for number, variable in enumerate(component.variables):
        for place, value in enumerate(variable.values):
            if (
                value
                and value.source.step != INPUTS
                and {value.source.step, variable.port.step} <= step.keys()
            ):
                yield f"edge({number},{place},{step[value.source.step]},{step[variable.port.step]})."
    for number, branch in enumerate(flow.branches):
        yield from _sides(number, "if", (step[name] for name in branch.if_ if name in step))
        yield from _sides(number, "else", (step[name] for name in branch.else_ if name in step))


def _sides(branch: int, side: str, steps: Iterable[int]) -> Iterator[str]:
    for step in steps:
        yield f"side({branch},{side},{step})."
