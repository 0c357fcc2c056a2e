"""Finds all smallest conflicts of a problem without a wiring, and all smallest corrections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .components import Component, decompose
from .conflict import Conflict, find_conflicts
from .deadline import NEVER, Deadline
from .engines.choice import engine_named
from .problem import Element, Elements, Problem, in_order

MOST = 1000
"""So many conflicts and so many corrections of one part are listed at most."""


class Correction(Elements):
    """Dependencies, rules and fixed edges without which the rest holds together, and of which all must go."""


@dataclass(frozen=True)
class Clash:
    """A part of a problem that has no wiring, with all its minimal conflicts and all its minimal corrections.

    Both come smaller ones first, then by addresses. Every correction has a member of every conflict. Without
    `complete` there may be more of either.
    """

    conflicts: tuple[Conflict, ...]
    corrections: tuple[Correction, ...]
    complete: bool


def _nothing(_: Element) -> bool:
    return False


def find_all(
    problem: Problem, deadline: Deadline = NEVER, firm: Callable[[Element], bool] = _nothing
) -> tuple[tuple[Clash, ...], bool]:
    """Return what clashes in each part of a problem that has no wiring by itself, and whether these are all.

    Corrections leave alone what is `firm`; some parts then have none. Dependencies that no source may supply
    (`problem.missing`) are set aside first.
    """
    proven, complete = find_conflicts(problem, engine_named("auto"), deadline)
    found = []
    for component in decompose(problem.without(problem.missing)):
        elements = component.problem.elements
        inside = tuple(each for each in proven if {*elements}.issuperset(each))
        if inside:
            found.append(_clash(component, inside, firm, deadline))
    return tuple(found), complete


def _clash(
    component: Component, proven: tuple[Conflict, ...], firm: Callable[[Element], bool], deadline: Deadline
) -> Clash:
    from .engines.lifting import corrections, hitting_sets  # clingo is loaded only for this

    elements = component.problem.elements
    every, all_known = corrections(component, range(len(elements)), MOST, deadline)
    conflicts: Sequence[Conflict] = proven
    if all_known:
        sets, all_known = hitting_sets(every, MOST, deadline)
        conflicts = [Conflict.of(elements[place] for place in sorted(each)) for each in sets]
    allowed = (Correction.of(elements[place] for place in sorted(each)) for each in every)
    return Clash(
        in_order(conflicts),
        in_order(each for each in allowed if not any(map(firm, each))),
        all_known,
    )
