"""BedrockCustomModel: a model of one's own becomes one of Amazon Bedrock."""

from __future__ import annotations

from .bedrock import BEDROCK_OFFERS, BEDROCK_SLOTS
from .kind import StepKind

BEDROCK_CUSTOM_MODEL = StepKind("BedrockCustomModel", offers=BEDROCK_OFFERS, slots=BEDROCK_SLOTS)
