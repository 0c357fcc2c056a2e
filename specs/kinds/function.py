"""Function: a decorated Python function, called with the results of others."""

from __future__ import annotations

from ..types import DependencyType
from .kind import StepKind

FUNCTION = StepKind("Function", output="", output_type=DependencyType.ANY)
