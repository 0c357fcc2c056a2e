"""Writes models as the plain data of a document, leaving out what a reader of it fills in by itself."""

from __future__ import annotations

from collections.abc import Mapping, Set
from enum import Enum
from typing import Any

from pydantic import BaseModel

from .kinds.catalogue import find_kind
from .pipeline import PipelineSpec
from .port_specs import DependencySpec, OutputSpec
from .specification import StepSpecification
from .step import Step


def pipeline_data(pipeline: PipelineSpec) -> dict[str, Any]:
    """Write a pipeline as a document; every step has its specification inline."""
    data: dict[str, Any] = {}
    for section in PipelineSpec.model_fields:
        if section == "steps":
            data["steps"] = {name: step_data(step) for name, step in pipeline.steps.items()}
        elif (written := section_data(pipeline, section)) is not None:
            data[section] = written
    return data


def section_data(pipeline: PipelineSpec, section: str, *, given: bool = False) -> Any:
    """Write one section of a document, other than `steps`; None when there is nothing to write.

    `given` as in `spec_data`.
    """
    value = getattr(pipeline, section)
    if section == "types":
        value = {name: {"is": parents} for name, parents in value.items()}
    elif section in ("policy", "ranking"):
        value = _fields(value, given=given)
    elif section in ("inputs", "branches"):
        value = {name: _fields(item, given=given) for name, item in value.items()}
    return _plain(value) if value or (section == "edges" and value is not None) else None


def step_data(step: Step) -> dict[str, Any]:
    """Write a step as in a document, its specification inline."""
    return {**spec_data(step.spec), **own_data(step)}


def own_data(step: Step) -> dict[str, Any]:
    """Write what a step has besides its specification."""
    return {key: value for key, value in _fields(step).items() if key != "spec"}


def spec_data(spec: StepSpecification, *, given: bool = False) -> dict[str, Any]:
    """Write a specification as in a document.

    With `given`, what was said when the specification was made stays, even where it says nothing new, and a
    kind that was inferred is not written: the result mirrors the document that the specification came from.
    """
    told: Set[str] = {"kind"} if spec.step_type == spec.kind else {"kind", "step_type"}
    if given:
        told = spec.model_fields_set
    follow = {"kind", "step_type", "node_type"} - told
    fields = {key: value for key, value in _fields(spec, given=given).items() if key not in follow}
    untold = _untold(spec)
    for ports in ("dependencies", "outputs"):
        if ports in fields:
            fields[ports] = {
                name: _port(port, getattr(untold, ports)[name], untold.kind, given)
                for name, port in getattr(spec, ports).items()
            }
    first = ("kind", "step_type", "node_type", "roles", "dependencies", "outputs")
    return {key: fields[key] for key in dict.fromkeys((*first, *fields)) if key in fields}


def _untold(spec: StepSpecification) -> StepSpecification:
    """Return the specification as it would be if its ports had nothing but their types."""
    return StepSpecification(
        kind=spec.kind,
        dependencies={
            name: {"type": port.dependency_type, "data_type": port.data_type}
            for name, port in spec.dependencies.items()
        },
        outputs={
            name: {"type": port.output_type, "data_type": port.data_type}
            for name, port in spec.outputs.items()
        },
    )


def _port(
    port: DependencySpec | OutputSpec, untold: DependencySpec | OutputSpec, kind: str, given: bool
) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if isinstance(port, DependencySpec):
        data["type"] = str(port.dependency_type)
    elif port.output_type != find_kind(kind).output_type:
        data["type"] = str(port.output_type)
    if port.data_type != type(port).model_fields["data_type"].default or (
        given and "data_type" in port.model_fields_set
    ):
        data["data_type"] = str(port.data_type)
    others = _fields(port, like=untold, given=given)
    return {**data, **{key: value for key, value in others.items() if key not in ("type", "logical_name")}}


def _fields(model: BaseModel, *, like: BaseModel | None = None, given: bool = False) -> dict[str, Any]:
    """Write the fields, by their short keys, that differ from their defaults, or from those of `like`."""
    data: dict[str, Any] = {}
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        usual = getattr(like, name) if like else field.get_default(call_default_factory=True)
        if value != usual or (given and name in model.model_fields_set):
            data[str(field.validation_alias or name)] = _plain(value)
    return data


def _plain(value: Any) -> Any:
    """Turn frozen values, collections and enumerations into what a document has for them."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, BaseModel):
        return _fields(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
