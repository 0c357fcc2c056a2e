"""Transform: a model is applied to data in batches."""

from __future__ import annotations

from ..types import DataType
from .kind import StepKind, attributes
from .slot import S3, Slot

TRANSFORM = StepKind(
    "Transform",
    outputs=attributes("TransformJobArn", "TransformJobName"),
    output="TransformOutput.S3OutputPath",
    slots=(
        Slot("ModelName", data_types=(DataType.MODEL_NAME,)),
        Slot("ModelName", name=r"model(?:_name)?"),
        Slot("Environment.{1}", name=r"environment\.(.+)"),
        Slot("TransformInput.DataSource.S3DataSource.S3Uri", data_types=S3, wants=("batch", "test")),
    ),
    marks=("TransformOutput", "TransformJobArn", "TransformJobName"),
    resource="TransformJob",
    stage=4,
)
