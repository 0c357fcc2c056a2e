"""Solves problems that differ little from one another: no component is solved twice."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from ...errors import DocumentError, SpecificationError
from ...specs import PipelineSpec, Port, check
from ...specs.edits import Edit, edited
from ..components import Component, decompose
from ..counting import WiringCount, count_wirings
from ..deadline import Deadline
from ..engines import Engine, Scored
from ..problem import Problem
from ..propagate import propagate
from ..wiring import Wiring

COUNTED = 4_096
"""A component with more assignments than that, valid or not, is not counted: there is one wiring at least."""


def changed(pipeline: PipelineSpec, edits: tuple[Edit, ...]) -> PipelineSpec | None:
    """Return the pipeline with the edits made; None when it cannot stand like that."""
    try:
        after = edited(pipeline, edits)
    except (DocumentError, SpecificationError):
        return None
    return None if check(after) else after


def without(problem: Problem, ports: Collection[Port]) -> Problem:
    """Return a problem without some of its variables."""
    return replace(problem, variables=tuple(item for item in problem.variables if item.port not in ports))


@dataclass
class Trials:
    """Solves one problem after another and remembers the components; raises TimeIsUp at the deadline."""

    engine: Engine
    deadline: Deadline
    _best: dict[Component, Scored | None] = field(default_factory=dict)
    _counts: dict[Component, WiringCount] = field(default_factory=dict)

    def solve(self, pipeline: PipelineSpec, problem: Problem) -> Wiring | None:
        """Return the best wiring of a problem of the pipeline; None when there is none."""
        smaller = propagate(problem)
        if smaller is None:
            return None
        score, places = 0, array("L", [0] * len(smaller.variables))
        for component in decompose(smaller):
            best = self._best_of(component)
            if best is None:
                return None
            score += best[0]
            for place, value in zip(component.places, best[1], strict=True):
                places[place] = value
        return Wiring(pipeline, smaller, places, score)

    def count(self, wiring: Wiring) -> WiringCount:
        """Count the wirings of the problem that a wiring solves."""
        value, exact = 1, True
        for component in decompose(wiring.problem):
            known = self._counts.get(component)
            if known is None:
                known = WiringCount(1, exact=False)
                if component.assignments <= COUNTED:
                    known = count_wirings((component,), self.engine, self.deadline)
                self._counts[component] = known
            value, exact = value * known.value, exact and known.exact
        return WiringCount(value, exact).at_least(1)

    def _best_of(self, component: Component) -> Scored | None:
        if component not in self._best:
            self._best[component] = next(self.engine(component).best_first(self.deadline), None)
        return self._best[component]
