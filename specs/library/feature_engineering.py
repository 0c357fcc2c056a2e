"""Makes features of prepared data, by a program of one's own."""

from __future__ import annotations

from ..kinds.processing import PROCESSING
from ..port_specs import DependencySpec, OutputSpec
from ..specification import StepSpecification
from ..types import DependencyType

FEATURE_ENGINEERING_SPEC = StepSpecification(
    step_type="FeatureEngineering",
    kind=PROCESSING.name,
    dependencies=[
        DependencySpec(
            logical_name="data",
            dependency_type=DependencyType.TRAINING_DATA,
            aliases=("raw_data", "dataset"),
            semantic_keywords=("data",),
            description="the data to make features of",
        ),
    ],
    outputs=[
        OutputSpec(
            logical_name="features",
            output_type=DependencyType.PROCESSING_OUTPUT,
            aliases=("feature_data",),
            description="the data with its features, the target first",
        ),
    ],
)
