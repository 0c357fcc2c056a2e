"""What may go wrong on the way to SageMaker."""

from __future__ import annotations

from collections.abc import Iterable

from ..problems.errors import ProblemsError
from ..problems.problem import Problem


class AwsError(ProblemsError):
    """A call of AWS that failed; `reason` is AWS's own name for why, empty where there was no answer."""

    def __init__(self, problems: Iterable[Problem], reason: str = "") -> None:
        super().__init__(problems)
        self.reason = reason


class PlanError(ProblemsError):
    """A plan that cannot be used, or a pipeline that may not be touched."""


class MovedOnError(PlanError):
    """What is deployed is not what was planned against."""

    exit_code = 4


class ExecutionError(ProblemsError):
    """An execution that did not succeed."""

    exit_code = 6
