"""BedrockCustomModel: a model of one's own becomes one of Amazon Bedrock."""

from __future__ import annotations

from ..types import DataType
from .bedrock import ROLE_SLOT, bedrock_call
from .kind import StepKind
from .offer import Form, Offer, attributes
from .slot import S3, Slot

BEDROCK_CUSTOM_MODEL = StepKind(
    "BedrockCustomModel",
    offers=(*attributes("ModelName", "JobArn"), Offer("ModelArn", Form.NAME)),
    slots=(
        Slot(
            "CustomModelDataSource.ModelPackageArnDataSource.ModelPackageArn",
            data_types=(DataType.MODEL_PACKAGE_ARN,),
            form=Form.NAME,
        ),
        Slot("ModelSourceConfig.S3DataSource.S3Uri", data_types=S3),
        ROLE_SLOT,
        Slot("ModelName", name="(?i:(?:model_?)?name)"),
        Slot("{name}"),
    ),
    calls=bedrock_call("CreateCustomModel", "GetCustomModel"),
    given=("ModelName",),
    exclusive=(("ModelSourceConfig", "CustomModelDataSource"),),
    one_of=(("ModelSourceConfig", "CustomModelDataSource"),),
)
