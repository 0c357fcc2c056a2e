"""Finds a smallest set of dependencies and rules that cannot hold together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from .components import decompose
from .deadline import NEVER, Deadline
from .engines import Engine
from .matching import find_shortage
from .problem import Edge, FlowRule, LocalRule, Problem, Variable
from .propagate import propagate

Element = Variable | LocalRule | FlowRule | Edge


@dataclass(frozen=True)
class Conflict:
    """Dependencies, rules over several of them, and fixed edges that cannot hold together.

    It is minimal: without any one of them, the others can.
    """

    variables: tuple[Variable, ...]
    rules: tuple[LocalRule | FlowRule, ...]
    edges: tuple[Edge, ...]


def is_satisfiable(problem: Problem, engine: Engine, deadline: Deadline = NEVER) -> bool:
    """Tell whether a problem has a wiring; raises TimeIsUp at the deadline."""
    smaller = propagate(problem)
    return smaller is not None and all(
        next(engine(component).solutions(deadline), None) is not None for component in decompose(smaller)
    )


def find_conflict(problem: Problem, engine: Engine, deadline: Deadline = NEVER) -> Conflict | None:
    """Return a minimal conflict of a problem; None when it has a wiring; raises TimeIsUp at the deadline."""
    part = _failing_part(problem, engine, deadline)
    if part is None:
        return None
    elements: list[Element] = [
        *sorted(part.fixed_edges),
        *part.flow_rules,
        *part.local_rules,
        *part.variables,
    ]
    found = _minimal(elements, lambda kept: is_satisfiable(_restricted(kept), engine, deadline))
    smallest = _restricted(found)
    return Conflict(
        smallest.variables,
        (*smallest.local_rules, *smallest.flow_rules),
        tuple(sorted(smallest.fixed_edges)),
    )


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


def _restricted(elements: Sequence[Element]) -> Problem:
    """State the problem that has these elements only."""
    return Problem(
        tuple(item for item in elements if isinstance(item, Variable)),
        tuple(item for item in elements if isinstance(item, LocalRule)),
        tuple(item for item in elements if isinstance(item, FlowRule)),
        frozenset(item for item in elements if isinstance(item, tuple)),
    )


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
