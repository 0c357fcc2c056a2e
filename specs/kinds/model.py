"""Model: what a model is made of, ready to be hosted or applied."""

from __future__ import annotations

from ..types import DependencyType
from .containers import model_slots
from .kind import StepKind, attributes
from .slot import Slot

MODEL = StepKind(
    "Model",
    outputs=attributes("ModelArn"),
    output="ModelName",
    slots=(
        *model_slots("PrimaryContainer", "Containers"),
        Slot(
            "PrimaryContainer.ModelDataUrl",
            types=(DependencyType.MODEL_ARTIFACTS,),
            may_share=True,
            wants=("trained-model",),
        ),
    ),
    marks=("ModelName", "ModelArn"),
    resource="Model",
    takes=("env",),
    stage=3,
    serves=True,
)
