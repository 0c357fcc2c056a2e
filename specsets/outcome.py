"""What comes of a pipeline: that it is unsound, has no wiring, or what its best wiring is."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile

from ..diagnosis.idle import find_idle
from ..diagnosis.report import Report
from ..diagnosis.resolve import wiring_or_report
from ..diagnosis.warnings import warnings
from ..emitters.definition import Emission, emit_valid
from ..problems.errors import DefinitionError, DocumentError
from ..problems.problem import Problem
from ..solver.deadline import NEVER, Deadline
from ..solver.search.search import MAX_TIES, Search
from ..solver.search.wiring import Wiring
from ..specs import PipelineSpec
from ..specs.load import read_pipeline, shared_library
from ..specs.text.source import SourceText, read_source
from .spec_set import SpecCase, SpecSet
from .variations import varied

COUNT_WORK = 200_000
"""How much work a count may take where the number only tells whether a break matters."""


@dataclass(frozen=True)
class Outcome:
    """A pipeline, or why there is none; all else is found when it is asked for."""

    pipeline: PipelineSpec | None
    unsound: DocumentError | None = None
    deadline: Deadline = NEVER

    @classmethod
    def of(cls, make: Callable[[], PipelineSpec], deadline: Deadline) -> Outcome:
        """Make a pipeline, or see why it is unsound."""
        try:
            return cls(make(), deadline=deadline)
        except DocumentError as error:
            return cls(None, error)

    @cached_property
    def search(self) -> Search:
        """The search for the wirings of a sound pipeline."""
        if self.pipeline is None:
            raise ValueError("an unsound pipeline has no wirings to search for")
        return Search.over(self.pipeline, timeout=self.deadline)

    @cached_property
    def _wirings(self) -> Iterator[Wiring]:
        return self.search.wirings() if self.pipeline else iter(())

    @cached_property
    def wiring(self) -> Wiring | None:
        """The best wiring, without its margins; None where there is none."""
        return next(self._wirings, None)

    @cached_property
    def rivals(self) -> int:
        """How many other wirings are as good as the best, counted up to a limit."""
        best = self.wiring
        equal = takewhile(lambda other: best is not None and other.score == best.score, self._wirings)
        return sum(1 for _ in islice(equal, MAX_TIES))

    @cached_property
    def reviewed(self) -> Wiring | Report | None:
        """The best wiring with its margins, or why there is none; None for an unsound pipeline."""
        return wiring_or_report(self.search) if self.pipeline else None

    @property
    def report(self) -> Report | None:
        """Why a sound pipeline has no wiring; None where it has one."""
        report = None if self.wiring else self.reviewed
        return report if isinstance(report, Report) else None

    @property
    def ambiguous(self) -> frozenset[str]:
        """The dependencies for which another source would do as well, or almost."""
        wiring = self.reviewed
        return frozenset(map(str, wiring.ambiguous)) if isinstance(wiring, Wiring) else frozenset()

    @property
    def is_undecided(self) -> bool:
        """Tell whether there was no time to find all that is ambiguous."""
        return isinstance(self.reviewed, Wiring) and bool(self.reviewed.undecided)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps the pipeline from being read, or from being wired."""
        if self.unsound:
            return self.unsound.problems
        return self.report.problems() if self.report else ()

    @property
    def missing(self) -> frozenset[str]:
        """The dependencies that cannot be bound, alone or together."""
        failures = self.report.failures if self.report else ()
        return frozenset(str(port) for failure in failures for port in failure.dependencies)

    @property
    def words(self) -> str:
        """The failure in the words that a user would see."""
        return str(self.unsound or self.report or "")

    @cached_property
    def warning_codes(self) -> tuple[str, ...]:
        """The codes of all warnings about the best wiring, each once, sorted."""
        wiring = self.reviewed
        return tuple(sorted({it.code for it in warnings(wiring)})) if isinstance(wiring, Wiring) else ()

    @cached_property
    def idle(self) -> frozenset[str]:
        """The addresses of all that the best wiring leaves unused."""
        return frozenset(item.address for item in find_idle(self.wiring)) if self.wiring else frozenset()

    @cached_property
    def emission(self) -> Emission | DefinitionError | None:
        """The definition that the best wiring is emitted as, or why it is not; None without a wiring."""
        try:
            return emit_valid(self.wiring) if self.wiring else None
        except DefinitionError as error:
            return error

    @cached_property
    def observable(self) -> Hashable:
        """All that an expectation could look at, the definition excepted."""
        if self.wiring is None:
            return (self.unsound is None, tuple(sorted({item.code for item in self.problems})), self.missing)
        count = self.search.exact_count(most=COUNT_WORK)
        return (
            tuple(sorted(self.wiring.sources.items())),
            tuple(self.wiring.unbound),
            None if self.is_undecided else self.ambiguous,
            self.rivals,
            count.digits if count else None,
            None if self.is_undecided else self.warning_codes,
            self.idle,
        )


def base_outcome(item: SpecSet, deadline: Deadline = NEVER) -> Outcome:
    """Return what comes of the document of a spec set as it is."""
    return Outcome.of(lambda: _base_pipeline(item), deadline)


def case_outcome(case: SpecCase, base: Outcome) -> Outcome:
    """Return what comes of a case, given its document; raises SpecSetError for a variation of nothing."""
    pipeline, variation = base.pipeline, case.variation
    if variation is None or pipeline is None:
        return base
    return Outcome.of(lambda: varied(pipeline, variation), base.deadline)


def _base_pipeline(item: SpecSet) -> PipelineSpec:
    source = item.document if isinstance(item.document, SourceText) else read_source(item.document)
    return read_pipeline(source, item.folder, read_library=shared_library, allow=item.allow)
