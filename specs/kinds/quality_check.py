"""QualityCheck: data, or the predictions of a model, are measured and held against a baseline."""

from __future__ import annotations

from .checks import CHECK_SLOTS, CHECKED_DATA_SLOTS, CONSTRAINTS, STATISTICS
from .kind import TEXT, StepKind

QUALITY_CHECK = StepKind(
    "QualityCheck",
    slots=(*CHECK_SLOTS, *CHECKED_DATA_SLOTS),
    marks=("CalculatedBaselineStatistics",),
    requested="ProcessingJob",
    added=dict.fromkeys((*CONSTRAINTS, *STATISTICS), TEXT),
    stage=4,
)
