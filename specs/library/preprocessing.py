"""Cleans tabular data and splits it for training, validation and test."""

from __future__ import annotations

from ..kinds.processing import PROCESSING
from ..port_specs import DependencySpec, OutputSpec
from ..specification import StepSpecification
from ..types import DependencyType

PREPROCESSING_SPEC = StepSpecification(
    step_type="TabularPreprocessing",
    kind=PROCESSING.name,
    dependencies=[
        DependencySpec(
            logical_name="raw_data",
            dependency_type=DependencyType.TRAINING_DATA,
            compatible_sources=("DataLoad",),
            semantic_keywords=("data", "input", "raw"),
            description="the data as it comes from its source",
        ),
    ],
    outputs=[
        OutputSpec(
            logical_name="train",
            output_type=DependencyType.PROCESSING_OUTPUT,
            aliases=("training_data", "processed_data"),
            semantic_keywords=("training",),
            description="the part to train on",
        ),
        OutputSpec(
            logical_name="validation",
            output_type=DependencyType.PROCESSING_OUTPUT,
            aliases=("validation_data",),
            description="the part that tells training when to stop",
        ),
        OutputSpec(
            logical_name="test",
            output_type=DependencyType.PROCESSING_OUTPUT,
            aliases=("test_data",),
            semantic_keywords=("holdout", "evaluation"),
            description="the part that only the evaluation sees",
        ),
    ],
)
