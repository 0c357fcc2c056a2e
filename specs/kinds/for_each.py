"""ForEach: its body of steps runs once for each item of a list."""

from __future__ import annotations

from .kind import StepKind

FOR_EACH = StepKind("ForEach", nested=("ForEachBody",))
