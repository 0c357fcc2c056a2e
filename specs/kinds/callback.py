"""Callback: a message goes to a queue, and the step waits until someone answers it."""

from __future__ import annotations

from ..types import DependencyType
from .called import ANSWER, ANSWERS, ARGUMENTS, DECLARED, PAYLOAD
from .kind import StepKind
from .shapes import ADDRESS_SHAPE
from .slot import Slot

CALLBACK = StepKind(
    "Callback",
    offers=ANSWERS,
    output_type=DependencyType.ANY,
    slots=(Slot("SqsQueueUrl", name="sqs_queue_url"), ARGUMENTS),
    marks=("OutputParameters", "Outputs"),
    added=ANSWER,
    arguments=PAYLOAD,
    beside={"SqsQueueUrl": ADDRESS_SHAPE, "OutputParameters": DECLARED},
    needs=("SqsQueueUrl",),
    declares=("OutputParameters",),
    takes=("arguments",),
    caches=True,
)
