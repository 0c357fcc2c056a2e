"""BedrockModelImport: the files of a model are taken into Amazon Bedrock."""

from __future__ import annotations

from .bedrock import BEDROCK_OFFERS, BEDROCK_SLOTS
from .kind import StepKind

BEDROCK_MODEL_IMPORT = StepKind("BedrockModelImport", offers=BEDROCK_OFFERS, slots=BEDROCK_SLOTS)
