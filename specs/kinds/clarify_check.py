"""ClarifyCheck: data or a model are searched for bias, or a model's predictions explained."""

from __future__ import annotations

from .checks import CHECK_SLOTS, CHECKED_DATA_SLOTS, CONSTRAINTS
from .kind import TEXT, StepKind
from .slot import Slot

CLARIFY_CHECK = StepKind(
    "ClarifyCheck",
    slots=(
        *CHECK_SLOTS,
        Slot("ModelName", name=r"model_config\.model_name|model_name"),
        *CHECKED_DATA_SLOTS,
    ),
    marks=("CalculatedBaselineConstraints",),
    requested="ProcessingJob",
    added=dict.fromkeys(CONSTRAINTS, TEXT),
    stage=4,
)
