"""Makes a SageMaker model of trained artifacts, as batch transforms and endpoints take it."""

from __future__ import annotations

from ..kinds.model import MODEL
from ..port_specs import DependencySpec, OutputSpec
from ..specification import StepSpecification
from ..types import DataType, DependencyType

MODEL_CREATION_SPEC = StepSpecification(
    step_type="ModelCreation",
    kind=MODEL.name,
    dependencies=[
        DependencySpec(
            logical_name="model_data",
            dependency_type=DependencyType.MODEL_ARTIFACTS,
            aliases=("model", "model_artifacts"),
            description="the artifacts to make a model of",
        ),
    ],
    outputs=[
        OutputSpec(
            logical_name="ModelName",
            output_type=DependencyType.MODEL_ARTIFACTS,
            data_type=DataType.MODEL_NAME,
            aliases=("model_name",),
            description="the name of the model",
        ),
    ],
)
