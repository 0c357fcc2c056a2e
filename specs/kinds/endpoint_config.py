"""EndpointConfig: which models an endpoint hosts, and on what machines."""

from __future__ import annotations

from .kind import StepKind
from .slot import Slot

ENDPOINT_CONFIG = StepKind(
    "EndpointConfig",
    output="EndpointConfigName",
    slots=(Slot("ProductionVariants[0].ModelName"),),
    marks=("EndpointConfigName",),
    resource="EndpointConfig",
    stage=6,
    serves=True,
)
