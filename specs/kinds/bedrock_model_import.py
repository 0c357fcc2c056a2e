"""BedrockModelImport: the files of a model are taken into Amazon Bedrock."""

from __future__ import annotations

from .bedrock import ROLE_SLOT, bedrock_call
from .kind import StepKind
from .offer import Form, Offer, attributes
from .slot import S3, Slot

BEDROCK_MODEL_IMPORT = StepKind(
    "BedrockModelImport",
    offers=(*attributes("ImportedModelName", "JobArn", "JobName"), Offer("ImportedModelArn", Form.NAME)),
    slots=(
        Slot("ModelDataSource.S3DataSource.S3Uri", data_types=S3),
        ROLE_SLOT,
        Slot("JobName", name="(?i:job_?name)"),
        Slot("ImportedModelName", name="(?i:(?:imported_?)?(?:model_?)?name)"),
        Slot("{name}"),
    ),
    calls=bedrock_call("CreateModelImportJob", "GetModelImportJob"),
)
