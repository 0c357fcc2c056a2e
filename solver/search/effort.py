"""Says how much may be done before a count is given up, in steps of work that are alike on every machine."""

from __future__ import annotations

from ..deadline import Deadline


class TooMuch(Exception):
    """More work than was allowed; what it would have led to is not known."""


class Effort:
    """An amount of work that grows less as it is spent, also by the parts that it is divided into."""

    def __init__(self, most: int, deadline: Deadline, whole: Effort | None = None) -> None:
        self.left = most
        self.deadline = deadline
        self._whole = whole

    def spend(self, work: int) -> None:
        """Take note of some work; raises TooMuch when none is left, and TimeIsUp at the deadline."""
        self.left -= work
        if self.left < 0:
            raise TooMuch
        if self._whole:
            self._whole.spend(work)
        else:
            self.deadline.check()

    def part(self, most: int) -> Effort:
        """Return a part of so much work at most; what is spent of it is spent of the whole."""
        return Effort(min(most, self.left), self.deadline, self)
