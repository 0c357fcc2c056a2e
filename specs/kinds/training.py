"""Training: a model is trained from channels of data."""

from __future__ import annotations

from ..types import DependencyType
from .kind import StepKind, attributes
from .trainer import training_slots

TRAINING = StepKind(
    "Training",
    outputs=attributes("TrainingJobName", "TrainingJobArn")
    | {"OutputPath": "OutputDataConfig.S3OutputPath", "checkpoints": "CheckpointConfig.S3Uri"},
    output="FinalMetricDataList['{name}'].Value",
    output_by_type={DependencyType.MODEL_ARTIFACTS: "ModelArtifacts.S3ModelArtifacts"},
    slots=training_slots("", "HyperParameters"),
    marks=("ModelArtifacts", "TrainingJobName", "FinalMetricDataList"),
    resource="TrainingJob",
    takes=("code", "env", "arguments"),
    stage=2,
    serves=True,
)
