"""Chooses the engine for a component by its size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from typing import Literal

from ..components import Component
from . import Assignment, Engine, Scored
from .constraint import ConstraintEngine

EngineName = Literal["auto", "constraint", "clingo"]

SMALL = 4096
"""Up to so many assignments, valid or not, listing them all with python-constraint beats starting clingo."""


def engine_named(name: EngineName) -> Engine:
    """Return the engine of that name; `auto` chooses for each component."""
    match name:
        case "constraint":
            return ConstraintEngine()
        case "clingo":
            return _clingo()
        case "auto":
            return AutoEngine()


def _clingo() -> Engine:
    from .clingo import ClingoEngine  # a small problem never loads it

    return ClingoEngine()


def assignments(component: Component) -> int:
    """Count the assignments of a component, valid or not."""
    return prod(len(variable.values) for variable in component.variables)


@dataclass(frozen=True)
class AutoEngine:
    """Gives small components to python-constraint and the others to clingo."""

    small: Engine = field(default_factory=ConstraintEngine)

    @cached_property
    def large(self) -> Engine:
        """The engine for components that are not small."""
        return _clingo()

    def _for(self, component: Component) -> Engine:
        return self.small if assignments(component) <= SMALL else self.large

    def solutions(
        self, component: Component, *, at_least: int | None = None, at_most: int | None = None
    ) -> Iterator[Scored]:
        """Yield each assignment that keeps the component's rules, once, within the bounds of the score."""
        return self._for(component).solutions(component, at_least=at_least, at_most=at_most)

    def best_score(self, component: Component) -> int | None:
        """Return the highest score of any assignment; None when there is none."""
        return self._for(component).best_score(component)

    def best_below(self, component: Component, score: int) -> int | None:
        """Return the highest score below `score` that an assignment has; None when there is none."""
        return self._for(component).best_below(component, score)

    def with_score(self, component: Component, score: int) -> Iterator[Assignment]:
        """Yield the assignments that have a score, in canonical order."""
        return self._for(component).with_score(component, score)
