"""Evidence: pieces that speak for or against one binding, and those that several bindings give together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ...specs import Port
from ...specs.pieces import PIECES


class Evidence(NamedTuple):
    """One reason for or against a binding; the points of a binding's evidence sum to its score."""

    kind: str
    points: int

    @property
    def reason(self) -> str:
        """Why it counts, in a sentence."""
        return PIECES[self.kind].reason


class Term(NamedTuple):
    """That a dependency takes one of `sources`, None standing for unbound."""

    port: Port
    sources: frozenset[Port | None]

    def key(self) -> tuple[Port, list[Port]]:
        """Sort terms by dependency, then by sources, unbound first."""
        return self.port, sorted(source or Port("", "") for source in self.sources)


Way = tuple[Term, ...]
"""Terms that hold together."""


@dataclass(frozen=True)
class Joint:
    """Evidence that several bindings give together: its points count, once, when all terms of a way hold."""

    kind: str
    points: int
    ways: tuple[Way, ...]

    def holding(self, taken: Mapping[Port, Port | None]) -> Way | None:
        """Return the first way that holds, given what each dependency takes; None when none does."""
        ways = (way for way in self.ways if all(taken[port] in sources for port, sources in way))
        return next(ways, None)

    @property
    def key(self) -> tuple[str, list[list[tuple[Port, list[Port]]]]]:
        """Sort pieces of evidence by kind, then by their terms."""
        return self.kind, [[term.key() for term in way] for way in self.ways]
