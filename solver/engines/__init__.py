"""The search engines, behind one small protocol: an engine opens a component, a solver answers for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from ..deadline import Deadline

if TYPE_CHECKING:
    from ..presolve.components import Component
    from ..problem.wiring_problem import WiringProblem

Assignment = tuple[int, ...]
"""For each variable of a component, the place of its value in `variable.values`."""

Scored = tuple[int, Assignment]
"""A score and the assignment that has it."""


class Solver(Protocol):
    """What answers questions about one component.

    Every question but `count` raises TimeIsUp at its deadline. The canonical order is: higher score first,
    then the assignment that comes first lexicographically.
    """

    component: Component

    def solutions(self, deadline: Deadline) -> Iterator[Scored]:
        """Yield each assignment that keeps the component's rules once, in no promised order."""
        ...

    def best_first(self, deadline: Deadline) -> Iterator[Scored]:
        """Yield the same in canonical order."""
        ...

    def example(self, deadline: Deadline) -> Scored | None:
        """Return the best assignment where it is known, else any; None when there is none."""
        ...

    def best_elsewhere(self, variable: int, place: int, deadline: Deadline) -> int | None:
        """Return the best score with a variable bound to another source than the one at a place."""
        ...

    def places_in_use(self, deadline: Deadline) -> Sequence[frozenset[int]]:
        """Tell for each variable which places of its values occur in some assignment."""
        ...

    def count(self, deadline: Deadline) -> tuple[int, bool]:
        """Count the assignments; at the deadline, return how many were found, and False."""
        ...

    def core(self, deadline: Deadline) -> WiringProblem:
        """Return a part, maybe not the least, that has no solution either; only where there is none."""
        ...

    def bound(self) -> int:
        """Return a score that no assignment surpasses, as far as is known by now."""
        ...


Engine: TypeAlias = "Callable[[Component], Solver]"
