"""Checks documents one by one, each with an outcome that can be gathered and sent between processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..definitions.given import read_given_file
from ..definitions.recognise import DefinitionText
from ..diagnosis.resolve import require_wiring
from ..diagnosis.warnings import ambiguities, review
from ..importers.loading import pipeline_from_text
from ..problems.blocks import Block
from ..problems.counts import counted
from ..problems.errors import DefinitionError, StepwireError
from ..problems.problem import Problem
from ..problems.records import located
from ..solver.deadline import Deadline
from ..solver.engines.choice import EngineName
from ..solver.search.errors import AmbiguousWiringError
from ..solver.search.search import Search
from ..solver.search.wiring import Wiring
from ..specs import StepSpecification
from .hints import report_of, say_error


@dataclass(frozen=True)
class Checked:
    """What came of one file: what is `said` where it is well, else `words`, problems and an exit code.

    Of a pipeline without a wiring, `report` says at length why.
    """

    said: str = ""
    words: str = ""
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    exit_code: int = 0
    report: tuple[Block, ...] = ()

    @classmethod
    def failed(cls, error: StepwireError, file: Path) -> Checked:
        """See an error as an outcome."""
        problems, report = tuple(located(error.problems, file)), tuple(report_of(error))
        return cls("", say_error(error), problems, exit_code=error.exit_code, report=report)


@dataclass(frozen=True)
class Check:
    """Checks that a document is sound, has a wiring and, with `emits`, a definition that SageMaker takes.

    A definition is checked by itself.
    """

    specs: Mapping[str, StepSpecification]
    engine: EngineName
    timeout: Deadline
    strict: bool
    allow: tuple[Path, ...] = ()
    emits: bool = False

    def __call__(self, path: Path) -> Checked:
        """Check one document or definition."""
        try:
            found = read_given_file(path)
            if isinstance(found, DefinitionText):
                return self._definition(found, path)
            pipeline = pipeline_from_text(found, path.parent, specs=self.specs, allow=self.allow)
            wiring = require_wiring(Search.over(pipeline, self.engine, self.timeout), strict=self.strict)
            doubts = (*review(wiring), *(_emitted(wiring) if self.emits else ()))
        except StepwireError as error:
            return Checked.failed(error, path)
        if self.strict and wiring.ambiguous:
            problems = tuple(ambiguities(wiring))
            words = "\n".join(map(str, problems))
            return Checked(words=words, problems=problems, exit_code=AmbiguousWiringError.exit_code)
        uncertain = ((len(wiring.ambiguous), "ambiguous"), (len(wiring.undecided), "undecided"))
        doubtful = "".join(f", {number} {what}" for number, what in uncertain if number)
        bound = counted(len(wiring.bindings), "dependency", "dependencies")
        said = f"{path}: sound; {bound} bound{doubtful}"
        return Checked(said, doubts=doubts)

    def _definition(self, found: DefinitionText, path: Path) -> Checked:
        from ..definitions.check_definition import check_definition  # a document may not need it

        problems = found.placed(check_definition(found.definition))
        doubts = tuple(problem for problem in problems if problem.code.severity != "error")
        errors = tuple(problem for problem in problems if problem not in doubts)
        if errors:
            failed = Checked.failed(DefinitionError(errors), path)
            return replace(failed, doubts=doubts)
        said = f"{path}: sound; a definition of {counted(len(found.definition.steps), 'step')}"
        return Checked(said, doubts=doubts)


def _emitted(wiring: Wiring) -> tuple[Problem, ...]:
    """Emit a wiring, and return the warnings; raises DefinitionError with what SageMaker would not take."""
    from ..emitters.definition import emit_valid  # loads much, and only some look at what is emitted

    return emit_valid(wiring).warnings
