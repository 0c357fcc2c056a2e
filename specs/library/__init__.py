"""The step specifications that come with stepwire, one file each."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import StepSpecification
from .condition import METRIC_CONDITION_SPEC
from .data_load import DATA_LOAD_SPEC
from .evaluation import EVALUATION_SPEC
from .preprocessing import PREPROCESSING_SPEC
from .registration import REGISTRATION_SPEC
from .xgboost_training import XGBOOST_TRAINING_SPEC

LIBRARY: Mapping[str, StepSpecification] = {
    spec.step_type: spec
    for spec in (
        DATA_LOAD_SPEC,
        EVALUATION_SPEC,
        METRIC_CONDITION_SPEC,
        PREPROCESSING_SPEC,
        REGISTRATION_SPEC,
        XGBOOST_TRAINING_SPEC,
    )
}
"""Every shipped specification by its step type, under which documents take it."""

__all__ = [
    "DATA_LOAD_SPEC",
    "EVALUATION_SPEC",
    "LIBRARY",
    "METRIC_CONDITION_SPEC",
    "PREPROCESSING_SPEC",
    "REGISTRATION_SPEC",
    "XGBOOST_TRAINING_SPEC",
]
