"""Hands on the expressions of definitions, which documents hold too."""

from __future__ import annotations

from ..specs.expressions import (
    EXPRESSIONS,
    Get,
    Location,
    is_expression,
    iter_expressions,
    iter_gets,
    map_expressions,
    parse_get,
)

__all__ = [
    "EXPRESSIONS",
    "Get",
    "Location",
    "is_expression",
    "iter_expressions",
    "iter_gets",
    "map_expressions",
    "parse_get",
]
