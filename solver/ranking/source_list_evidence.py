"""The evidence of `compatible_sources`: whether a dependency's list names the source."""

from __future__ import annotations

from ..binding_ends import Dependency, Source
from .evidence_table import Piece


def is_listed(dependency: Dependency, source: Source) -> bool:
    """Tell whether a dependency's list names a source."""
    return not source.names.isdisjoint(dependency.spec.compatible_sources)


LISTED: Piece[Dependency, Source] = Piece(
    "named-source",
    4,
    "compatible_sources names the step or the input",
    wanted=lambda dependency: dependency.spec.compatible_sources,
    together=is_listed,
)

UNLISTED: Piece[Dependency, Source] = Piece(
    "unlisted", -16, "no source is what compatible_sources names, and this one fits otherwise"
)
"""Counts for every source of a dependency whose list alone leaves it without one, as the rules find."""
