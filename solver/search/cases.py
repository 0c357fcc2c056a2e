"""Counts the assignments of a component exactly, in one of several ways.

What is too tangled is divided into cases, each of which falls apart into smaller components: a tangle is
split at the edge without which least of it stays tangled, into the wirings that draw it, and the others.
Source: cutset conditioning, R. Dechter, Constraint Processing, 2003, chapter 10.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from ...specs import Port
from ..presolve.components import Component, Flow, decompose
from ..presolve.propagate import propagate
from ..presolve.step_graph import step_graph
from ..problem.wiring_problem import Variable, WiringProblem
from .acyclic import count_acyclic
from .alike import count_alike, kinds_of_steps
from .effort import Effort, TooMuch
from .feeding import Feeding
from .sweep import count_by_sweep

MAX_CASE_VALUES = 250
"""A component with more values than that is not divided into cases: each takes one away at least."""

FIRST, LATER = Fraction(3, 4), Fraction(1, 32)
"""The part of the work that ways without cases are tried for: of the whole component, and of a case."""

MAX_RECURSION_STEPS = 18
"""Up to so many steps that no limited output ties, the recursion over sets is tried before the sweep."""

CaseKey = tuple[tuple[Port, tuple[Port | None, ...]], ...]


def count_component(component: Component, effort: Effort) -> int:
    """Count the assignments of a component exactly; raises TooMuch and TimeIsUp."""
    return _count(component, effort, int(effort.left * FIRST), int(effort.left * LATER), {})


def _count(component: Component, effort: Effort, most: int, later: int, known: dict[CaseKey, int]) -> int:
    """Count a component whole if that takes `most` work at most, or else by cases, each whole if `later`."""
    if component.is_free:
        return component.assignments
    if component.assignments == 1:  # there are no cases
        return count_by_sweep(Feeding.of(component, effort), effort)
    found = _count_whole(component, effort, most)
    return _count_by_cases(component, effort, later, known) if found is None else found


def _count_whole(component: Component, effort: Effort, most: int) -> int | None:
    """Count the assignments without dividing them, by ways that take so much work at most together."""
    whole = effort.part(most)
    try:
        feeding = Feeding.of(component, whole)
    except TooMuch:
        return None
    # The recursion tells sets apart by the uses of limited outputs, too: the sweep may take all work there.
    first = not feeding.limits and feeding.size <= MAX_RECURSION_STEPS
    ways = (_by_recursion, count_by_sweep) if first else (count_by_sweep, _by_recursion)
    for count in ways:
        try:
            return count(feeding, whole.part(most if feeding.limits else most // len(ways)))
        except TooMuch:
            continue
    return None


def _by_recursion(feeding: Feeding, effort: Effort) -> int:
    if not feeding.acyclic:
        raise TooMuch
    if not feeding.limits and not feeding.sides:
        kinds = kinds_of_steps(feeding, effort)
        if len(kinds) < feeding.size:
            return count_alike(feeding, kinds, effort)
    return count_acyclic(feeding, effort)


def _count_by_cases(component: Component, effort: Effort, most: int, known: dict[CaseKey, int]) -> int:
    if sum(len(variable.values) for variable in component.variables) > MAX_CASE_VALUES:
        raise TooMuch
    domains = tuple(
        (item.port, tuple(value.source if value else None for value in item.values))
        for item in component.variables
    )
    if domains not in known:
        known[domains] = sum(
            _product(case, effort, most, known) for case in _cases(component.problem, component.flow)
        )
    return known[domains]


def _product(case: WiringProblem, effort: Effort, most: int, known: dict[CaseKey, int]) -> int:
    effort.spend(len(case.variables))
    smaller, count = propagate(case), 1
    if smaller is None:
        return 0
    for component in decompose(smaller):
        count *= _count(component, effort, most, most, known)
        if not count:
            break
    return count


def _cases(problem: WiringProblem, flow: Flow | None) -> Iterator[WiringProblem]:
    """Yield problems with smaller domains, among which the wirings of this one are divided."""
    open_ = [number for number, variable in enumerate(problem.variables) if len(variable.values) > 1]
    edges = [
        (number, step)
        for number in open_
        for step in _avoidable(problem.variables[number])
        if flow and {step, problem.variables[number].port.step} <= {*flow.steps}
    ]
    if edges:
        number, step = min(edges, key=_tangled_without(problem))
        parts = [_restricted(problem.variables[number], step, drawn) for drawn in (True, False)]
    else:
        number = max(open_, key=lambda each: len(problem.variables[each].values))
        parts = _values(problem.variables[number])
    for part in parts:
        if part.values:
            before, after = problem.variables[:number], problem.variables[number + 1 :]
            yield replace(problem, variables=(*before, part, *after))


def _avoidable(variable: Variable) -> list[str]:
    """List the steps from which a variable may take, or not."""
    offers = Counter(item.source.step for item in variable.candidates)
    return sorted(step for step, number in offers.items() if number < len(variable.values))


def _tangled_without(problem: WiringProblem) -> Callable[[tuple[int, str]], int]:
    """Say how much stays tangled without an edge: the squares of the tangles' sizes, added up."""
    import networkx as nx  # takes long to load

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from((step, end) for step, ends in step_graph(problem).items() for end in ends)
    known: dict[tuple[str, str], int] = {}

    def tangled(edge: tuple[int, str]) -> int:
        drawn = (edge[1], problem.variables[edge[0]].port.step)
        if drawn not in known:
            graph.remove_edge(*drawn)
            known[drawn] = sum(len(steps) ** 2 for steps in nx.strongly_connected_components(graph))
            graph.add_edge(*drawn)
        return known[drawn]

    return tangled


def _restricted(variable: Variable, step: str, drawn: bool) -> Variable:
    kept = tuple(item for item in variable.candidates if (item.source.step == step) == drawn)
    return replace(variable, candidates=kept, required=variable.required or drawn)


def _values(variable: Variable) -> list[Variable]:
    bound = [replace(variable, candidates=(item,), required=True) for item in variable.candidates]
    return bound if variable.required else [*bound, replace(variable, candidates=())]
