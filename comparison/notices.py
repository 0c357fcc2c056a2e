"""What differs between two states, one thing each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ..solver.ranking.evidence import Evidence
from .state import Bound

DIFFERENCE_WORDS = {"added": "added", "removed": "removed", "moved": "moved", "evidence": "weighed anew"}
"""The ways in which a binding differs, and the words for them."""


@dataclass(frozen=True)
class BindingChange:
    """A binding that differs: `added`, `removed`, `moved` to another source, or weighed by other `evidence`.

    `lost` and `gained` are the pieces of evidence that differ, `reason` says what became of the old source.
    """

    dependency: str
    before: Bound | None
    after: Bound | None
    reason: str = ""
    causes: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Name the way in which it differs."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "evidence" if self.before.source == self.after.source else "moved"

    @property
    def lost(self) -> tuple[Evidence, ...]:
        """The evidence there was and is no more."""
        return _minus(self.before, self.after)

    @property
    def gained(self) -> tuple[Evidence, ...]:
        """The evidence there is and was not."""
        return _minus(self.after, self.before)


def _minus(left: Bound | None, right: Bound | None) -> tuple[Evidence, ...]:
    rest = Counter(_pieces(left)) - Counter(_pieces(right))
    return tuple(sorted(rest.elements()))


def _pieces(bound: Bound | None) -> tuple[Evidence, ...]:
    return (*bound.evidence, *bound.joint) if bound else ()


@dataclass(frozen=True)
class Notice:
    """What became of a dependency beyond its binding, and the changes that made it so.

    `sources` are new alternatives; empty for what is newly ambiguous.
    """

    dependency: str
    sources: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What became of it, in a sentence."""
        if self.sources:
            return f"{self.dependency} could also take {' or '.join(self.sources)}"
        return f"{self.dependency}: another source would do as well, or almost"
