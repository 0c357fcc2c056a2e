"""Inputs that a pipeline could declare so that dependencies have something to take."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import chain, count

from ...solver.binding_ends import Dependency
from ...specs import DataType, DependencySpec, PipelineSpec
from ...specs.edits.apply import Put
from .remedies import Remedy


def declared_input(pipeline: PipelineSpec, dependency: Dependency) -> Remedy:
    """Declare an input that a dependency could take."""
    name, given = new_input(pipeline, dependency.spec)
    edits = (Put(("inputs", name), given),)
    return Remedy("declare-input", f"inputs.{name}", "", dependency.spec.dependency_type, edits)


def new_input(pipeline: PipelineSpec, spec: DependencySpec) -> tuple[str, dict[str, object]]:
    """Return the name of an input that a dependency could take, and what a document says of it."""
    plain = re.sub(r"\W+", "_", spec.logical_name).strip("_") or "value"
    return free_name(plain, pipeline.inputs), input_for(pipeline, spec)


def input_for(pipeline: PipelineSpec, spec: DependencySpec) -> dict[str, object]:
    """Say of an input what a dependency that is to take it wants."""
    given = port_for(spec)
    if spec.compatible_sources and pipeline.policy.compatible_sources != "prefer":
        given["roles"] = [spec.compatible_sources[0]]
    return given


def port_for(spec: DependencySpec) -> dict[str, object]:
    """Say of an output or input of which type it is to be, so that a dependency takes it."""
    travels = {} if spec.data_type == DataType.S3_URI else {"data_type": str(spec.data_type)}
    return {"type": spec.dependency_type, **travels}


def free_name(name: str, taken: Container[str]) -> str:
    """Return a name that is not taken: the one given, or one with a number."""
    return next(
        each for each in chain([name], (f"{name}-{number}" for number in count(2))) if each not in taken
    )
