"""Brings raw data into the pipeline."""

from __future__ import annotations

from ..kinds.processing import PROCESSING
from ..port_specs import OutputSpec
from ..specification import StepSpecification
from ..types import DependencyType

DATA_LOAD_SPEC = StepSpecification(
    step_type="DataLoad",
    kind=PROCESSING.name,
    outputs=[
        OutputSpec(
            logical_name="raw_data",
            output_type=DependencyType.TRAINING_DATA,
            aliases=("data", "dataset"),
            semantic_keywords=("data", "raw", "input"),
            description="the data as it comes from its source",
        ),
    ],
)
