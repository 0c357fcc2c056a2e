"""Counts wirings without listing them: the product of the components' counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from math import prod

from ..deadline import Deadline, TimeIsUp
from ..engines import Engine
from ..presolve.components import Component
from .effort import Effort, TooMuch

WORK = 2_000_000
"""How much work a count takes at most: some seconds, and on every machine the same count."""

MAX_LISTED_ASSIGNMENTS = 10_000
"""Of a component that cannot be counted, so many assignments are listed at most."""

ROUNDED_FROM = 10**15
"""Numbers from this one on are written by their first digits and their power of ten: nobody reads more."""


@dataclass(frozen=True, repr=False)
class WiringCount:
    """How many valid wirings there are; without `exact`, there are at least `value`."""

    value: int
    exact: bool = True

    def __repr__(self) -> str:
        return f"WiringCount(value={self.digits}, exact={self.exact})"

    def at_least(self, known: int) -> WiringCount:
        """Return the count, raised to what is known otherwise where it is not exact."""
        return self if self.exact else WiringCount(max(self.value, known), exact=False)

    @classmethod
    def read(cls, digits: str) -> WiringCount | None:
        """Read `digits`, however many; None when they are none."""
        return cls(int(Decimal(digits))) if digits.isascii() and digits.isdecimal() else None

    @property
    def digits(self) -> str:
        """The value in full, however long; Python itself writes no more than 4,300 digits."""
        return f"{Decimal(self.value):f}"

    @property
    def rounded(self) -> str:
        """The first digits of the value and its power of ten: 1.23e45."""
        return f"{self.digits[0]}.{self.digits[1:3]}e{len(self.digits) - 1}"

    @property
    def words(self) -> str:
        """The count with its noun: `1 wiring`, `at least 1,234 wirings`, `2.38e49 wirings`."""
        return f"{self} {'wiring' if self.value == 1 else 'wirings'}"

    def __str__(self) -> str:
        number = f"{self.value:,}" if self.value < ROUNDED_FROM else self.rounded
        return f"{'' if self.exact else 'at least '}{number}"


def count_wirings(
    components: Sequence[Component], engine: Engine, deadline: Deadline, most: int = WORK
) -> WiringCount:
    """Count the wirings of components; where rules bind, each gets an equal share of what the smaller left.

    What takes more work than `most` allows is not exact, on any machine; nor is what takes too long.
    """
    value, exact = prod(component.assignments for component in components if component.is_free), True
    bound = (component for component in components if not component.is_free)
    ordered = sorted(bound, key=lambda component: component.assignments)
    for done, component in enumerate(ordered):
        parts = len(ordered) - done
        found = _count(component, engine, deadline.share(parts), most // parts)
        if found == WiringCount(0):
            return found
        value *= found.value
        exact &= found.exact
    return WiringCount(value, exact)


def _count(component: Component, engine: Engine, deadline: Deadline, most: int) -> WiringCount:
    """Count exactly in half of the time, or else list some."""
    from .cases import count_component  # who asks for no count never loads it

    found = 0
    try:
        return WiringCount(count_component(component, Effort(most, deadline.or_after(deadline.left / 2))))
    except (TooMuch, TimeIsUp):
        pass
    try:
        for _ in islice(engine(component).solutions(deadline), MAX_LISTED_ASSIGNMENTS):
            found += 1
    except TimeIsUp:
        pass
    return WiringCount(found, exact=False)
