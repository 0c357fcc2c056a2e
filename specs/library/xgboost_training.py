"""Trains a gradient-boosted model with XGBoost."""

from __future__ import annotations

from ..kinds.training import TRAINING
from ..port_specs import DependencySpec, OutputSpec
from ..specification import StepSpecification
from ..types import DataType, DependencyType

XGBOOST_TRAINING_SPEC = StepSpecification(
    step_type="XGBoostTraining",
    kind=TRAINING.name,
    dependencies=[
        DependencySpec(
            logical_name="train",
            dependency_type=DependencyType.TRAINING_DATA,
            aliases=("training_data",),
            semantic_keywords=("training",),
            description="the channel to train on",
        ),
        DependencySpec(
            logical_name="validation",
            dependency_type=DependencyType.TRAINING_DATA,
            required=False,
            aliases=("validation_data",),
            description="the channel that tells training when to stop",
        ),
    ],
    outputs=[
        OutputSpec(
            logical_name="model_artifacts",
            output_type=DependencyType.MODEL_ARTIFACTS,
            aliases=("model", "model_data"),
            description="model.tar.gz with the trained model",
        ),
        OutputSpec(
            logical_name="TrainingJobName",
            output_type=DependencyType.CUSTOM_PROPERTY,
            data_type=DataType.STRING,
        ),
    ],
    roles=("Trainer",),
)
