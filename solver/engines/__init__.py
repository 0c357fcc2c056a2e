"""The search engines, behind one small protocol."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from ..components import Component

Assignment = tuple[int, ...]
"""For each variable of a component, the place of its value in `variable.values`."""

Scored = tuple[int, Assignment]
"""A score and the assignment that has it."""


class Engine(Protocol):
    """What can search one component."""

    def solutions(
        self, component: Component, *, at_least: int | None = None, at_most: int | None = None
    ) -> Iterator[Scored]:
        """Yield, in no promised order, each assignment that keeps the component's rules, once.

        With bounds, only those whose score lies between them.
        """
        ...

    def best_score(self, component: Component) -> int | None:
        """Return the highest score of any assignment; None when there is none."""
        ...

    def best_below(self, component: Component, score: int) -> int | None:
        """Return the highest score below `score` that an assignment has; None when there is none."""
        ...

    def with_score(self, component: Component, score: int) -> Iterator[Assignment]:
        """Yield the assignments that have a score, in canonical (lexicographic) order."""
        ...
