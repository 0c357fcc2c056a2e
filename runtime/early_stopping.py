"""Which trials of a tuning job are stopped before their end, and when that is decided.

A trial's reports are the values of the objective in its log, one after another: what counts is which report
it is, never when it came. Trials are judged in the order of their numbers, each only once those before it
have ended. So what is stopped, and at which report, does not depend on how fast the machine is; that the
program of a stopped trial is ended only saves time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from threading import Condition
from typing import Protocol


class StoppingRule(Protocol):
    """Says which trials are not worth going on with; it is told of one trial after another."""

    def stops(self, number: int, value: float) -> bool:
        """Hear the next report of a trial, and tell whether the trial ends with it."""

    def forget(self, number: int) -> None:
        """Hear that a trial has failed, and that its reports count for nothing."""


class MedianRule:
    """Stops what is worse than the median of the running averages of earlier trials at the same report.

    Source: the documentation of SageMaker's early stopping of training jobs.
    """

    def __init__(self, *, maximize: bool) -> None:
        self._maximize = maximize
        self._reports: dict[int, list[float]] = {}

    def stops(self, number: int, value: float) -> bool:
        """Hear the next report of a trial, and tell whether it is worse than the median."""
        own = self._reports.setdefault(number, [])
        own.append(value)
        averages = [
            sum(reports[: len(own)]) / len(own)
            for other, reports in self._reports.items()
            if other < number and len(reports) >= len(own)
        ]
        known = [average for average in averages if math.isfinite(average)]
        if not known:
            return False
        # A value that is no number is worse than any.
        return not (value >= median(known) if self._maximize else value <= median(known))

    def forget(self, number: int) -> None:
        """Forget a trial that has failed."""
        self._reports.pop(number, None)


@dataclass
class Turns:
    """Whose turn it is: that of 0 first, and then of each when the one before has passed it on."""

    _next: int = 0
    _changed: Condition = field(default_factory=Condition, repr=False)

    def has(self, number: int) -> bool:
        """Tell whether it is somebody's turn."""
        return self._next == number

    def wait_for(self, number: int) -> None:
        """Wait until it is somebody's turn."""
        with self._changed:
            self._changed.wait_for(lambda: self._next == number)

    def pass_on(self, number: int) -> None:
        """Wait for one's turn, and let the next have it."""
        with self._changed:
            self._changed.wait_for(lambda: self._next == number)
            self._next += 1
            self._changed.notify_all()


@dataclass
class Judgement:
    """What is decided of one trial: `stopped_at` is the report that ended it, None as long as none did."""

    number: int
    rule: StoppingRule
    turns: Turns
    values: list[float] = field(default_factory=list)
    stopped_at: int | None = None
    _heard: int = 0

    def hear(self, values: Sequence[float]) -> None:
        """Hear of more reports."""
        self.values += values

    def has_turn(self) -> bool:
        """Tell whether all trials before it have ended."""
        return self.turns.has(self.number)

    def wait_for_turn(self) -> None:
        """Wait until all trials before it have ended."""
        self.turns.wait_for(self.number)

    def decide(self) -> bool:
        """Tell whether the trial is stopped; its turn must have come."""
        while self.stopped_at is None and self._heard < len(self.values):
            self._heard += 1
            if self.rule.stops(self.number, self.values[self._heard - 1]):
                self.stopped_at = self._heard
        return self.stopped_at is not None

    @property
    def last(self) -> float | None:
        """The value with which a stopped trial ends."""
        return None if self.stopped_at is None else self.values[self.stopped_at - 1]
