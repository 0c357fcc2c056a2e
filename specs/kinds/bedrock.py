"""What steps of Amazon Bedrock have in common.

Their Arguments are the requests of Amazon Bedrock itself, its answers their properties, with names that begin
with a capital. Source: the step classes in the repository of the SageMaker SDK.
"""

from __future__ import annotations

from .service_call import ServiceCall
from .slot import Slot

ROLE_SLOT = Slot("RoleArn", name="(?i:role(?:_?arn)?)")


def bedrock_call(operation: str, answer: str) -> ServiceCall:
    """Return an operation of Amazon Bedrock as steps call it."""
    return ServiceCall("bedrock", operation, answer, capitalised=True)
