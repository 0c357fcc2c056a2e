"""BedrockCustomModelDeployment: a model of one's own in Amazon Bedrock is made ready to answer."""

from __future__ import annotations

from .bedrock import bedrock_call
from .kind import StepKind
from .offer import Form, Offer, attributes
from .shapes import TEXT_SHAPE
from .slot import Slot

BEDROCK_CUSTOM_MODEL_DEPLOYMENT = StepKind(
    "BedrockCustomModelDeployment",
    offers=(*attributes("ModelDeploymentName", "Status"), Offer("ModelDeploymentArn", Form.NAME)),
    slots=(
        Slot("ModelDeploymentName", name="(?i:(?:model_?)?(?:deployment_?)?name)"),
        Slot("ModelArn", name="(?i:model(?:_?arn)?)", form=Form.NAME),
        Slot("{name}"),
    ),
    # The SDK calls this otherwise than the service does.
    added={"ModelDeploymentArn": TEXT_SHAPE},
    calls=bedrock_call("CreateCustomModelDeployment", "GetCustomModelDeployment"),
    given=("ModelDeploymentName",),
)
