"""Values that a document writes: literals, and references in their place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from .expressions import is_expression


def _is_value(value: object) -> bool:
    return isinstance(value, str | int | float) or is_expression(value)


def _as_scalar(value: object) -> object:
    if isinstance(value, str | int | float):
        return value
    raise PydanticCustomError("scalar_type", "no scalar")


def _as_value(value: object) -> object:
    if _is_value(value):
        return value
    raise PydanticCustomError("value_type", "no value")


def _as_values(value: object) -> object:
    items: Any = value.values() if isinstance(value, Mapping) else value
    if isinstance(value, list | tuple | Mapping) and all(map(_is_value, items)):
        return value
    raise PydanticCustomError("values_type", "no values")


Scalar = Annotated[str | int | float | bool, BeforeValidator(_as_scalar)]

LiteralOrReference = Annotated[str | int | float | bool | Mapping[str, Any], BeforeValidator(_as_value)]
"""A literal, or a reference such as `{Get: Parameters.depth}`."""

ArgumentValues = Annotated[
    tuple[LiteralOrReference, ...] | Mapping[str, LiteralOrReference], BeforeValidator(_as_values)
]

Written = Mapping[str, Any]
"""A value as a document writes it."""
