"""InferenceComponent: a model put on an endpoint."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, Offer, attributes
from .slot import Slot

INFERENCE_COMPONENT = StepKind(
    "InferenceComponent",
    offers=(*attributes("InferenceComponentArn"), Offer("InferenceComponentName", Form.NAME)),
    slots=(
        Slot("EndpointName", name=r"endpoint(?:_name)?", form=Form.NAME),
        Slot("Specification.ModelName", form=Form.NAME),
    ),
    marks=("InferenceComponentName",),
    resource="InferenceComponent",
    exclusive=(("Specification", "Specifications"),),
    stage=8,
)
