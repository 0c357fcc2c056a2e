"""What ends a run, and why a step cannot go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..problems.codes import Code
from ..problems.errors import StepwireError
from ..problems.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path


class ReasonError(Exception):
    """The reason, in words that follow a step's name: `finds nothing at s3://bucket/key`.

    Raised by the parts of a local run and turned into a StepFailedError by the runner; it never
    reaches a user. `log` is that of the program that failed, where it is not the step's own.
    """

    def __init__(self, reason: str, exit_code: int | None = None, log: Path | None = None) -> None:
        self.reason = reason
        self.exit_code = exit_code
        self.log = log
        super().__init__(reason)


class StoppedEarlyError(Exception):
    """A program that its watch has stopped: it did not fail, and leaves nothing. It never reaches a user."""


class RunError(StepwireError):
    """A pipeline that did not run to its end."""

    exit_code = 6

    @property
    def problems(self) -> tuple[Problem, ...]:
        """That a step failed, as a problem."""
        return (Problem(Code.STEP_FAILED, str(self)),)


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
