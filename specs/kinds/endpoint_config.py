"""EndpointConfig: which models an endpoint hosts, and on what machines."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, Offer, attributes
from .slot import Slot

ENDPOINT_CONFIG = StepKind(
    "EndpointConfig",
    offers=(*attributes("EndpointConfigArn"), Offer("EndpointConfigName", Form.NAME)),
    slots=(
        Slot(
            "ProductionVariants[{1}].ModelName",
            name=r"(?:models|production_variants)\[(\d+)\](?:\.model_name)?",
        ),
        Slot("ProductionVariants[0].ModelName", form=Form.NAME),
    ),
    marks=("EndpointConfigName",),
    resource="EndpointConfig",
    caches=True,
    retries=True,
    stage=6,
    serves=True,
)
