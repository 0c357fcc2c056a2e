"""What is raised when there is no wiring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems.errors import StepwireError
from ..problems.problem import Problem

if TYPE_CHECKING:
    from .report import Report


class NoWiringError(StepwireError):
    """A pipeline that has no valid wiring; `report` says why."""

    exit_code = 1

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(report)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The reasons why there is no wiring, one by one."""
        return self.report.problems()
