"""A step of a pipeline: its specification, and what its request says beyond the wiring."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from .expressions import Get, iter_gets, parse_get
from .frozen_model import Frozen
from .kinds.function import FUNCTION_NAME
from .literals import ArgumentValues, LiteralOrReference, Written
from .marks import Mark, StepName
from .specification import StepSpecification

STEP_NAME = re.compile(r"(?:[A-Za-z0-9_-]|#(?=[0-9])){1,64}")
"""SageMaker's pattern for the names of steps, and a number for a function that is called more than once.

In a definition such a number stands after a hyphen.
"""

DURATION = re.compile(r"P(?=[0-9T])(?:[0-9]+[YMWD])*(?:T(?:[0-9]+[HMS])+)?")
"""ISO 8601, as in CacheConfig's ExpireAfter."""


class Earlier(Frozen):
    """A step that runs before another, and the end that it must come to: any, or one of these."""

    step: StepName
    trigger: Literal["Completed", "Failed", "Stopped", "Any"] = "Completed"


class Retry(Frozen):
    """When a step is tried again, and how often; source: RetryPolicies of a pipeline definition."""

    exception_type: tuple[str, ...]
    interval_seconds: int | None = Field(default=None, ge=1)
    backoff_rate: float | None = Field(default=None, ge=1)
    max_attempts: int | None = Field(default=None, ge=1, le=20)
    expire_after_min: int | None = Field(default=None, ge=1, le=14_400)


StepSet = Annotated[tuple[StepName, ...], Mark.SET]


def _as_earlier(value: object) -> object:
    return {"step": value} if isinstance(value, str) else value


def _duration(text: str) -> str:
    if not DURATION.fullmatch(text):
        raise ValueError(f"{text!r} is no duration: write it as P30D, PT12H or P1DT6H")
    return text


def _function(text: str) -> str:
    if text and not FUNCTION_NAME.fullmatch(text):
        raise ValueError(f"{text!r} names no function: write NAME, or MODULE:NAME of code that is a folder")
    return text


_PROGRAMS = frozenset(("AlgorithmName", "ContainerEntrypoint", "ImageUri", "TrainingImage"))
"""Members of a request that bring a program, so that a shipped script is not meant."""


class Step(Frozen):
    """A node of the pipeline: a specification, and what its SageMaker request says beyond the wiring.

    `arguments` are, for a Processing step, the program's arguments as a list or as `{name: value}`
    (`--name value`), for a Training step its hyperparameters, for a Function step further arguments of the
    `function` that it calls. `cache` is how long its results are used again.
    `depends_on` names steps that run before it, though it takes nothing from them; `body` the steps that a
    ForEach step runs for each item. `complete` False leaves the request as it is written.
    """

    spec: Annotated[StepSpecification, Mark.INLINE]
    request: Mapping[str, Any] = Field(default_factory=dict)
    code: str | None = None
    function: Annotated[str, AfterValidator(_function)] = ""
    env: Mapping[str, LiteralOrReference] = Field(default_factory=dict)
    arguments: ArgumentValues = ()
    display_name: str = ""
    description: str = ""
    cache: Annotated[str, AfterValidator(_duration)] | None = None
    retry: tuple[Retry, ...] = ()
    depends_on: Annotated[
        tuple[Annotated[Earlier, BeforeValidator(_as_earlier), Mark.GROUP], ...], Mark.SET
    ] = ()
    body: StepSet = ()
    complete: bool = True

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            spec: StepSpecification | Written,
            request: Mapping[str, Any] = ...,
            code: str | None = ...,
            function: str = ...,
            env: Mapping[str, str | int | float | bool | Written] = ...,
            arguments: Sequence[str | int | float | bool | Written] | Mapping[str, Any] = ...,
            display_name: str = ...,
            description: str = ...,
            cache: str | None = ...,
            retry: Sequence[Retry | Written] = ...,
            depends_on: Sequence[str | Earlier | Written] = ...,
            body: Sequence[str] = ...,
            complete: bool = ...,
        ) -> None: ...

    @property
    def script(self) -> str:
        """The shipped script that it runs; empty where there is none, or the step has its own program."""
        specified = (self.request.get(member) for member in ("AppSpecification", "AlgorithmSpecification"))
        own = any(isinstance(item, Mapping) and not _PROGRAMS.isdisjoint(item) for item in specified)
        return "" if self.code is not None or own or not self.complete else self.spec.defaults.script

    def references(self) -> tuple[Get, ...]:
        """Return what its request, environment and arguments refer to by hand."""
        written = (self.request, self.env, self.arguments)
        gets = (parse_get(text) for _, text in iter_gets(written))
        return tuple(get for get in gets if get)
