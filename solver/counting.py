"""Counts wirings without listing them: the product of the components' counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .deadline import Deadline
from .engines import Solver


@dataclass(frozen=True)
class WiringCount:
    """How many valid wirings there are; without `exact`, there are at least `value`."""

    value: int
    exact: bool = True

    def __str__(self) -> str:
        return f"{'' if self.exact else '≥ '}{self.value}"


def count_wirings(solvers: Sequence[Solver], deadline: Deadline) -> WiringCount:
    """Count the wirings of components; each gets an equal share of what time the smaller ones left."""
    value, exact = 1, True
    for done, solver in enumerate(solvers):
        share = deadline.left / (len(solvers) - done)
        found, complete = solver.count(deadline.or_after(share))
        if complete and not found:
            return WiringCount(0)
        value *= found
        exact &= complete
    return WiringCount(value, exact)
