"""QualityCheck: data, or the predictions of a model, are measured and held against a baseline."""

from __future__ import annotations

from .checks import (
    BASELINES_BESIDE,
    BESIDE,
    CHECK_CACHE_KEYS,
    CHECK_SLOTS,
    CONSTRAINTS,
    STATISTICS,
    checked_data_slots,
)
from .kind import StepKind
from .offer import Form, attributes
from .shapes import TEXT_SHAPE, one_of

QUALITY_CHECK = StepKind(
    "QualityCheck",
    offers=attributes(*CONSTRAINTS, *STATISTICS, form=Form.FILE),
    slots=(
        *CHECK_SLOTS,
        *checked_data_slots("baseline_dataset(?:_input)?|baselining_data", "baseline_dataset_input"),
    ),
    marks=("CalculatedBaselineStatistics",),
    requested="ProcessingJob",
    added=dict.fromkeys((*CONSTRAINTS, *STATISTICS), TEXT_SHAPE),
    beside={
        "CheckType": one_of("DATA_QUALITY", "MODEL_QUALITY"),
        "SuppliedBaselineStatistics": TEXT_SHAPE,
        **BESIDE,
    },
    needs=("CheckType",),
    baselines=(*BASELINES_BESIDE, "SuppliedBaselineStatistics"),
    one_of=(("ProcessingInputs",),),
    takes=("env",),
    caches=True,
    stage=4,
    cache_keys=("QualityCheckConfig", "SuppliedBaselineStatistics", *CHECK_CACHE_KEYS),
)
