"""InferenceComponent: a model put on an endpoint."""

from __future__ import annotations

from .kind import StepKind
from .slot import Slot

INFERENCE_COMPONENT = StepKind(
    "InferenceComponent",
    output="InferenceComponentName",
    slots=(Slot("EndpointName", name=r"endpoint(?:_name)?"), Slot("Specification.ModelName")),
    marks=("InferenceComponentName",),
    resource="InferenceComponent",
    stage=8,
)
