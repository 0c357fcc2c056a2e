"""Cleanup: what earlier steps left in S3 is removed."""

from __future__ import annotations

from .kind import StepKind

CLEANUP = StepKind("Cleanup")
