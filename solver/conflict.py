"""Finds smallest sets of dependencies, rules and fixed edges that cannot hold together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from .components import decompose
from .deadline import NEVER, Deadline, TimeIsUp
from .engines import Engine
from .matching import find_shortage
from .problem import Element, Elements, Problem
from .propagate import propagate


class Conflict(Elements):
    """Dependencies, rules and fixed edges that cannot hold together, and could without any one of them."""


def is_satisfiable(problem: Problem, engine: Engine, deadline: Deadline = NEVER) -> bool:
    """Tell whether a problem has a wiring; raises TimeIsUp at the deadline."""
    smaller = propagate(problem)
    return smaller is not None and all(
        next(engine(component).solutions(deadline), None) is not None for component in decompose(smaller)
    )


def find_conflicts(
    problem: Problem, engine: Engine, deadline: Deadline = NEVER
) -> tuple[tuple[Conflict, ...], bool]:
    """Return minimal conflicts of which no two share a dependency, and whether these are all.

    There is one at least for each part that has no wiring by itself. Dependencies that no source may supply
    (`problem.missing`) are set aside first. At the deadline, return those found by then, and False.
    """
    rest, found = problem.without(problem.missing), []
    try:
        while (conflict := find_conflict(rest, engine, deadline)) is not None:
            found.append(conflict)
            rest = rest.without(conflict.variables)
            if not conflict.variables:
                rest = replace(rest, fixed_edges=rest.fixed_edges - {*conflict.edges})
    except TimeIsUp:
        return tuple(sorted(found, key=lambda item: item.order)), False
    return tuple(sorted(found, key=lambda item: item.order)), True


def find_conflict(problem: Problem, engine: Engine, deadline: Deadline = NEVER) -> Conflict | None:
    """Return a minimal conflict of a problem; None when it has a wiring; raises TimeIsUp at the deadline.

    A dependency that no source may supply is a conflict by itself.
    """
    part = _failing_part(problem, engine, deadline)
    if part is None:
        return None
    weakest_first = tuple(reversed(part.elements))  # what comes last is kept where there is a choice
    needed = {
        *_minimal(weakest_first, lambda kept: is_satisfiable(Elements.of(kept).problem, engine, deadline))
    }
    return Conflict.of(item for item in part.elements if item in needed)


def _failing_part(problem: Problem, engine: Engine, deadline: Deadline) -> Problem | None:
    """Return a part of a problem that has no wiring, cut down as far as the engine can tell."""
    for variable in problem.variables:
        if not variable.values:
            return Problem((variable,))
    short = find_shortage(problem, {variable.port: variable for variable in problem.variables})
    if short:
        return replace(problem, variables=tuple(short), flow_rules=(), fixed_edges=frozenset())
    for component in sorted(decompose(problem), key=lambda item: len(item.variables)):
        core = engine(component).core(deadline)
        if core is not None:
            variables, rules = (sorted(numbers) for numbers in core)
            part = replace(
                component.problem,
                variables=tuple(component.variables[number] for number in variables),
                local_rules=tuple(component.rules[number] for number in rules),
            )
            fewer = len(variables) + len(rules) < len(component.variables) + len(component.rules)
            return (_failing_part(part, engine, deadline) or part) if fewer else part
    return None


def _minimal(elements: Sequence[Element], holds: Callable[[Sequence[Element]], bool]) -> list[Element]:
    """Reduce elements that cannot hold together to a minimal such set.

    Source: U. Junker, QuickXplain, AAAI 2004.
    """

    def explain(background: list[Element], added: bool, rest: Sequence[Element]) -> list[Element]:
        if added and not holds(background):
            return []
        if len(rest) == 1:
            return list(rest)
        middle = len(rest) // 2
        left, right = rest[:middle], rest[middle:]
        needed = explain([*background, *left], True, right)
        return [*explain([*background, *needed], bool(needed), left), *needed]

    return explain([], False, elements) if elements else []
