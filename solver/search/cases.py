"""Counts the assignments of a large component by cases, each of which falls apart into smaller components.

A tangle is split at the edge without which least of it stays tangled: the wirings that draw the edge, and
those that do not. Source: cutset conditioning, R. Dechter, Constraint Processing, 2003, chapter 10.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import networkx as nx

from ...specs import Port
from ..deadline import Deadline, TimeIsUp
from ..engines import Engine
from ..presolve.components import Component, Flow, decompose
from ..presolve.propagate import propagate, step_graph
from ..problem.wiring_problem import Variable, WiringProblem

FEW = 256
"""A component with at most so many assignments, valid or not, is counted by listing them."""

MANY = 250
"""A component with more values than that is not even tried: each case takes one away at least."""

Domains = tuple[tuple[Port, tuple[Port | None, ...]], ...]


def count_by_cases(component: Component, engine: Engine, deadline: Deadline) -> int:
    """Count the assignments of a component exactly; raises TimeIsUp when that takes too long."""
    if sum(len(variable.values) for variable in component.variables) > MANY:
        raise TimeIsUp
    return _count(component, engine, deadline, {})


def _count(component: Component, engine: Engine, deadline: Deadline, known: dict[Domains, int]) -> int:
    deadline.check()
    if component.assignments <= FEW:
        found, exact = engine(component).count(deadline)
        if not exact:
            raise TimeIsUp
        return found
    domains = tuple(
        (item.port, tuple(value.source if value else None for value in item.values))
        for item in component.variables
    )
    if domains not in known:
        known[domains] = sum(
            _product(case, engine, deadline, known) for case in _cases(component.problem, component.flow)
        )
    return known[domains]


def _product(case: WiringProblem, engine: Engine, deadline: Deadline, known: dict[Domains, int]) -> int:
    smaller, count = propagate(case), 1
    if smaller is None:
        return 0
    for component in decompose(smaller):
        count *= _count(component, engine, deadline, known)
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
    graph = step_graph(problem)
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
