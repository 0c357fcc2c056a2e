"""Lambda: a function of AWS Lambda is called."""

from __future__ import annotations

from ..types import DependencyType
from .called import ANSWER, ANSWERS, ARGUMENTS, DECLARED, PAYLOAD
from .kind import StepKind
from .shapes import ARN_SHAPE
from .slot import Slot

LAMBDA = StepKind(
    "Lambda",
    offers=ANSWERS,
    output_type=DependencyType.ANY,
    slots=(Slot("FunctionArn", name="function_arn"), ARGUMENTS),
    added=ANSWER,
    arguments=PAYLOAD,
    beside={"FunctionArn": ARN_SHAPE, "OutputParameters": DECLARED},
    needs=("FunctionArn",),
    declares=("OutputParameters",),
    takes=("arguments",),
    caches=True,
)
