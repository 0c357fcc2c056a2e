"""The parameters of a definition: the inputs of the document, and the settings that it leaves open."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..specs import DataType, InputSpec, PipelineSpec
from ..specs.expressions import iter_gets, parse_get
from .settings import CHECK_IMAGES, PARAMETERS

_TYPES: Mapping[str, str] = {
    DataType.INTEGER: "Integer",
    DataType.FLOAT: "Float",
    DataType.BOOLEAN: "Boolean",
}


def parameters_of(pipeline: PipelineSpec, steps: Collection[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the inputs, and the settings to which the steps refer as parameters."""
    for name, given in sorted(pipeline.inputs.items()):
        yield to_parameter(name, given)
    gets = (parse_get(text) for _, text in iter_gets(steps))
    used = {get.name for get in gets if get and get.scope == "Parameters"}
    for name in sorted({*PARAMETERS.values(), *CHECK_IMAGES} & used - set(pipeline.inputs)):
        yield {"Name": name, "Type": "String"}


def to_parameter(name: str, given: InputSpec) -> dict[str, Any]:
    """Write an input as a parameter of the pipeline."""
    parameter: dict[str, Any] = {"Name": name, "Type": _TYPES.get(given.data_type, "String")}
    if given.default is not None:
        parameter["DefaultValue"] = given.default
    if given.enum:
        parameter["EnumValues"] = list(given.enum)
    if given.description:
        parameter["Description"] = given.description
    return parameter
