"""Why a pipeline is wired as it is, or is not wired: a frozen tree that is put in words when printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..problems.problem import Problem
from ..specs import PipelineSpec
from .failures import Contradiction, Failure, Missing

if TYPE_CHECKING:
    from ..solver.conflicts.corrections import Clash
    from ..solver.search.wiring import Wiring
    from .ambiguity import Ambiguity
    from .idle import Idle
    from .repairs.repairs import Repair


@dataclass(frozen=True, repr=False)
class Report:
    """What is to be said of a pipeline.

    Unresolved, it has `failures`, one for each independent reason, and, where they were looked for (`tried`),
    `repairs`, the smallest first, each of which gives a wiring; `clashes` has every minimal conflict and
    correction, where these were asked for. Resolved, it has the `wiring`, its `ambiguities`, and what is
    `idle` in it. Without `complete`, time was up before all of it was found.
    """

    pipeline: PipelineSpec
    failures: tuple[Failure, ...] = ()
    repairs: tuple[Repair, ...] = ()
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
        from .words.report import problem_of

        return tuple(problem_of(failure, self.pipeline) for failure in self.failures)

    def __repr__(self) -> str:
        name = self.pipeline.name
        if self.wiring is not None:
            return f"<Report {name}: resolved, {len(self.ambiguities)} ambiguous, {len(self.idle)} idle>"
        return f"<Report {name}: unresolved, {len(self.failures)} failures, {len(self.repairs)} repairs>"

    def __str__(self) -> str:
        from ..problems.layout import to_text
        from .words.report import say_report

        return to_text(say_report(self))

    def _repr_html_(self) -> str:
        from ..problems.layout import to_html
        from .words.report import say_report

        return to_html(say_report(self))
