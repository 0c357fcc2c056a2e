"""BedrockCustomModelDeployment: a model of one's own in Amazon Bedrock is made ready to answer."""

from __future__ import annotations

from .bedrock import BEDROCK_OFFERS, BEDROCK_SLOTS
from .kind import StepKind

BEDROCK_CUSTOM_MODEL_DEPLOYMENT = StepKind(
    "BedrockCustomModelDeployment", offers=BEDROCK_OFFERS, slots=BEDROCK_SLOTS
)
