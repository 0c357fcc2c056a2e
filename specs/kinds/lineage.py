"""Lineage: what came from what is written down."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, Offer
from .shapes import JSON_SHAPE, TEXT_SHAPE, list_of, map_of, one_of, structure
from .slot import Slot

_ARNS = ("ActionArns", "ArtifactArns", "ContextArns")
_ENTITY = structure(
    {}, {"Arn": TEXT_SHAPE, "Name": TEXT_SHAPE, "Type": one_of("Action", "Artifact", "Context")}
)
_LINK = structure({"Source": _ENTITY, "Destination": _ENTITY}, {"AssociationType": TEXT_SHAPE})
_SOURCE = structure(
    {"SourceUri": TEXT_SHAPE},
    {"SourceTypes": list_of(JSON_SHAPE), "SourceId": TEXT_SHAPE, "SourceType": TEXT_SHAPE},
)
_SAID = {
    "Properties": map_of(TEXT_SHAPE),
    "MetadataProperties": JSON_SHAPE,
    "Tags": list_of(JSON_SHAPE),
    "Description": TEXT_SHAPE,
}

LINEAGE = StepKind(
    "Lineage",
    offers=(
        Offer("ActionArns['{name}']", Form.NAME, name=r"(?i).*action.*"),
        Offer("ContextArns['{name}']", Form.NAME, name=r"(?i).*context.*"),
        Offer("ArtifactArns['{name}']", Form.NAME),
    ),
    slots=(Slot("Artifacts[ArtifactName={name}].Source.SourceUri"),),
    marks=_ARNS,
    added={
        **dict.fromkeys(_ARNS, map_of(TEXT_SHAPE)),
        "Associations": list_of(structure({}, {"SourceArn": TEXT_SHAPE, "DestinationArn": TEXT_SHAPE})),
    },
    arguments=structure(
        {},
        {
            "Artifacts": list_of(
                structure(
                    {"ArtifactName": TEXT_SHAPE, "Source": _SOURCE}, {"ArtifactType": TEXT_SHAPE, **_SAID}
                )
            ),
            "Actions": list_of(
                structure(
                    {"ActionName": TEXT_SHAPE, "Source": _SOURCE},
                    {"ActionType": TEXT_SHAPE, "Status": TEXT_SHAPE, **_SAID},
                )
            ),
            "Contexts": list_of(
                structure(
                    {"ContextName": TEXT_SHAPE, "Source": _SOURCE}, {"ContextType": TEXT_SHAPE, **_SAID}
                )
            ),
            "Associations": list_of(_LINK),
        },
    ),
    one_of=(("Artifacts", "Actions", "Contexts", "Associations"),),
    stage=8,
)
