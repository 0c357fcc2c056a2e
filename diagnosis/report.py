"""Why a pipeline is wired as it is, or is not wired: a frozen tree that is put in words when printed."""

from __future__ import annotations

from dataclasses import dataclass

from ..problems.blocks import Blocks, Line, Tone
from ..problems.layout import blocks_to_html, blocks_to_text
from ..problems.problem import Problem
from ..solver.conflicts.corrections import Clash
from ..solver.search.wiring import Wiring
from ..specs import PipelineSpec
from .ambiguity import Ambiguity
from .failures import Contradiction, Failure, Missing
from .idle import Idle
from .makeshift import find_makeshift
from .repairs.repairs import Repair
from .words.found import ambiguity_problem, problem_of
from .words.idleness import idle_problem
from .words.mending import say_cures, say_repairs
from .words.resolved import say_doubts
from .words.unresolved import AS_USUAL, Detail, say_clashes, say_failure


@dataclass(frozen=True, repr=False)
class Report:
    """What is to be said of a pipeline.

    Unresolved, it has `failures`, one for each independent reason, and, where they were looked for (`tried`),
    `repairs`, the smallest first, each of which gives a wiring; of several failures, `cures` has for each
    what mends it alone. `clashes` has every minimal conflict and correction, where these were asked for.
    Resolved, it has the `wiring`, its `ambiguities`, and what is `idle` in it. Without `complete`, time was
    up before all of it was found.
    """

    pipeline: PipelineSpec
    failures: tuple[Failure, ...] = ()
    repairs: tuple[Repair, ...] = ()
    cures: tuple[tuple[Repair, ...], ...] = ()
    tried: bool = False
    clashes: tuple[Clash, ...] = ()
    wiring: Wiring | None = None
    ambiguities: tuple[Ambiguity, ...] = ()
    idle: tuple[Idle, ...] = ()
    complete: bool = True

    @property
    def is_resolved(self) -> bool:
        """Tell whether the pipeline has a wiring."""
        return self.wiring is not None

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The failures in which nothing can supply a dependency."""
        return tuple(item for item in self.failures if isinstance(item, Missing))

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """The failures in which dependencies and rules cannot hold together."""
        return tuple(item for item in self.failures if isinstance(item, Contradiction))

    def problems(self) -> tuple[Problem, ...]:
        """See the failures as problems of the document, a sentence each."""
        return tuple(problem_of(failure, self.pipeline) for failure in self.failures)

    def doubts(self) -> tuple[Problem, ...]:
        """See what is doubtful about a resolved pipeline as problems of the document."""
        ambiguous = (ambiguity_problem(item, self.pipeline) for item in self.ambiguities)
        return (*ambiguous, *self.makeshift, *map(idle_problem, self.idle))

    @property
    def makeshift(self) -> tuple[Problem, ...]:
        """Where a rule yielded, as problems of the document."""
        return tuple(find_makeshift(self.wiring)) if self.wiring is not None else ()

    def blocks(self, detail: Detail = AS_USUAL) -> Blocks:
        """Tell all of it in words, or, where `detail` is brief, each thing in one line."""
        if detail.brief:
            yield from (Line(str(problem)) for problem in (*self.problems(), *self.doubts()))
        if self.wiring is not None:
            said = f"Pipeline '{self.pipeline.name}' is resolved, with score {self.wiring.score}."
            yield Line(said, 0, Tone.PLAIN if detail.brief else Tone.TITLE)
        if not detail.brief:
            yield from self._at_length(detail)
        if not self.complete:
            yield Line("Time was up before everything was found.", 0, Tone.FAINT)

    def _at_length(self, detail: Detail) -> Blocks:
        if self.wiring is not None:
            yield from say_doubts(self.ambiguities, self.idle, self.makeshift)
            return
        yield Line(f"Pipeline '{self.pipeline.name}' has no valid wiring.", 0, Tone.TITLE)
        for number, failure in enumerate(self.failures, 1):
            yield Line("")
            yield from say_failure(number, failure, self.pipeline, detail)
            if self.cures:
                yield from say_cures(number, self.cures[number - 1])
        if self.tried:
            yield from say_repairs(self.repairs, several=bool(self.cures))
        yield from say_clashes(self.clashes)

    def __repr__(self) -> str:
        name = self.pipeline.name
        if self.wiring is not None:
            return f"<Report {name}: resolved, {len(self.ambiguities)} ambiguous, {len(self.idle)} idle>"
        return f"<Report {name}: unresolved, {len(self.failures)} failures, {len(self.repairs)} repairs>"

    def __str__(self) -> str:
        return blocks_to_text(self.blocks())

    def _repr_html_(self) -> str:
        return blocks_to_html(self.blocks())
