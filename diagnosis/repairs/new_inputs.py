"""Inputs that a pipeline could declare so that dependencies have something to take."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import chain, count

from ...solver.binding_ends import Dependency
from ...specs import DependencySpec, PipelineSpec
from ...specs.edits.apply import Put
from .remedies import Remedy


def declared_input(pipeline: PipelineSpec, dependency: Dependency) -> Remedy:
    """Declare an input that a dependency could take."""
    plain = re.sub(r"\W+", "_", dependency.spec.logical_name).strip("_") or "value"
    name = free_name(plain, pipeline.inputs)
    return Remedy(
        "declare-input",
        f"inputs.{name}",
        "",
        dependency.spec.dependency_type,
        (Put(("inputs", name), _as_input(pipeline, dependency.spec)),),
    )


def _as_input(pipeline: PipelineSpec, spec: DependencySpec) -> dict[str, object]:
    given: dict[str, object] = {"type": spec.dependency_type}
    if spec.data_type != "S3Uri":
        given["data_type"] = str(spec.data_type)
    if spec.compatible_sources and pipeline.policy.compatible_sources != "prefer":
        given["roles"] = [spec.compatible_sources[0]]
    return given


def free_name(name: str, taken: Container[str]) -> str:
    """Return a name that is not taken: the one given, or one with a number."""
    return next(
        each for each in chain([name], (f"{name}-{number}" for number in count(2))) if each not in taken
    )
