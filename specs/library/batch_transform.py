"""Applies a model to data in batches."""

from __future__ import annotations

from ..kinds.transform import TRANSFORM
from ..port_specs import DependencySpec, OutputSpec
from ..specification import StepSpecification
from ..types import DependencyType
from .common_ports import hosted_model

BATCH_TRANSFORM_SPEC = StepSpecification(
    step_type="BatchTransform",
    kind=TRANSFORM.name,
    dependencies=[
        hosted_model("the model to apply"),
        DependencySpec(
            logical_name="data",
            dependency_type=DependencyType.PROCESSING_OUTPUT,
            aliases=("batch", "batch_data"),
            semantic_keywords=("batch", "test"),
            description="the data to apply it to",
        ),
    ],
    outputs=[
        OutputSpec(
            logical_name="predictions",
            output_type=DependencyType.PROCESSING_OUTPUT,
            aliases=("transform_output",),
            description="what the model says of each record",
        ),
    ],
)
