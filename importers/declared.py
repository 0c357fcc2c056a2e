"""The parameters of a definition as the inputs of a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..definitions.steps import Parameter
from ..emitters.declared_parameters import to_parameter
from ..specs import DataType, DependencyType, InputSpec

_TYPES: Mapping[str, DataType] = {
    "Integer": DataType.INTEGER,
    "Float": DataType.FLOAT,
    "Boolean": DataType.BOOLEAN,
}


def input_data(parameter: Parameter) -> dict[str, Any]:
    """Write a parameter as the input of a document; what it is is told by where it goes."""
    data: dict[str, Any] = {
        "type": DependencyType.ANY,
        "data_type": _TYPES.get(parameter.type, DataType.STRING),
    }
    if parameter.default_value is not None:
        data["default"] = parameter.default_value
    if parameter.enum_values:
        data["enum"] = list(parameter.enum_values)
    if parameter.description:
        data["description"] = parameter.description
    return data


def parameter_of(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Write the input of a document as the parameter that it is emitted as."""
    return to_parameter(name, InputSpec(**{"type": "any", **data}))
