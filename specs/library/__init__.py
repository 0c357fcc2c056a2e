"""The step specifications that come with stepwire, one file each."""

from __future__ import annotations

from collections.abc import Mapping

from ..specification import StepSpecification
from .batch_transform import BATCH_TRANSFORM_SPEC
from .data_load import DATA_LOAD_SPEC
from .data_quality_check import DATA_QUALITY_CHECK_SPEC
from .evaluation import EVALUATION_SPEC
from .metric_condition import METRIC_CONDITION_SPEC
from .model_creation import MODEL_CREATION_SPEC
from .preprocessing import PREPROCESSING_SPEC
from .registration import REGISTRATION_SPEC
from .xgboost_training import XGBOOST_TRAINING_SPEC

LIBRARY: Mapping[str, StepSpecification] = {
    spec.step_type: spec
    for spec in (
        BATCH_TRANSFORM_SPEC,
        DATA_LOAD_SPEC,
        DATA_QUALITY_CHECK_SPEC,
        EVALUATION_SPEC,
        METRIC_CONDITION_SPEC,
        MODEL_CREATION_SPEC,
        PREPROCESSING_SPEC,
        REGISTRATION_SPEC,
        XGBOOST_TRAINING_SPEC,
    )
}
"""Every shipped specification by its step type, under which documents take it."""

__all__ = [
    "BATCH_TRANSFORM_SPEC",
    "DATA_LOAD_SPEC",
    "DATA_QUALITY_CHECK_SPEC",
    "EVALUATION_SPEC",
    "LIBRARY",
    "METRIC_CONDITION_SPEC",
    "MODEL_CREATION_SPEC",
    "PREPROCESSING_SPEC",
    "REGISTRATION_SPEC",
    "XGBOOST_TRAINING_SPEC",
]
