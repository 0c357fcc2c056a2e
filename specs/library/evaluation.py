"""Measures a model on data it has not seen."""

from __future__ import annotations

from ..kinds.processing import PROCESSING
from ..port_specs import DependencySpec, OutputSpec
from ..specification import StepSpecification
from ..types import DataType, DependencyType

EVALUATION_SPEC = StepSpecification(
    step_type="ModelEvaluation",
    kind=PROCESSING.name,
    dependencies=[
        DependencySpec(
            logical_name="model",
            dependency_type=DependencyType.MODEL_ARTIFACTS,
            aliases=("model_artifacts", "model_data"),
            description="the model to measure",
        ),
        DependencySpec(
            logical_name="test",
            dependency_type=DependencyType.PROCESSING_OUTPUT,
            aliases=("test_data", "evaluation_data"),
            semantic_keywords=("holdout",),
            description="the data to measure it on",
        ),
    ],
    outputs=[
        OutputSpec(
            logical_name="evaluation",
            output_type=DependencyType.EVALUATION_REPORT,
            aliases=("evaluation_report", "model_statistics"),
            semantic_keywords=("metrics", "report"),
            description="the report in SageMaker's model-quality form",
        ),
        OutputSpec(
            logical_name="metrics",
            output_type=DependencyType.PROPERTY_FILE,
            data_type=DataType.JSON,
            description="evaluation.json of the report, for conditions to read",
        ),
    ],
)
