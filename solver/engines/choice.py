"""Chooses the engine for a component by its size."""

from __future__ import annotations

from typing import Literal

from ..presolve.components import Component
from . import Engine, Solver
from .listing import ListingSolver

EngineName = Literal["auto", "constraint", "clingo"]

MAX_TRIED_OUTRIGHT = 64
"""So many assignments are looked at one by one sooner than any search is set up."""

MAX_LISTED_BY_CONSTRAINT = 2048
"""Up to so many assignments, valid or not, listing them all with python-constraint beats starting clingo.

Measured, see ARCHITECTURE.md: they draw level between 1,000 and 4,000.
"""


def engine_named(name: EngineName) -> Engine:
    """Return the engine of that name; `auto` chooses for each component."""
    match name:
        case "constraint":
            return _constraint
        case "clingo":
            return _clingo
        case "auto":
            return _by_size


def _by_size(component: Component) -> Solver:
    if component.assignments <= MAX_TRIED_OUTRIGHT:
        return ListingSolver(component)
    return _constraint(component) if component.assignments <= MAX_LISTED_BY_CONSTRAINT else _clingo(component)


def _constraint(component: Component) -> Solver:
    from .constraint import ConstraintSolver  # what has no choice never loads it

    return ConstraintSolver(component)


def _clingo(component: Component) -> Solver:
    from .clingo import ClingoSolver  # a small problem never loads it

    return ClingoSolver(component)
