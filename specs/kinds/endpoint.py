"""Endpoint: a place where hosted models answer requests."""

from __future__ import annotations

from .kind import StepKind
from .slot import Slot

ENDPOINT = StepKind(
    "Endpoint",
    output="EndpointName",
    slots=(Slot("EndpointConfigName"),),
    marks=("EndpointName",),
    resource="Endpoint",
    stage=7,
)
