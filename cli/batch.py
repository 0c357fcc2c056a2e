"""Checks documents one by one, each with an outcome that can be gathered and sent between processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..diagnosis.resolve import require_wiring
from ..diagnosis.warnings import ambiguities, review
from ..problems.counts import counted
from ..problems.errors import StepwireError
from ..problems.problem import Problem
from ..problems.records import located
from ..solver.deadline import Deadline
from ..solver.engines.choice import EngineName
from ..solver.search.errors import AmbiguousWiringError
from ..solver.search.search import Search
from ..specs import StepSpecification
from ..specs.load import load_shared
from .hints import say_error


@dataclass(frozen=True)
class Checked:
    """What came of one file: what is `said` where it is well, else `words`, problems and an exit code."""

    said: str = ""
    words: str = ""
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    exit_code: int = 0

    @classmethod
    def failed(cls, error: StepwireError, file: Path) -> Checked:
        """See an error as an outcome."""
        return cls("", say_error(error), tuple(located(error.problems, file)), (), error.exit_code)


@dataclass(frozen=True)
class Check:
    """Checks that a document is sound and has a wiring."""

    specs: Mapping[str, StepSpecification]
    engine: EngineName
    timeout: Deadline
    strict: bool
    allow: tuple[Path, ...] = ()

    def __call__(self, path: Path) -> Checked:
        """Check one document."""
        try:
            pipeline = load_shared(path, specs=self.specs, allow=self.allow)
            wiring = require_wiring(Search.over(pipeline, self.engine, self.timeout), strict=self.strict)
        except StepwireError as error:
            return Checked.failed(error, path)
        if self.strict and wiring.ambiguous:
            problems = tuple(ambiguities(wiring))
            words = "\n".join(map(str, problems))
            return Checked(words=words, problems=problems, exit_code=AmbiguousWiringError.exit_code)
        doubts = ((len(wiring.ambiguous), "ambiguous"), (len(wiring.undecided), "undecided"))
        doubtful = "".join(f", {number} {what}" for number, what in doubts if number)
        bound = counted(len(wiring.bindings), "dependency", "dependencies")
        said = f"{path}: sound; {bound} bound{doubtful}"
        return Checked(said, doubts=tuple(review(wiring)))
