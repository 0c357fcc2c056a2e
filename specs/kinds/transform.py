"""Transform: a model is applied to data in batches."""

from __future__ import annotations

from ..types import DataType, DependencyType
from .experiment import EXPERIMENT
from .kind import StepKind
from .offer import Form, Offer, attributes
from .slot import S3, Slot

TRANSFORM = StepKind(
    "Transform",
    offers=(
        *attributes("TransformJobArn", "TransformJobName"),
        Offer("TransformOutput.S3OutputPath", Form.FOLDER),
    ),
    slots=(
        Slot("ModelName", data_types=(DataType.MODEL_NAME,), form=Form.NAME),
        Slot("ModelName", name=r"model(?:_name)?", form=Form.NAME),
        Slot("ModelName", types=(DependencyType.MODEL_ARTIFACTS,), form=Form.NAME),
        Slot("Environment.{1}", name=r"environment\.(.+)"),
        Slot("TransformInput.DataSource.S3DataSource.S3Uri", data_types=S3, wants=("batch", "test")),
    ),
    marks=("TransformOutput", "TransformJobArn", "TransformJobName"),
    metadata="TransformJob",
    resource="TransformJob",
    takes=("env",),
    caches=True,
    retries=True,
    refused=EXPERIMENT,
    reads=("TransformInput.DataSource.S3DataSource.S3Uri",),
    writes=("TransformOutput.S3OutputPath",),
    stage=4,
    cache_keys=(
        "DataProcessing",
        "Environment",
        "ModelName",
        "TransformInput",
    ),
)
