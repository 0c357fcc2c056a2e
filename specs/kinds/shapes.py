"""Shapes of values that no operation of the SageMaker API has, written as botocore writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Shape = Mapping[str, Any]

TEXT: Shape = {"type": "string"}
WHOLE: Shape = {"type": "integer"}
NUMBER: Shape = {"type": "double"}
TRUTH: Shape = {"type": "boolean"}
DOCUMENT: Shape = {"type": "structure", "members": {}, "document": True}
"""Anything that JSON can say."""


def one_of(*values: str) -> Shape:
    """Return the shape of a text that is one of these."""
    return {"type": "string", "enum": list(values)}


def list_of(member: Shape, *, least: int = 0) -> Shape:
    """Return the shape of a list of at least so many members."""
    return {"type": "list", "member": member, "min": least}


def map_of(value: Shape) -> Shape:
    """Return the shape of a mapping from texts to values."""
    return {"type": "map", "key": TEXT, "value": value}


def structure(required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Shape:
    """Return the shape of a mapping of members."""
    return {"type": "structure", "required": list(required), "members": {**required, **(optional or {})}}
