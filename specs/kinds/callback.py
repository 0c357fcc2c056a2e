"""Callback: a message goes to a queue, and the step waits until someone answers it."""

from __future__ import annotations

from ..types import DependencyType
from .called import ANSWER, ARGUMENTS
from .kind import StepKind
from .slot import Slot

CALLBACK = StepKind(
    "Callback",
    output="OutputParameters['{name}']",
    output_type=DependencyType.ANY,
    slots=(Slot("SqsQueueUrl", name="sqs_queue_url"), ARGUMENTS),
    marks=("OutputParameters", "Outputs"),
    added=ANSWER,
    declares=("OutputParameters",),
)
