"""Counts wirings without listing them: the product of the components' counts."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from .components import Component
from .engines import Engine


@dataclass(frozen=True)
class WiringCount:
    """How many valid wirings there are; without `exact`, there are at least `value`."""

    value: int
    exact: bool = True

    def __str__(self) -> str:
        return f"{'' if self.exact else '≥ '}{self.value}"


def count_wirings(engine: Engine, components: Iterable[Component], *, seconds: float) -> WiringCount:
    """Count the wirings of components; past `seconds`, a component counts as far as it was."""
    deadline = time.monotonic() + seconds
    value, exact = 1, True
    for component in sorted(components, key=lambda item: len(item.variables)):
        counted = _count(engine, component, deadline)
        value *= counted.value
        exact &= counted.exact
        if counted == WiringCount(0):
            return counted
    return WiringCount(value, exact)


def _count(engine: Engine, component: Component, deadline: float) -> WiringCount:
    if len(component.variables) == 1 and not component.rules and not component.flow:
        return WiringCount(len(component.variables[0].values))
    found = 0
    for _ in engine.solutions(component):
        found += 1
        if found % 256 == 0 and time.monotonic() > deadline:
            return WiringCount(found, exact=False)
    return WiringCount(found)
