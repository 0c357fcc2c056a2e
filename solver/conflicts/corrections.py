"""Finds all smallest conflicts of a problem without a wiring, and all smallest corrections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..deadline import NEVER, Deadline, TimeIsUp
from ..engines.choice import engine_named
from ..presolve.components import Component
from ..problem.elements import Elements, sort_element_sets
from ..problem.wiring_problem import Element, WiringProblem
from .minimal import Conflict, independent_conflicts

MAX_CORRECTIONS = 1000
"""So many conflicts and so many corrections of one part are listed at most."""


class Correction(Elements):
    """Dependencies, rules and fixed edges without which the rest holds together, and of which all must go."""


@dataclass(frozen=True)
class Clash:
    """A part of a problem that has no wiring, with all its minimal conflicts and all its minimal corrections.

    Both come smaller ones first, then by addresses. Every correction has a member of every conflict. Two
    clashes may share fixed edges, the rule against cycles, and the rule that a step's dependencies differ,
    but nothing else; lifting what they share mends both. Without `complete` there may be more of either.
    """

    conflicts: tuple[Conflict, ...]
    corrections: tuple[Correction, ...]
    complete: bool


Failing = tuple[Component, list[Conflict]]
"""A component without a wiring, and minimal conflicts of it of which no two share a dependency."""


def _nothing(_: Element) -> bool:
    return False


def find_all(
    problem: WiringProblem, deadline: Deadline = NEVER, firm: Callable[[Element], bool] = _nothing
) -> tuple[tuple[Clash, ...], bool]:
    """Return what clashes in each part of a problem that has no wiring by itself, and whether these are all.

    Corrections leave alone what is `firm`; some parts then have none. Dependencies that no source may supply
    (`problem.missing`) are set aside first.
    """
    failing, complete = failing_components(problem, deadline.share(2))
    clashes = (
        find_clash(component, proven, deadline.share(len(failing) - number), firm)
        for number, (component, proven) in enumerate(failing)
    )
    return tuple(clashes), complete


def failing_components(problem: WiringProblem, deadline: Deadline = NEVER) -> tuple[list[Failing], bool]:
    """Cut out each component that has no wiring by itself, with some of its minimal conflicts, proven.

    Also tell whether these are all; at the deadline, they may not be.
    """
    failing: list[Failing] = []
    try:
        for component, conflict in independent_conflicts(problem, engine_named("auto"), deadline):
            if not failing or failing[-1][0] is not component:
                failing.append((component, []))
            failing[-1][1].append(conflict)
    except TimeIsUp:
        return failing, False
    return failing, True


def find_clash(
    component: Component,
    proven: Sequence[Conflict],
    deadline: Deadline = NEVER,
    firm: Callable[[Element], bool] = _nothing,
) -> Clash:
    """Return all conflicts and corrections of a component; where time is up, the proven conflicts."""
    from ..engines.clingo_cores import (
        corrections,
        hitting_sets,  # clingo is loaded only for this
    )

    elements = component.problem.elements
    free = [place for place, element in enumerate(elements) if not firm(element)]
    every, complete = corrections(component, range(len(elements)), MAX_CORRECTIONS, deadline.share(2))
    conflicts = proven
    if complete:
        sets, complete = hitting_sets(every, MAX_CORRECTIONS, deadline)
        conflicts = [Conflict.of(elements[place] for place in sorted(each)) for each in sets]
        allowed = [each for each in every if each.issubset(free)]
    else:
        allowed, _ = corrections(component, free, MAX_CORRECTIONS, deadline)
    return Clash(
        sort_element_sets(conflicts),
        sort_element_sets(Correction.of(elements[place] for place in sorted(each)) for each in allowed),
        complete,
    )
