"""The road from a pipeline to its wirings: problem, propagation, components, solvers, merged streams."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, takewhile

from ...specs import PipelineSpec, require_sound
from ..deadline import Deadline, TimeIsUp
from ..engines import Engine, Solver
from ..engines.choice import EngineName, engine_named
from ..presolve.components import Component, decompose
from ..presolve.propagate import propagate
from ..problem.wiring_problem import WiringProblem
from .alternatives import Alternatives, Solved, find_alternatives
from .counting import WORK, WiringCount, count_wirings
from .errors import SearchLimitError
from .streams import Replay, Whole, merge, product, stream
from .wiring import Wiring

MAX_TIES = 100
"""How many equally good wirings `resolve` lists at most."""

GRACE, GRACE_SHARE = 1.0, 0.15
"""Seconds, and the part of the time, in which any wiring is put together where the best is not known."""

ALTERNATIVES_SECONDS = 5.0
"""How long `resolve` looks at most for margins and for what is forced or dead."""


@dataclass(frozen=True)
class Search:
    """The search for the wirings of one pipeline; what it finds on the way is kept."""

    pipeline: PipelineSpec
    engine: Engine
    deadline: Deadline

    @classmethod
    def over(
        cls,
        pipeline: PipelineSpec,
        engine: EngineName = "auto",
        timeout: float | Deadline | None = None,
    ) -> Search:
        """Prepare the search; `timeout` is in seconds from now, for all that is asked, or a deadline.

        Raises DocumentError when the pipeline has problems of its own.
        """
        require_sound(pipeline)
        deadline = timeout if isinstance(timeout, Deadline) else Deadline.after(timeout)
        return cls(pipeline, engine_named(engine), deadline)

    @cached_property
    def problem(self) -> WiringProblem:
        """The problem as stated; raises TimeIsUp at the deadline."""
        return WiringProblem.of(self.pipeline, deadline=self.deadline)

    @cached_property
    def narrowed(self) -> WiringProblem | None:
        """The problem without candidates that no wiring can use; None when that leaves no wiring.

        Raises TimeIsUp at the deadline.
        """
        return propagate(self.problem, self.deadline)

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """The independent parts of the propagated problem; raises TimeIsUp at the deadline."""
        return decompose(self.narrowed, self.deadline) if self.narrowed else ()

    @cached_property
    def solvers(self) -> tuple[Solver, ...]:
        """A solver for each component; raises TimeIsUp at the deadline."""
        return tuple(self.engine(component) for component in self.components)

    def wirings(self, *, in_order: bool = True, at_most: int | None = None) -> Iterator[Wiring]:
        """Yield every valid wiring once; best first, unless `in_order` is given up for speed.

        Raises SearchLimitError at the deadline, and when there are more than `at_most`.
        """
        best, number = None, 0
        try:
            problem = self.narrowed
            if problem is None:
                return
            for score, places in self._in_order() if in_order else self._as_they_come():
                wiring = Wiring(self.pipeline, problem, places, score)
                best = wiring if best is None or wiring.score > best.score else best
                if number == at_most:
                    raise self._limit_reached(f"{at_most} wirings", best, number + 1)
                number += 1
                yield wiring
                self.deadline.check()
        except TimeIsUp:
            best = best or self._example()
            raise self.time_is_up(best, max(number, int(best is not None))) from None

    def has_wiring(self) -> bool:
        """Tell whether there is any wiring, without looking for the best; raises SearchLimitError."""
        try:
            if self.narrowed is None:
                return False
            return all(solver.example(self.deadline) is not None for solver in self.solvers)
        except TimeIsUp:
            raise self.time_is_up() from None

    def resolve(self) -> Wiring | None:
        """Return the best wiring with its ties, the margins of its bindings, and what holds in every wiring.

        None when there is no wiring. Raises SearchLimitError when time is up before the best is proven.
        """
        found = self.wirings()
        best = next(found, None)
        if best is None:
            return None
        equal = takewhile(lambda other: other.score == best.score, found)
        ties = tuple(islice(equal, MAX_TIES))
        more = len(ties) == MAX_TIES and next(equal, None) is not None
        return replace(best, ties=ties, has_more_ties=more, alternatives=self._alternatives(best))

    def count(self, *, seconds: float | None = None, most: int = WORK) -> WiringCount:
        """Count the valid wirings, in `seconds` and with so much work at most.

        Without seconds, and before the deadline, what is found does not depend on time.
        """
        try:
            if self.narrowed is None:
                return WiringCount(0)
            until = self.deadline if seconds is None else self.deadline.or_after(seconds)
            by_rules = decompose(replace(self.narrowed, joints=()), until)
        except TimeIsUp:
            return WiringCount(0, exact=False)
        return count_wirings(by_rules, self.engine, until, most)

    def exact_count(self, *, most: int = WORK) -> WiringCount | None:
        """Count the valid wirings; None where they are too many to count, on a fast machine as on a slow one.

        Raises SearchLimitError at the deadline.
        """
        found = self.count(most=most)
        if not found.exact and not self.deadline.left:
            raise self.time_is_up(None, found.value)
        return found if found.exact else None

    def _in_order(self) -> Iterator[Whole]:
        total, streams = len(self.problem.variables), []
        for solver in self.solvers:
            opened = stream(solver, total, self.deadline)
            if opened is None:
                return
            streams.append(opened)
        yield from merge(streams, total)

    def _as_they_come(self) -> Iterator[Whole]:
        parts = [Replay(solver, self.deadline) for solver in self.solvers]
        return product(parts, len(self.problem.variables))

    def _example(self) -> Wiring | None:
        """Put together what the solvers found before time was up, with a short grace for the others."""
        try:
            if self.narrowed is None:
                return None
            grace = Deadline.after(min(GRACE, GRACE_SHARE * (self.deadline.seconds or GRACE)))
            parts = ((solver.component.places, solver.example(grace)) for solver in self.solvers)
            return Wiring.of(self.pipeline, self.narrowed, parts)
        except TimeIsUp:
            return None

    def _alternatives(self, best: Wiring) -> Alternatives:
        solved = [
            Solved(solver, tuple(best.places[place] for place in solver.component.places))
            for solver in self.solvers
        ]
        until = self.deadline.or_after(ALTERNATIVES_SECONDS)
        return find_alternatives(self.problem, solved, self.engine, until)

    def time_is_up(self, best: Wiring | None = None, number: int = 0) -> SearchLimitError:
        """Make the error that says what is known at the deadline: the best wiring so far, of so many."""
        return self._limit_reached(self.deadline.words, best, number)

    def _limit_reached(self, limit: str, best: Wiring | None, number: int) -> SearchLimitError:
        try:
            bound = sum(solver.bound() for solver in self.solvers)
        except TimeIsUp:  # before the problem was stated
            bound = None
        return SearchLimitError(limit, best, bound, WiringCount(number, exact=False))
