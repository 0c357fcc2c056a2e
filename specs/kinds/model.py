"""Model: what a model is made of, ready to be hosted or applied."""

from __future__ import annotations

from ..types import DependencyType
from .containers import model_slots
from .kind import StepKind
from .offer import Form, Offer, attributes
from .slot import Slot

MODEL = StepKind(
    "Model",
    offers=(*attributes("ModelArn"), Offer("ModelName", Form.NAME)),
    slots=(
        *model_slots("PrimaryContainer", "Containers"),
        Slot(
            "PrimaryContainer.ModelDataUrl",
            types=(DependencyType.MODEL_ARTIFACTS,),
            may_share=True,
            wants=("trained-model",),
            form=Form.FILE,
        ),
    ),
    marks=("ModelName", "ModelArn"),
    resource="Model",
    takes=("env",),
    retries=True,
    exclusive=(("PrimaryContainer", "Containers"),),
    one_of=(("PrimaryContainer", "Containers"),),
    stage=3,
    serves=True,
)
