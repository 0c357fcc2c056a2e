"""Lineage: what came from what is written down."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, Offer
from .shapes import DOCUMENT, TEXT, list_of, map_of, one_of, structure
from .slot import Slot

_ARNS = ("ActionArns", "ArtifactArns", "ContextArns")
_ENTITY = structure({}, {"Arn": TEXT, "Name": TEXT, "Type": one_of("Action", "Artifact", "Context")})
_LINK = structure({"Source": _ENTITY, "Destination": _ENTITY}, {"AssociationType": TEXT})
_SOURCE = structure(
    {"SourceUri": TEXT}, {"SourceTypes": list_of(DOCUMENT), "SourceId": TEXT, "SourceType": TEXT}
)
_SAID = {
    "Properties": map_of(TEXT),
    "MetadataProperties": DOCUMENT,
    "Tags": list_of(DOCUMENT),
    "Description": TEXT,
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
        **dict.fromkeys(_ARNS, map_of(TEXT)),
        "Associations": list_of(structure({}, {"SourceArn": TEXT, "DestinationArn": TEXT})),
    },
    arguments=structure(
        {},
        {
            "Artifacts": list_of(
                structure({"ArtifactName": TEXT, "Source": _SOURCE}, {"ArtifactType": TEXT, **_SAID})
            ),
            "Actions": list_of(
                structure(
                    {"ActionName": TEXT, "Source": _SOURCE}, {"ActionType": TEXT, "Status": TEXT, **_SAID}
                )
            ),
            "Contexts": list_of(
                structure({"ContextName": TEXT, "Source": _SOURCE}, {"ContextType": TEXT, **_SAID})
            ),
            "Associations": list_of(_LINK),
        },
    ),
    stage=8,
)
