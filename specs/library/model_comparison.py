"""Compares two models by the reports of their evaluations."""

from __future__ import annotations

from ..kinds.processing import PROCESSING
from ..port_specs import DependencySpec, OutputSpec
from ..specification import StepDefaults, StepSpecification
from ..types import DataType, DependencyType

MODEL_COMPARISON_SPEC = StepSpecification(
    step_type="ModelComparison",
    kind=PROCESSING.name,
    dependencies=[
        DependencySpec(
            logical_name="challenger",
            dependency_type=DependencyType.EVALUATION_REPORT,
            compatible_sources=("ModelEvaluation",),
            aliases=("evaluation",),
            semantic_keywords=("new", "candidate"),
            description="evaluation.json of the new model",
        ),
        DependencySpec(
            logical_name="champion",
            dependency_type=DependencyType.EVALUATION_REPORT,
            compatible_sources=("ModelEvaluation",),
            aliases=("baseline_evaluation",),
            semantic_keywords=("current", "production", "baseline"),
            description="evaluation.json of the model that is to be beaten",
        ),
    ],
    outputs=[
        OutputSpec(
            logical_name="comparison",
            output_type=DependencyType.EVALUATION_REPORT,
            description="comparison.json: both scores, the gain, and the winner",
        ),
        OutputSpec(
            logical_name="decision",
            output_type=DependencyType.PROPERTY_FILE,
            data_type=DataType.JSON,
            aliases=("comparison",),
            description="the same file, for conditions to read: the gain stands at score.value",
        ),
    ],
    distinct=[["challenger", "champion"]],
    defaults=StepDefaults(
        script="compare_models.py",
        arguments={
            "challenger": "/opt/ml/processing/input/challenger",
            "champion": "/opt/ml/processing/input/champion",
            "output": "/opt/ml/processing/output/comparison",
        },
    ),
)
