"""Shapes of values that no operation of the SageMaker API has, written as botocore writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ShapeBody = Mapping[str, Any]

TEXT_SHAPE: ShapeBody = {"type": "string"}
ARN_SHAPE: ShapeBody = {"type": "string", "pattern": "arn:.+"}
ADDRESS_SHAPE: ShapeBody = {"type": "string", "pattern": "https?://.+"}
INTEGER_SHAPE: ShapeBody = {"type": "integer"}
NUMBER_SHAPE: ShapeBody = {"type": "double"}
BOOLEAN_SHAPE: ShapeBody = {"type": "boolean"}
JSON_SHAPE: ShapeBody = {"type": "structure", "members": {}, "document": True}
"""Anything that JSON can say."""


def one_of(*values: str) -> ShapeBody:
    """Return the shape of a text that is one of these."""
    return {"type": "string", "enum": list(values)}


def list_of(member: ShapeBody, *, least: int = 0) -> ShapeBody:
    """Return the shape of a list of at least so many members."""
    return {"type": "list", "member": member, "min": least}


def map_of(value: ShapeBody) -> ShapeBody:
    """Return the shape of a mapping from texts to values."""
    return {"type": "map", "key": TEXT_SHAPE, "value": value}


def structure(
    required: Mapping[str, ShapeBody], optional: Mapping[str, ShapeBody] | None = None
) -> ShapeBody:
    """Return the shape of a mapping of members."""
    return {"type": "structure", "required": list(required), "members": {**required, **(optional or {})}}
