"""A kind of step that runs on this machine: what is read of its request, and what carries it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from .step_job import Job, StepOutcome


@dataclass(frozen=True)
class Traffic:
    """The URIs of a request: of its `inputs`, by what they are (`input 'train'`), and of its outputs.

    `folders` are where inputs are put under `/opt/ml`, by the same names; `program` is the file under it that
    the request starts, empty where that is another's concern. One that `chooses_names` puts nothing below its
    destinations under a name that could be told before. `manifests` are the inputs that are lists of others,
    with the attributes that are read of an augmented one, `code` those that are the program's own.
    """

    inputs: Mapping[str, str] = field(default_factory=dict)
    destinations: tuple[str, ...] = ()
    folders: Mapping[str, str] = field(default_factory=dict)
    program: str = ""
    chooses_names: bool = False
    manifests: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    code: frozenset[str] = frozenset()

    def without_program(self) -> Traffic:
        """Leave out what only the program needs in whose place another runs."""
        inputs = {name: uri for name, uri in self.inputs.items() if name not in self.code}
        return replace(self, inputs=inputs, program="")


def _brings_its_own(_: Any) -> str | None:
    return None


def _has_none(_: Any) -> Path | None:
    return None


def _has_nothing_beside(_: Mapping[str, Any]) -> dict[str, str]:
    return {}


def _lacks_nothing(_: Mapping[str, Any]) -> str:
    return ""


@dataclass(frozen=True)
class RunnableKind:
    """What a kind of step needs of its request, and how one of its steps is carried out.

    `image_alone` returns the image of a request that leaves the program to its image, and None for a
    request that brings a program or needs none; `run` raises ReasonError when the step cannot go on.
    A kind with `traffic` makes the same of the same request and inputs, and its results are used again if
    `reused`; `traffic` is given the registry, too, and `beside` tells of inputs that stand in the step, but
    not in its request. One that `stands_in` runs the user's stand-in by its own
    contract, one that `repeats` runs the steps that lie in it; `shipped` returns a stand-in of ours, `lacks`
    says what a step lacks if there is none.
    """

    request: type[BaseModel]
    run: Callable[[Job], StepOutcome]
    image_alone: Callable[[Any], str | None] = _brings_its_own
    traffic: Callable[[Any, Path], Traffic] | None = None
    beside: Callable[[Mapping[str, Any]], Mapping[str, str]] = _has_nothing_beside
    reused: bool = True
    repeats: bool = False
    stands_in: bool = False
    shipped: Callable[[Any], Path | None] = _has_none
    lacks: Callable[[Mapping[str, Any]], str] = _lacks_nothing
