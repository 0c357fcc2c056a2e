"""Condition: values are compared, and one branch of steps or the other runs."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, Offer
from .shapes import TEXT_SHAPE
from .slot import Slot

NEGATED = "Condition"
"""The member of a condition of type Not that holds the one that it turns round."""

CONDITION = StepKind(
    "Condition",
    offers=(Offer("Outcome", Form.TEXT),),
    slots=(
        Slot(
            "Conditions[{1}].LeftValue",
            name=r"conditions?\[(\d+)\]\.(?:left|value)",
            may_share=True,
            wants=("evaluation", "model-quality", "measured"),
            named=False,
        ),
        Slot(
            "Conditions[{1}].RightValue",
            name=r"conditions?\[(\d+)\]\.right",
            may_share=True,
            named=False,
        ),
        Slot("Conditions[0].LeftValue", may_share=True),
    ),
    marks=("Outcome",),
    added={"Outcome": TEXT_SHAPE},
    nested=("IfSteps", "ElseSteps"),
    stage=5,
    in_loops=False,
)
