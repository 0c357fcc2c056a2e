"""Says when to stop: a point in time that a search looks at while it goes on."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

SMALLEST_SHARE = 0.1
"""Seconds."""


class TimeIsUp(Exception):
    """A search was still going on at its deadline; the caller says what is known by then."""


@dataclass(frozen=True)
class Deadline:
    """A point of the monotonic clock, in seconds; by default it never comes."""

    at: float = math.inf
    seconds: float | None = None
    """How long it was to be at first, as whoever set it said."""

    @classmethod
    def after(cls, seconds: float | None) -> Deadline:
        """Return the deadline `seconds` from now; the one that never comes for None."""
        return cls() if seconds is None else cls(time.monotonic() + seconds, seconds)

    def or_after(self, seconds: float) -> Deadline:
        """Return this deadline, or the one `seconds` from now when that comes earlier."""
        return min(self, Deadline.after(seconds), key=lambda deadline: deadline.at)

    def share(self, parts: int) -> Deadline:
        """Return the deadline for the first of so many parts of the work: an equal share of what is left.

        No share is so small that what takes no time to speak of could miss it.
        """
        return self.or_after(max(self.left / parts, SMALLEST_SHARE))

    @property
    def left(self) -> float:
        """The seconds until it comes; 0 when it has."""
        return max(0.0, self.at - time.monotonic())

    @property
    def words(self) -> str:
        """How long it was to be: `1 second`, `0.5 seconds`."""
        return f"{self.seconds:g} second{'' if self.seconds == 1 else 's'}"

    def check(self) -> None:
        """Raise TimeIsUp when it has come."""
        if time.monotonic() >= self.at:
            raise TimeIsUp

    def watch(self, items: Iterable[T]) -> Iterator[T]:
        """Yield items, and look at the clock before each; raises TimeIsUp when the deadline has come."""
        for item in items:
            self.check()
            yield item


NEVER = Deadline()
