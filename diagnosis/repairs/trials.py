"""Solves problems that differ little from one another: no component is solved twice."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...problems.errors import DocumentError, SpecificationError
from ...solver.deadline import Deadline
from ...solver.engines import Engine, Scored
from ...solver.presolve.components import Component, decompose
from ...solver.presolve.propagate import propagate
from ...solver.problem.wiring_problem import WiringProblem
from ...solver.search.counting import WiringCount, count_wirings
from ...solver.search.wiring import Wiring
from ...specs import PipelineSpec
from ...specs.edits.apply import Edit, edited

COUNTED = 4_096
"""A component with more assignments than that, valid or not, is not counted: there is one wiring at least."""


def changed(pipeline: PipelineSpec, edits: tuple[Edit, ...]) -> PipelineSpec | None:
    """Return the pipeline with the edits made; None when it cannot stand like that."""
    try:
        return edited(pipeline, edits)
    except (DocumentError, SpecificationError):
        return None


@dataclass
class Trials:
    """Solves one problem after another and remembers the components; raises TimeIsUp at the deadline."""

    engine: Engine
    deadline: Deadline
    _best: dict[Component, Scored | None] = field(default_factory=dict)
    _counts: dict[Component, WiringCount] = field(default_factory=dict)

    def solve(self, pipeline: PipelineSpec, problem: WiringProblem) -> Wiring | None:
        """Return the best wiring of a problem of the pipeline; None when there is none."""
        smaller = propagate(problem, self.deadline)
        if smaller is None:
            return None
        parts = (
            (component.places, self._best_of(component)) for component in decompose(smaller, self.deadline)
        )
        return Wiring.of(pipeline, smaller, parts)

    def count(self, wiring: Wiring) -> WiringCount:
        """Count the wirings of the problem that a wiring solves."""
        value, exact = 1, True
        for component in decompose(wiring.problem, self.deadline):
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
