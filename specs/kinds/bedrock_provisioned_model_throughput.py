"""BedrockProvisionedModelThroughput: room for a model to answer is bought in Amazon Bedrock."""

from __future__ import annotations

from .bedrock import bedrock_call
from .kind import StepKind
from .offer import Form, Offer, attributes
from .slot import Slot

BEDROCK_PROVISIONED_MODEL_THROUGHPUT = StepKind(
    "BedrockProvisionedModelThroughput",
    offers=(*attributes("ProvisionedModelName", "Status"), Offer("ProvisionedModelArn", Form.NAME)),
    slots=(
        Slot("ModelId", name="(?i:model(?:_?(?:id|arn))?)", form=Form.NAME),
        Slot("ProvisionedModelName", name="(?i:(?:provisioned_?)?(?:model_?)?name)"),
        Slot("{name}"),
    ),
    calls=bedrock_call("CreateProvisionedModelThroughput", "GetProvisionedModelThroughput"),
)
