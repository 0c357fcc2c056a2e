"""Lineage: what came from what is written down."""

from __future__ import annotations

from .kind import StepKind

LINEAGE = StepKind("Lineage")
