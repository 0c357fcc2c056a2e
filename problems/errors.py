"""The root of all exceptions, and those that are lists of problems."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from .problem import Problem


class StepwireError(Exception, ABC):
    """The root of all errors that stepwire raises for a user's mistake."""

    exit_code: ClassVar[int] = 2

    @property
    @abstractmethod
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong, one by one."""


class ProblemsError(StepwireError):
    """An error that is a list of problems, printed one a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self._problems = tuple(problems)
        super().__init__(self._problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong, one by one."""
        return self._problems

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
