"""ForEach: its body of steps runs once for each item of a list."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, Offer, attributes
from .shapes import DOCUMENT, TEXT, WHOLE, one_of, structure
from .slot import Slot

MAX_LITERAL_ITEMS = 100
"""Source: the SDK; a list made while the pipeline runs may be longer."""

_COUNTS = ("InputItemCount", "TotalStepCount", "SucceededStepCount", "FailedStepCount", "StoppedStepCount")

FOR_EACH = StepKind(
    "ForEach",
    offers=(
        *attributes("Status", form=Form.TEXT),
        *attributes(*_COUNTS, form=Form.NUMBER),
        Offer("Selected.{name}"),
    ),
    slots=(Slot("IterableItems"),),
    added={
        "Status": TEXT,
        **dict.fromkeys(_COUNTS, WHOLE),
        "IterationOutputs": DOCUMENT,
        "Selected": DOCUMENT,
    },
    arguments=structure(
        {"IterableItems": DOCUMENT, "MaxConcurrency": {**WHOLE, "min": 1, "max": 50}},
        {"Selector": structure({"Pick": one_of("MaxBy", "MinBy"), "Field": TEXT})},
    ),
    nested=("ForEachBody",),
)
