"""HubContent: a model or notebook is put into a hub."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, Offer, attributes
from .slot import Slot

HUB_CONTENT = StepKind(
    "HubContent",
    offers=(*attributes("HubArn"), Offer("HubContentArn", Form.NAME)),
    slots=(
        Slot("HubName", name="hub(?:_name)?"),
        Slot("HubContentName", name="(?:hub_content_)?name"),
        Slot("HubContentDocument"),
    ),
    marks=("HubContentArn",),
)
