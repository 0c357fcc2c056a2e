"""BedrockProvisionedModelThroughput: room for a model to answer is bought in Amazon Bedrock."""

from __future__ import annotations

from .bedrock import BEDROCK_OFFERS, BEDROCK_SLOTS
from .kind import StepKind

BEDROCK_PROVISIONED_MODEL_THROUGHPUT = StepKind(
    "BedrockProvisionedModelThroughput", offers=BEDROCK_OFFERS, slots=BEDROCK_SLOTS
)
