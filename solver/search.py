"""The road from a pipeline to its wirings: problem, propagation, components, engine, merged streams."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, takewhile

from ..errors import AmbiguousWiringError, NoWiringError
from ..specs import PipelineSpec, Port, require_sound
from .components import Component, decompose
from .counting import WiringCount, count_wirings
from .engines import Engine, Scored
from .engines.choice import EngineName, engine_named
from .enumerate import Stream, best_first, merge, product
from .problem import Problem, Variable
from .propagate import propagate
from .report import explain_failure
from .wiring import Binding, Wiring

MAX_TIES = 100
"""How many equally good wirings `resolve` lists at most."""

COUNT_SECONDS = 5.0


@dataclass(frozen=True)
class Search:
    """The search for the wirings of one pipeline; what it finds on the way is kept."""

    pipeline: PipelineSpec
    engine: Engine

    @classmethod
    def over(cls, pipeline: PipelineSpec, engine: EngineName = "auto") -> Search:
        """Prepare the search; raises DocumentError when the pipeline has problems of its own."""
        require_sound(pipeline)
        return cls(pipeline, engine_named(engine))

    @cached_property
    def problem(self) -> Problem:
        """The problem as stated."""
        return Problem.of(self.pipeline)

    @cached_property
    def propagated(self) -> Problem | None:
        """The problem without candidates that no wiring can use; None when that leaves no wiring."""
        return propagate(self.problem)

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """The independent parts of the propagated problem."""
        return decompose(self.propagated) if self.propagated else ()

    @cached_property
    def _best_first(self) -> tuple[Stream, ...]:
        return tuple(
            Stream(component.places, best_first(self.engine, component)) for component in self.components
        )

    def wirings(self, *, in_order: bool = True) -> Iterator[Wiring]:
        """Yield every valid wiring once; best first, unless `in_order` is given up for speed."""
        problem = self.propagated
        if problem is None or any(stream.at(0) is None for stream in self._best_first):
            return
        found = iter(merge(self._best_first)) if in_order else product(self._best_first)
        for _, assignment in found:
            yield Wiring.of(self.pipeline, problem, assignment)

    def resolve(self, *, strict: bool = False) -> Wiring:
        """Return the best wiring with its margins and ties.

        Raises NoWiringError with a report when there is none, and AmbiguousWiringError under `strict` when
        there are ties.
        """
        found = self.wirings()
        best = next(found, None)
        if best is None:
            raise NoWiringError(explain_failure(self.pipeline, self.problem, self.engine))
        equal = takewhile(lambda other: other.score == best.score, found)
        ties = tuple(islice(equal, MAX_TIES))
        more = len(ties) == MAX_TIES and next(equal, None) is not None
        wiring = replace(best, bindings=self._with_margins(best), ties=ties, has_more_ties=more)
        if strict and ties:
            raise AmbiguousWiringError((wiring, *ties))
        return wiring

    def count(self, *, seconds: float = COUNT_SECONDS) -> WiringCount:
        """Count the valid wirings, as exactly as `seconds` allow."""
        if self.propagated is None:
            return WiringCount(0)
        return count_wirings(self.engine, self.components, seconds=seconds)

    def _with_margins(self, wiring: Wiring) -> dict[Port, Binding]:
        margins: dict[Port, int | None] = {}
        for component, stream in zip(self.components, self._best_first, strict=True):
            best = stream.at(0)
            for index, variable in enumerate(component.variables):
                margins[variable.port] = self._margin(component, index, best)
        return {port: replace(binding, margin=margins[port]) for port, binding in wiring.bindings.items()}

    def _margin(self, component: Component, index: int, best: Scored | None) -> int | None:
        """Solve the component again without the value that a variable has; None when nothing is left."""
        if best is None:
            return None
        variable = component.variables[index]
        taken = variable.values[best[1][index]]
        others = tuple(candidate for candidate in variable.candidates if candidate != taken)
        if not others:
            return None
        changed = Variable(variable.port, others, required=True)
        variables = (*component.variables[:index], changed, *component.variables[index + 1 :])
        score = self.engine.best_score(replace(component, variables=variables))
        return None if score is None else best[0] - score
