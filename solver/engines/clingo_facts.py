"""Writes a component as the facts that `wiring.lp` reads; variables, values, groups and steps are numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import combinations

from ...specs import Port
from ..presolve.components import Component, Flow
from ..problem.constraints import AtMost, Choice, Distinct, Forbidden, LocalRule, Pinned, SameSource
from ..problem.wiring_problem import Variable


def facts(component: Component, *, liftable: Collection[int] = ()) -> Iterator[str]:
    """Yield the facts of a component, in canonical order; its elements go by their places in its problem.

    Those in `liftable` may be lifted, and then no fact rests on a rule.
    """
    for number, variable in enumerate(component.variables):
        best = max(variable.scores, default=0)
        for place, score in enumerate(variable.scores):
            yield f"value({number},{place})."
            if score < best:
                yield f"loss({number},{place},{best - score})."
    place_of = [
        {value.source if value else None: place for place, value in enumerate(variable.values)}
        for variable in component.variables
    ]
    number_of = {variable.port: number for number, variable in enumerate(component.variables)}
    for group, rule in enumerate(component.rules, len(component.variables)):
        scope = [number_of[port] for port in rule.ports if port in number_of]
        yield from _local(group, rule, scope, place_of)
    if component.flow:
        yield from _flow(component, component.flow, bool(liftable))
    if not liftable:  # what cannot hold together is the same, whatever it scores
        yield from _joints(component)
    yield from (f"element({number})." for number in liftable)


def _local(
    group: int, rule: LocalRule, scope: list[int], place_of: list[dict[Port | None, int]]
) -> Iterator[str]:
    match rule:
        case AtMost(source=source, limit=limit):
            yield f"at_most({group},{limit})."
            for number in scope:
                if source in place_of[number]:
                    yield f"in_group({group},{number},{place_of[number][source]})."
        case Distinct() if len(scope) > 1:
            yield from _apart(group, rule, scope, place_of)
        case SameSource():
            yield from _producers(group, scope, place_of)
        case Pinned() | Forbidden():
            yield from _excluded(group, rule, scope, place_of)


def _joints(component: Component) -> Iterator[str]:
    number: dict[tuple[int, frozenset[int]], int] = {}
    for joint, evidence in enumerate(component.joints):
        kind = "gain" if evidence.points > 0 else "price"
        yield f"{kind}({joint},{abs(evidence.points)})."
        for way, terms in enumerate(evidence.ways):
            yield f"way({joint},{way})."
            for term in terms:
                if term not in number:
                    number[term] = len(number)
                    variable, places = term
                    for place in sorted(places):
                        yield f"met({number[term]}) :- take({variable},{place})."
                yield f"term({joint},{way},{number[term]})."


def _apart(
    group: int, rule: Distinct, scope: list[int], place_of: list[dict[Port | None, int]]
) -> Iterator[str]:
    left, right = scope
    for source, place in place_of[left].items():
        if source is not None and source in place_of[right] and rule.forbids_sharing(source):
            yield f"apart({group},{left},{place},{right},{place_of[right][source]})."


def _excluded(
    group: int, rule: Choice, scope: list[int], place_of: list[dict[Port | None, int]]
) -> Iterator[str]:
    for number in scope:
        for source, place in place_of[number].items():
            if not rule.allows(source):
                yield f"excluded({group},{number},{place})."


def _producers(group: int, scope: list[int], place_of: list[dict[Port | None, int]]) -> Iterator[str]:
    steps = sorted({source.step for number in scope for source in place_of[number] if source})
    for number in scope:
        for source, place in place_of[number].items():
            if source:
                yield f"producer({group},{number},{place},{steps.index(source.step)})."


def _flow(component: Component, flow: Flow, liftable: bool) -> Iterator[str]:
    step = {name: number for number, name in enumerate(flow.steps)}
    stated = component.problem
    first_edge = len(stated.elements) - len(flow.fixed_edges)
    for edge, (producer, consumer) in enumerate(flow.fixed_edges, first_edge):
        yield f"fixed({edge},{step[producer]},{step[consumer]})."
    for number, variable in enumerate(component.variables):
        for place, producer in _drawn(variable, step):
            yield f"edge({number},{place},{step[producer]},{step[variable.port.step]})."
    first_rule = first_edge - len(stated.flow_rules)
    if flow.acyclic:  # always the first
        yield f"acyclic({first_rule})."
    free = replace(component, rules=()) if liftable else component
    for number, tangle in enumerate(flow.tangles):
        yield f"size({number},{len(tangle)})."
        for name in tangle:
            yield f"inside({number},{step[name]})."
        yield from _needs(number, free, stated.places, {name: step[name] for name in tangle})
    for number, branch in enumerate(flow.branches, first_rule + flow.acyclic):
        yield from _sides(number, "if", (step[name] for name in branch.if_ if name in step))
        yield from _sides(number, "else", (step[name] for name in branch.else_ if name in step))


def _drawn(variable: Variable, steps: Container[str]) -> Iterator[tuple[int, str]]:
    """Yield the places of the values that draw an edge between steps, and the steps that they start from."""
    if variable.port.step in steps:
        for place, candidate in enumerate(variable.candidates):
            if candidate.source.step in steps:
                yield place, candidate.source.step


def _needs(
    tangle: int, component: Component, places: Mapping[str, Sequence[int]], step: Mapping[str, int]
) -> Iterator[str]:
    needing: defaultdict[str, list[Variable]] = defaultdict(list)
    for number in sorted(number for name in step for number in places.get(name, ())):
        variable = component.variables[number]
        drawn = list(_drawn(variable, step))
        if drawn:
            needing[variable.port.step].append(variable)
            yield f"needs({tangle},{step[variable.port.step]},{number})."
        for place, _ in drawn:
            yield f"within({tangle},{number},{place})."
    apart = {frozenset(rule.ports) for rule in component.rules if isinstance(rule, Distinct)}
    for name, variables in needing.items():
        most = _most_from_one(variables, apart, step)
        for feeders, needs in enumerate(range(1, len(variables) + 1, most), 1):
            yield f"at_once({tangle},{step[name]},{needs},{feeders})."


def _most_from_one(variables: Sequence[Variable], apart: Set[frozenset[Port]], steps: Container[str]) -> int:
    """Say how many of a step's variables one step could feed at most."""
    offered = [
        {item.source for item in variable.candidates if item.source.step in steps} for variable in variables
    ]
    for (one, left), (other, right) in combinations(zip(variables, offered, strict=True), 2):
        if left & right and {one.port, other.port} not in apart:
            return len(variables)
    return max(Counter(source.step for source in set().union(*offered)).values())


def _sides(branch: int, side: str, steps: Iterable[int]) -> Iterator[str]:
    for step in steps:
        yield f"side({branch},{side},{step})."
