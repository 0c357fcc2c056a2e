"""ForEach: its body of steps runs once for each item of a list."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, Offer, attributes
from .shapes import INTEGER_SHAPE, JSON_SHAPE, TEXT_SHAPE, one_of, structure
from .slot import Slot

MAX_LITERAL_ITEMS = 100
"""Source: the SDK; a list made while the pipeline runs may be longer."""

CURRENT_ITEM = "CurrentItem"
"""What a step within the loop is run for; `ForEach.CurrentItem.FIELD` reads it as JSON (source: the SDK)."""

COMPARED, ITERATIONS, SELECTED = "IterationOutput", "IterationOutputs", "Selected"
"""What an iteration is selected by, within the loop; what all have made; what the selected one has made."""

_COUNTS = ("InputItemCount", "TotalStepCount", "SucceededStepCount", "FailedStepCount", "StoppedStepCount")

FOR_EACH = StepKind(
    "ForEach",
    offers=(
        *attributes("Status", form=Form.TEXT),
        *attributes(*_COUNTS, form=Form.NUMBER),
        Offer(f"{SELECTED}.{{name}}"),
    ),
    slots=(Slot("IterableItems"),),
    added={
        "Status": TEXT_SHAPE,
        **dict.fromkeys(_COUNTS, INTEGER_SHAPE),
        ITERATIONS: JSON_SHAPE,
        SELECTED: JSON_SHAPE,
    },
    arguments=structure(
        {"IterableItems": JSON_SHAPE, "MaxConcurrency": {**INTEGER_SHAPE, "min": 1, "max": 50}},
        {"Selector": structure({"Pick": one_of("MaxBy", "MinBy"), "Field": TEXT_SHAPE})},
    ),
    nested=("ForEachBody",),
    in_loops=False,
)
