"""Writes a component as the facts that `wiring.lp` reads; variables, values, groups and steps are numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence, Set

from ...specs import Port
from ..presolve.compiled import Allowed, AtMostOf, Compiled, OneProducer, Pair
from ..presolve.components import Component, Flow
from ..presolve.linked import AtLeast, Linked, Met
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
    for part, rule in enumerate(component.compiled):
        yield from _local(part, rule)
    if component.flow:
        yield from _flow(component, component.flow, bool(liftable))
    if not liftable:  # what cannot hold together is the same, whatever it scores
        yield from _joints(component.joints)
    yield from (f"element({number})." for number in liftable)


def _local(part: int, rule: Compiled) -> Iterator[str]:
    match rule:
        case AtMostOf(element, limit, pairs):
            yield f"at_most({element},{part},{limit})."
            for number, place in pairs:
                yield f"in_group({part},{number},{place})."
        case OneProducer(element, producers):
            for number, steps in producers:
                for place, step in enumerate(steps):
                    if step is not None:
                        yield f"producer({element},{number},{place},{step})."
        case Allowed(element, number, places):
            yield f"allowed_by({element},{number})."
            for place in places:
                yield f"allowed({element},{number},{place})."


def _joints(joints: Linked) -> Iterator[str]:
    for number, fact in enumerate(joints.facts):
        match fact:
            case Met(variable, places):
                for place in sorted(places):
                    yield f"met({number}) :- take({variable},{place})."
            case AtLeast(1, facts):
                for other in facts:
                    yield f"met({number}) :- met({other})."
            case AtLeast(least, facts) if least == len(facts):
                yield f"met({number}) :- {','.join(f'met({other})' for other in facts)}."
            case AtLeast(least, facts):
                yield f"met({number}) :- {least} {{ {';'.join(f'met({other})' for other in facts)} }}."
    for number, (points, rests) in enumerate(joints.pieces):
        yield f"{'gain' if points > 0 else 'price'}({number},{abs(points)}). rests({number},{rests})."


def _flow(component: Component, flow: Flow, liftable: bool) -> Iterator[str]:
    step = {name: number for number, name in enumerate(flow.steps)}
    numbers = component.problem.numbering
    for edge, (producer, consumer) in zip(numbers.fixed_edges, flow.fixed_edges, strict=True):
        yield f"fixed({edge},{step[producer]},{step[consumer]})."
    for number, variable in enumerate(component.variables):
        for place, producer in _drawn(variable, step):
            yield f"edge({number},{place},{step[producer]},{step[variable.port.step]})."
    branches = numbers.flow_rules
    if flow.acyclic:  # always the first
        acyclic, branches = branches[0], branches[1:]
        yield f"acyclic({acyclic})."
    alone = _fed_once(() if liftable else component.compiled)
    for number, tangle in enumerate(flow.tangles):
        yield f"size({number},{len(tangle)})."
        for name in tangle:
            yield f"inside({number},{step[name]})."
        yield from _needs(number, component, {name: step[name] for name in tangle}, alone)
    for number, branch in zip(branches, flow.branches, strict=True):
        yield from _sides(number, "if", (step[name] for name in branch.if_ if name in step))
        yield from _sides(number, "else", (step[name] for name in branch.else_ if name in step))


def _drawn(variable: Variable, steps: Container[str]) -> Iterator[tuple[int, str]]:
    """Yield the places of the values that draw an edge between steps, and the steps that they start from."""
    if variable.port.step in steps:
        for place, candidate in enumerate(variable.candidates):
            if candidate.source.step in steps:
                yield place, candidate.source.step


def _needs(
    tangle: int, component: Component, step: Mapping[str, int], alone: Mapping[Pair, Sequence[Set[Pair]]]
) -> Iterator[str]:
    """Say which variables of a tangle's steps draw from within it, and how many feeders that takes."""
    needing: defaultdict[str, list[int]] = defaultdict(list)
    places = component.problem.places
    for number in sorted(number for name in step for number in places.get(name, ())):
        variable = component.variables[number]
        drawn = list(_drawn(variable, step))
        if drawn:
            needing[variable.port.step].append(number)
            yield f"needs({tangle},{step[variable.port.step]},{number})."
        for place, _ in drawn:
            yield f"within({tangle},{number},{place})."
    for name, numbers in needing.items():
        most = _most_from_one(component, numbers, alone, step)
        for feeders, needs in enumerate(range(1, len(numbers) + 1, most), 1):
            yield f"at_once({tangle},{step[name]},{needs},{feeders})."


def _fed_once(rules: Iterable[Compiled]) -> Mapping[Pair, Sequence[Set[Pair]]]:
    """Map pairs of a variable and a place to the sets with them of which one pair at most is taken."""
    found: defaultdict[Pair, list[Set[Pair]]] = defaultdict(list)
    for rule in rules:
        if isinstance(rule, AtMostOf) and rule.limit == 1:
            pairs = frozenset(rule.pairs)
            for pair in rule.pairs:
                found[pair].append(pairs)
    return found


def _most_from_one(
    component: Component,
    numbers: Sequence[int],
    alone: Mapping[Pair, Sequence[Set[Pair]]],
    steps: Container[str],
) -> int:
    """Say how many of a step's variables one step could feed at most."""
    takers: defaultdict[Port, set[Pair]] = defaultdict(set)
    for number in numbers:
        for place, item in enumerate(component.variables[number].candidates):
            if item.source.step in steps:
                takers[item.source].add((number, place))
    for pairs in takers.values():
        if len(pairs) > 1 and not any(pairs <= once for once in alone.get(min(pairs), ())):
            return len(numbers)
    return max(Counter(source.step for source in takers).values())


def _sides(branch: int, side: str, steps: Iterable[int]) -> Iterator[str]:
    for step in steps:
        yield f"side({branch},{side},{step})."
