"""ClarifyCheck: data or a model are searched for bias, or a model's predictions explained."""

from __future__ import annotations

from .checks import (
    BASELINES_BESIDE,
    BESIDE,
    CHECK_CACHE_KEYS,
    CHECK_SLOTS,
    CONSTRAINTS,
    checked_data_slots,
)
from .kind import StepKind
from .offer import Form, attributes
from .shapes import TEXT_SHAPE, one_of
from .slot import Slot

CLARIFY_CHECK = StepKind(
    "ClarifyCheck",
    offers=attributes(*CONSTRAINTS, form=Form.FILE),
    slots=(
        *CHECK_SLOTS,
        Slot("ModelName", name=r"model_config\.model_name|model_name", form=Form.NAME),
        Slot(
            "ProcessingInputs[InputName=analysis_config].S3Input.S3Uri",
            name="analysis_config(?:_file|_uri)?",
        ),
        *checked_data_slots(r"(?:data_config\.)?s3_data_input_path|dataset", "dataset"),
    ),
    marks=("CalculatedBaselineConstraints",),
    requested="ProcessingJob",
    added=dict.fromkeys(CONSTRAINTS, TEXT_SHAPE),
    beside={
        "CheckType": one_of("DATA_BIAS", "MODEL_BIAS", "MODEL_EXPLAINABILITY"),
        "ModelName": TEXT_SHAPE,
        **BESIDE,
    },
    needs=("CheckType",),
    baselines=BASELINES_BESIDE,
    one_of=(("ProcessingInputs",),),
    takes=("env",),
    caches=True,
    stage=4,
    cache_keys=("ClarifyCheckConfig", *CHECK_CACHE_KEYS),
)
