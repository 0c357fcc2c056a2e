"""A kind of step that runs on this machine: what is read of its request, and what carries it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from .job import Job, StepOutcome


@dataclass(frozen=True)
class Traffic:
    """The URIs of a request: of its `inputs`, by what they are (`input 'train'`), and of its outputs."""

    inputs: Mapping[str, str] = field(default_factory=dict)
    destinations: tuple[str, ...] = ()


def _brings_its_own(_: Any) -> str | None:
    return None


@dataclass(frozen=True)
class RunnableKind:
    """What a kind of step needs of its request, and how one of its steps is carried out.

    `image_alone` returns the image of a request that leaves the program to its image, and None for a
    request that brings a program or needs none; `run` raises ReasonError when the step cannot go on.
    A kind with `traffic` makes the same of the same request and inputs: its results are used again.
    """

    request: type[BaseModel]
    run: Callable[[Job], StepOutcome]
    image_alone: Callable[[Any], str | None] = _brings_its_own
    traffic: Callable[[Any], Traffic] | None = None
