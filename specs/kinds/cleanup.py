"""Cleanup: what earlier steps left in S3 is removed."""

from __future__ import annotations

from .kind import StepKind
from .shapes import TEXT_SHAPE, list_of, structure
from .slot import Slot

CLEANUP = StepKind(
    "Cleanup",
    offers=(),
    slots=(Slot("Resources.S3[StepName={name}].S3Uris[0]"),),
    added={},
    arguments=structure(
        {
            "Resources": structure(
                {
                    "S3": list_of(
                        structure({"StepName": TEXT_SHAPE}, {"S3Uris": list_of(TEXT_SHAPE, least=1)}), least=1
                    )
                }
            )
        }
    ),
    stage=9,
)
