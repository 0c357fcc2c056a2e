"""Measure the quality of data or of a model with Model Monitor, and check it against a baseline."""

from __future__ import annotations

from ..kinds.quality_check import QUALITY_CHECK
from ..port_specs import DependencySpec
from ..specification import StepDefaults, StepSpecification
from ..types import DependencyType
from .common_ports import CHECKED_BASELINES

DATA_QUALITY_CHECK_SPEC = StepSpecification(
    step_type="DataQualityCheck",
    kind=QUALITY_CHECK.name,
    dependencies=[
        DependencySpec(
            logical_name="baseline_dataset",
            dependency_type=DependencyType.PROCESSING_OUTPUT,
            aliases=("train", "baseline"),
            description="the data to measure",
        ),
    ],
    outputs=CHECKED_BASELINES,
)

MODEL_QUALITY_CHECK_SPEC = StepSpecification(
    step_type="ModelQualityCheck",
    kind=QUALITY_CHECK.name,
    dependencies=[
        DependencySpec(
            logical_name="baseline_dataset",
            dependency_type=DependencyType.PROCESSING_OUTPUT,
            aliases=("predictions",),
            semantic_keywords=("predictions", "labels"),
            description="predictions beside the truth, CSV with the columns prediction and label",
        ),
    ],
    outputs=CHECKED_BASELINES,
    defaults=StepDefaults(
        request={
            "CheckType": "MODEL_QUALITY",
            "Environment": {
                "problem_type": "BinaryClassification",
                "inference_attribute": "prediction",
                "ground_truth_attribute": "label",
            },
        }
    ),
)
