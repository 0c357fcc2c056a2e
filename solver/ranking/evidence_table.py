"""What a piece of evidence is: a row with its name, points, one reason, and when it counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

Wanted = TypeVar("Wanted")
Offered = TypeVar("Offered")


def always(_: object) -> bool:
    """Hold of whatever there is."""
    return True


def once(_wanted: object, _offered: object) -> int:
    """Count one time."""
    return 1


class Piece(NamedTuple, Generic[Wanted, Offered]):
    """A kind of evidence: its points, the one reason for it, and its conditions.

    It counts where the dependency is as `wanted` says and the source is as `offered` says, as many times as
    `together` says of the two: once or not at all, or as often as there are words that speak for it, but
    never more than `at_most` times.
    """

    kind: str
    points: int
    reason: str
    wanted: Callable[[Wanted], object] = always
    offered: Callable[[Offered], object] = always
    together: Callable[[Wanted, Offered], int] = once
    at_most: int = 1


Row = tuple[Piece[Wanted, Offered], ...]
"""Pieces of which only the first that counts does."""


class EvidenceTable(Generic[Wanted, Offered]):
    """Rows of evidence about one subject.

    What is known of a dependency alone, or of a source alone, is asked once of each, and kept as a bit set of
    the pieces that may still count; most pairs have few in common.
    """

    def __init__(self, *rows: Row[Wanted, Offered]) -> None:
        self.rows = rows
        self._bits = [(1 << place, piece) for place, piece in enumerate(chain.from_iterable(rows))]
        self._any_wanted = sum(bit for bit, piece in self._bits if piece.wanted is always)
        self._any_offered = sum(bit for bit, piece in self._bits if piece.offered is always)
        self._wanted = [(bit, piece.wanted) for bit, piece in self._bits if piece.wanted is not always]
        self._offered = [(bit, piece.offered) for bit, piece in self._bits if piece.offered is not always]
        self.left: Callable[[int], tuple[Row[Wanted, Offered], ...]] = cache(self._left)

    def wanted(self, wanted: Wanted) -> int:
        """Return the pieces that may count for a dependency."""
        found = self._any_wanted
        for bit, holds in self._wanted:
            if holds(wanted):
                found |= bit
        return found

    def offered(self, offered: Offered) -> int:
        """Return the pieces that may count for a source."""
        found = self._any_offered
        for bit, holds in self._offered:
            if holds(offered):
                found |= bit
        return found

    def _left(self, bits: int) -> tuple[Row[Wanted, Offered], ...]:
        places = iter(self._bits)
        rows = [tuple(piece for bit, piece in (next(places) for _ in row) if bit & bits) for row in self.rows]
        return tuple(row for row in rows if row)

    def found(self, bits: int, wanted: Wanted, offered: Offered) -> list[tuple[str, int]]:
        """List the kinds of evidence that count, of those in a bit set, with the number of times."""
        found = []
        for row in self.left(bits):
            for piece in row:
                if times := piece.together(wanted, offered):
                    found.append((piece.kind, int(times)))
                    break
        return found
