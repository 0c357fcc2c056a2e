"""The exceptions that a user of stepwire can meet.

    StepwireError
    ├── SpecificationError      a step specification that cannot stand          (exit 2)
    ├── DocumentError           a pipeline document with problems               (exit 2)
    ├── NoWiringError           no valid wiring exists                          (exit 1)
    ├── AmbiguousWiringError    several wirings are equally good, under strict  (exit 3)
    ├── SearchLimitError        a time or size limit was reached                (exit 5)
    ├── DefinitionError         a definition that SageMaker would refuse        (exit 2)
    ├── ParameterError          a run was started with wrong or missing values  (exit 2)
    ├── UnknownCodeError        a code was asked about that there is not        (exit 2)
    ├── LockError               a lock that cannot be used                      (exit 2)
    ├── SpecSetError            a set of wiring tests that cannot stand         (exit 2)
    ├── RevisionError           git does not give what was asked for            (exit 2)
    ├── DriftError              what was locked or agreed is so no more         (exit 4)
    └── RunError                a pipeline did not run to its end               (exit 6)
        └── StepFailedError     one step's program failed

Every exception carries objects; its words are made when it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from pathlib import Path

    from .solver.counting import WiringCount
    from .solver.diagnosis.report import Report
    from .solver.wiring import Wiring


@dataclass(frozen=True, order=True)
class Position:
    """A place in a text file; line and column count from 1.

    `end` is the line and column just past what stands there, where that is known. Places are equal, and come
    one before the other, by where they start.
    """

    file: str
    line: int
    column: int
    end: tuple[int, int] | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


Related = tuple[tuple[Position, str], ...]
"""Places, each with a word on what stands there."""


@dataclass(frozen=True)
class Spelling:
    """A name in a document that was probably meant to be another: where it stands, as a key or as a value."""

    location: tuple[str | int, ...]
    old: str
    new: str
    is_key: bool = False


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: what, where, and what to do about it.

    `code` is stable (`SW101`); `hint` is the next thing to do, `related` are other places that have to do
    with it, and `cure` is the spelling that would mend it.
    """

    code: str
    message: str
    position: Position | None = None
    hint: str = ""
    related: Related = ()
    cure: Spelling | None = field(default=None, compare=False)

    def __str__(self) -> str:
        place = f"{self.position}: " if self.position else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.message}{hint} [{self.code}]"


class StepwireError(Exception):
    """The root of all errors that stepwire raises for a user's mistake."""

    exit_code: ClassVar[int] = 2


class ProblemsError(StepwireError):
    """An error that is a list of problems, printed one a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class SpecificationError(ProblemsError, ValueError):
    """A step specification that cannot stand."""


class DocumentError(ProblemsError):
    """A pipeline document, or a PipelineSpec made in Python, with problems."""


class DefinitionError(ProblemsError):
    """A pipeline definition, or a request in it, that SageMaker would refuse."""


class ParameterError(ProblemsError):
    """A run that was started with wrong, unknown or missing parameter values."""


class UnknownCodeError(ProblemsError):
    """A question about a code that no problem has."""


class LockError(ProblemsError):
    """A lock that is not there, cannot be read, or is not of this document."""


class SpecSetError(ProblemsError):
    """A set of wiring tests that cannot stand."""


class RevisionError(ProblemsError):
    """A file that git does not give in the revision asked for."""


class DriftError(ProblemsError):
    """What was locked, or agreed in a test or a snapshot, is so no more."""

    exit_code = 4


class NoWiringError(StepwireError):
    """A pipeline that has no valid wiring; `report` says why."""

    exit_code = 1

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(report)


class AmbiguousWiringError(StepwireError):
    """A pipeline with several equally good wirings, `ties`, where one was demanded."""

    exit_code = 3

    def __init__(self, ties: tuple[Wiring, ...]) -> None:
        self.ties = ties
        super().__init__(ties)

    def __str__(self) -> str:
        first, *others = (tie.sources for tie in self.ties)
        more = "at least " if self.ties[0].has_more_ties else ""
        lines = [f"{more}{len(self.ties)} wirings are equally good; they differ in:"]
        for dependency in sorted(
            {key for tie in others for key in {*tie, *first} if tie.get(key) != first.get(key)}
        ):
            choices = sorted({tie.get(dependency, "nothing") for tie in (first, *others)})
            lines.append(f"    {dependency} takes {' or '.join(choices)}")
        return "\n".join([*lines, "pin one source for each under 'pins' to decide"])


class SearchLimitError(StepwireError):
    """A search that reached a limit before it could tell; it carries what is known by then.

    `limit` says which (`5 seconds`, `1000 wirings`). `best` is the best wiring so far, None when none was
    found; no wiring scores more than `bound`. `count` is how many wirings there are at least.
    """

    exit_code = 5

    def __init__(self, limit: str, best: Wiring | None, bound: int, count: WiringCount) -> None:
        self.limit = limit
        self.best = best
        self.bound = bound
        self.count = count
        super().__init__(limit, best, bound, count)

    def __str__(self) -> str:
        known = f"no wiring was found yet, and none scores more than {self.bound}"
        if self.best and self.best.score == self.bound:
            known = f"the best wiring scores {self.best.score}"
        elif self.best:
            known = f"the best wiring so far scores {self.best.score}, and none more than {self.bound}"
        found = f"; there are {self.count} wirings" if self.count.value else ""
        return f"the limit of {self.limit} was reached: {known}{found} (raise the limit)"


class RunError(StepwireError):
    """A pipeline that did not run to its end."""

    exit_code = 6


@dataclass
class StepFailedError(RunError):
    """A step whose program failed.

    `reason` is one sentence (`exited with code 3`), `tail` the last lines of the log at `log`.
    """

    step: str
    reason: str
    exit_code_of_program: int | None
    log: Path | None
    tail: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"step '{self.step}' {self.reason}"]
        lines += [f"  | {line}" for line in self.tail]
        if self.log:
            lines.append(f"  the whole log: {self.log}")
        return "\n".join(lines)
