"""HubContent: a model or notebook is put into a hub."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, Offer, attributes
from .service_call import ServiceCall
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
    # Its runs tell what this operation answers; that it is the one that is called, no public source says.
    calls=ServiceCall("sagemaker", "ImportHubContent", is_open=True),
)
