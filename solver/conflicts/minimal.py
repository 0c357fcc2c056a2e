"""Finds smallest sets of dependencies, rules and fixed edges that cannot hold together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..deadline import NEVER, Deadline, TimeIsUp
from ..engines import Engine
from ..presolve.components import Component, decompose
from ..presolve.propagate import Propagated, Reason, narrowed, propagate, propagate_with_reasons
from ..problem.elements import Elements, sort_element_sets
from ..problem.wiring_problem import Element, Variable, WiringProblem


@dataclass(frozen=True)
class Conflict(Elements):
    """Dependencies, rules and fixed edges that cannot hold together, and could without any one of them.

    `is_smallest` tells that no conflict of the same part of the problem is known to have fewer members, and
    none can have: all were looked at.
    """

    is_smallest: bool = field(default=False, compare=False)


def is_satisfiable(problem: WiringProblem, engine: Engine, deadline: Deadline = NEVER) -> bool:
    """Tell whether a problem has a wiring; raises TimeIsUp at the deadline."""
    smaller = propagate(problem, deadline)
    return smaller is not None and all(
        next(engine(component).solutions(deadline), None) is not None
        for component in decompose(smaller, deadline)
    )


Improve = Callable[[WiringProblem, Conflict, Deadline], Conflict]
"""Puts another conflict of a problem in the place of one that was found."""


def find_conflicts(
    problem: WiringProblem, engine: Engine, deadline: Deadline = NEVER, improve: Improve | None = None
) -> tuple[tuple[Conflict, ...], bool]:
    """Return minimal conflicts of which no two share a dependency, and whether these are all.

    There is one at least for each part that has no wiring by itself. Dependencies that no source may supply
    (`problem.missing`) are set aside first. At the deadline, return those found by then, and False.
    """
    found: list[Conflict] = []
    try:
        for _, conflict in independent_conflicts(problem, engine, deadline, improve):
            found.append(conflict)  # one by one: those before a deadline are kept
    except TimeIsUp:
        return sort_element_sets(found), False
    return sort_element_sets(found), True


def independent_conflicts(
    problem: WiringProblem, engine: Engine, deadline: Deadline, improve: Improve | None = None
) -> Iterator[tuple[Component, Conflict]]:
    """Yield the same one by one, each with the component that it lies in; raises TimeIsUp at the deadline."""
    for component in decompose(problem.supplied, deadline):
        rest = component.problem
        while (component.rules or component.flow) and (conflict := find_conflict(rest, engine, deadline)):
            chosen = improve(rest, conflict, deadline) if improve else conflict
            yield component, chosen
            rest = _apart_from(rest, chosen)


def _apart_from(problem: WiringProblem, conflict: Conflict) -> WiringProblem:
    """Take away a conflict's dependencies, where it has none its edges, and where it has none its rules."""
    if conflict.variables:
        return problem.without({item.port for item in conflict.variables})
    if conflict.edges:
        return replace(problem, fixed_edges=problem.fixed_edges - {*conflict.edges})
    return replace(
        problem, flow_rules=tuple(rule for rule in problem.flow_rules if rule not in conflict.rules)
    )


def find_conflict(problem: WiringProblem, engine: Engine, deadline: Deadline = NEVER) -> Conflict | None:
    """Return a minimal conflict of a problem; None when it has a wiring; raises TimeIsUp at the deadline.

    A dependency that no source may supply is a conflict by itself.
    """
    part = _failing_part(problem, engine, deadline)
    if part is None:
        return None
    # What comes first is kept where there is a choice: rules rather than more dependencies.
    rules_first = [*sorted(part.fixed_edges), *part.flow_rules, *part.local_rules, *part.variables]
    needed = _minimal(rules_first, lambda kept: is_satisfiable(Elements.of(kept).problem, engine, deadline))
    return Conflict.of(item for item in part.elements if item in needed)


def _failing_part(problem: WiringProblem, engine: Engine, deadline: Deadline) -> WiringProblem | None:
    """Return a part of a problem that has no wiring, as small as propagation and the engine can tell."""
    done = propagate_with_reasons(problem, deadline)
    if done.impossible:
        return _because(problem, done, done.impossible)
    components = decompose(narrowed(problem, done.domains), deadline)
    for component in sorted(components, key=lambda item: len(item.variables)):
        solver = engine(component)
        if next(solver.solutions(deadline), None) is None:
            core = solver.core(deadline)
            ports = frozenset(variable.port for variable in core.variables)
            rest = (element for element in core.elements if not isinstance(element, Variable))
            part = _because(problem, done, Reason(ports, frozenset(rest)))
            fewer = len(part.elements) < len(problem.elements)
            return (_failing_part(part, engine, deadline) if fewer else None) or part
    return None


def _because(problem: WiringProblem, done: Propagated, reason: Reason) -> WiringProblem:
    """Return the part of a problem that a reason rests on, through all that was removed before."""
    ports, elements = {*reason.ports}, {*reason.elements}
    for removal in reversed(done.removals):
        if removal.port in ports:
            found = removal.reason(removal.removed)
            ports |= found.ports
            elements |= found.elements
    return WiringProblem(
        tuple(variable for variable in problem.variables if variable.port in ports),
        tuple(rule for rule in problem.local_rules if rule in elements),
        tuple(rule for rule in problem.flow_rules if rule in elements),
        frozenset(edge for edge in problem.fixed_edges if edge in elements),
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
