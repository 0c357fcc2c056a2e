"""Registers a model in the model registry, with its evaluation."""

from __future__ import annotations

from ..kinds.register_model import REGISTER_MODEL
from ..port_specs import DependencySpec, OutputSpec
from ..specification import StepSpecification
from ..types import DataType, DependencyType

REGISTRATION_SPEC = StepSpecification(
    step_type="ModelRegistration",
    kind=REGISTER_MODEL.name,
    dependencies=[
        DependencySpec(
            logical_name="model",
            dependency_type=DependencyType.MODEL_ARTIFACTS,
            aliases=("model_artifacts", "model_data"),
            description="the model to register",
        ),
        DependencySpec(
            logical_name="model_metrics.model_statistics",
            dependency_type=DependencyType.EVALUATION_REPORT,
            required=False,
            aliases=("evaluation", "evaluation_report"),
            semantic_keywords=("metrics", "report"),
            description="the report that a reviewer reads",
        ),
    ],
    outputs=[
        OutputSpec(
            logical_name="ModelPackageArn",
            output_type=DependencyType.MODEL_ARTIFACTS,
            data_type=DataType.MODEL_PACKAGE_ARN,
            description="the version of the model package that was registered",
        ),
    ],
)
