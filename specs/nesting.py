"""Finds what is wrong with the steps that others hold: the bodies of ForEach steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..problems.problem import Location
from .kinds.catalogue import find_kind
from .kinds.for_each import FOR_EACH
from .pipeline import PipelineSpec


class NestingFault(NamedTuple):
    """What is wrong with a body, and where."""

    message: str
    location: Location
    hint: str = ""


def nesting_faults(pipeline: PipelineSpec) -> Iterator[NestingFault]:
    """Yield each body that its step cannot have, and each step that cannot stand in one.

    Names that lead nowhere are left to others to report.
    """
    homes: dict[str, str] = {}
    sides = {member: name for name, branch in pipeline.branches.items() for member in branch.members}
    for name, step in pipeline.steps.items():
        if step.body and step.spec.kind != FOR_EACH.name:
            message = f"step {name!r} is a {step.spec.kind} step; only a {FOR_EACH.name} has a body"
            yield NestingFault(message, ("steps", name, "body"))
        for index, member in enumerate(step.body):
            location: Location = ("steps", name, "body", index)
            inner = pipeline.steps.get(member)
            if inner is None:
                continue
            if not find_kind(inner.spec.kind).in_loops:
                message = f"step {name!r}: its body cannot hold {member!r}, a {inner.spec.kind} step"
                yield NestingFault(message, location)
            if member in homes or member in sides:
                home = homes.get(member) or sides[member]
                message = f"step {member!r} stands in the body of {name!r} and in {home!r}"
                yield NestingFault(message, location, "keep one")
            homes.setdefault(member, name)
