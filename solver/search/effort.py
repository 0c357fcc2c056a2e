"""Says how much may be done before a count is given up, in steps of work that are alike on every machine."""

from __future__ import annotations

from ..deadline import Deadline


class TooMuch(Exception):
    """More work than was allowed; what it would have led to is not known."""


BETWEEN_LOOKS = 10_000
"""After so much work the clock is looked at: what takes no time to speak of depends on no clock."""


class Effort:
    """An amount of work that grows less as it is spent, also by the parts that it is divided into."""

    def __init__(self, most: int, deadline: Deadline, whole: Effort | None = None) -> None:
        self.left = most
        self._deadline = deadline
        self._whole = whole
        self._next_look = most - BETWEEN_LOOKS

    def spend(self, work: int) -> None:
        """Take note of some work; raises TooMuch when none is left, and TimeIsUp past the deadline."""
        self.left -= work
        if self.left < 0:
            raise TooMuch
        if self._whole:
            self._whole.spend(work)
        elif self.left < self._next_look:
            self._next_look = self.left - BETWEEN_LOOKS
            self._deadline.check()

    def part(self, most: int) -> Effort:
        """Return a part of so much work at most; what is spent of it is spent of the whole."""
        return Effort(min(most, self.left), self._deadline, self)
