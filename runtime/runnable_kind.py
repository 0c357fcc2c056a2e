"""A kind of step that runs on this machine: what is read of its request, and what carries it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from .job import Job, StepOutcome


def _brings_its_own(_: Any) -> str | None:
    return None


@dataclass(frozen=True)
class RunnableKind:
    """What a kind of step needs of its request, and how one of its steps is carried out.

    `image_alone` returns the image of a request that leaves the program to its image, and None for a
    request that brings a program or needs none; `run` raises ReasonError when the step cannot go on.
    """

    request: type[BaseModel]
    run: Callable[[Job], StepOutcome]
    image_alone: Callable[[Any], str | None] = _brings_its_own
