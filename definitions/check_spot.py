"""Training jobs on spare machines: how long they wait for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Location, Problem
from ..specs.expressions import is_expression
from ..specs.kinds.catalogue import find_kind
from .steps import DefinedStep

_SPOT, _CONDITION = "EnableManagedSpotTraining", "StoppingCondition"
_WAIT, _RUN = "MaxWaitTimeInSeconds", "MaxRuntimeInSeconds"


def check_spot(step: DefinedStep) -> Iterator[Problem]:
    """Find a time to wait that stands without spot training, or is shorter than the time to run."""
    for location, job in _jobs(step):
        condition = job.get(_CONDITION)
        limits = condition if isinstance(condition, Mapping) else {}
        wait, run = limits.get(_WAIT), limits.get(_RUN)
        at = ("Arguments", *location, _CONDITION, _WAIT)
        if wait is None:
            continue
        if not job.get(_SPOT):
            message = "only spot training waits for machines"
            yield step.problem(Code.REQUEST_SHAPE, at, message, f"say {_SPOT}: true, or leave it out")
        elif isinstance(wait, int) and isinstance(run, int) and wait < run:
            message = f"expected at least {run}, as {_RUN} is, found {wait}"
            yield step.problem(Code.REQUEST_VALUE, at, message, "the wait counts the run")


def _jobs(step: DefinedStep) -> Iterator[tuple[Location, Mapping[str, Any]]]:
    """Yield the training jobs that a step says, each with its place in the Arguments."""
    for member in find_kind(step.kind).trains:
        said = step.arguments.get(member) if member else step.arguments
        place: Location = (member,) if member else ()
        jobs = [(place, said)]
        if isinstance(said, list | tuple):
            jobs = [((*place, index), job) for index, job in enumerate(said)]
        for inside, job in jobs:
            if isinstance(job, Mapping) and not is_expression(job):
                yield inside, job
