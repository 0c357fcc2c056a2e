"""Fail: the pipeline ends with a message."""

from __future__ import annotations

from .kind import StepKind
from .slot import Slot

FAIL = StepKind("Fail", offers=(), slots=(Slot("ErrorMessage"),), added={}, stage=9, in_loops=False)
