"""What steps of Amazon Bedrock have in common.

No public source tells the members of their requests: they are kept as they are written. Of what they offer,
the ARN is in the metadata of their runs; source: PipelineExecutionStepMetadata.
"""

from __future__ import annotations

from .offer import Form, Offer
from .slot import Slot

BEDROCK_OFFERS = (Offer("Arn", Form.NAME),)

BEDROCK_SLOTS = (Slot("{name}"),)
