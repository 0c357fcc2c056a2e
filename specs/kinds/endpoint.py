"""Endpoint: a place where hosted models answer requests."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, Offer, attributes
from .slot import Slot

ENDPOINT = StepKind(
    "Endpoint",
    offers=(*attributes("EndpointArn"), Offer("EndpointName", Form.NAME)),
    slots=(Slot("EndpointConfigName", form=Form.NAME),),
    marks=("EndpointName",),
    resource="Endpoint",
    caches=True,
    stage=7,
)
