"""Lambda: a function of AWS Lambda is called."""

from __future__ import annotations

from ..types import DependencyType
from .called import ANSWER, ARGUMENTS
from .kind import StepKind
from .slot import Slot

LAMBDA = StepKind(
    "Lambda",
    output="OutputParameters['{name}']",
    output_type=DependencyType.ANY,
    slots=(Slot("FunctionArn", name="function_arn"), ARGUMENTS),
    added=ANSWER,
    declares=("OutputParameters",),
)
