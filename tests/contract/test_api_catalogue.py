"""The catalogue is held against the newest botocore: what it lacks fails here by name.

`api_members.json` lists the members of requests and responses that were looked at when the catalogue was
written: they are offered or taken in specs/kinds, or of no use there. A member that it has not is new: look
at it, offer it in the file of its kind, and add it to the list (STEPWIRE_REFRESH=1 writes it anew).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.loaders import Loader
from botocore.model import ListShape, ServiceModel, Shape, StructureShape

from stepwire.specs.kinds.catalogue import KINDS
from stepwire.specs.kinds.kind import StepKind
from stepwire.specs.paths import Member, parse_path, parse_slot

SEEN = Path(__file__).with_name("api_members.json")
MODEL = ServiceModel(Loader().load_service_model("sagemaker", "service-2"), "sagemaker")
DEEPEST = 3


def paths(shape: Shape | None, before: str = "", depth: int = 1) -> Iterator[str]:
    """Yield the members of a shape, and of what they hold, as paths without keys."""
    if isinstance(shape, ListShape):
        yield from paths(shape.member, before, depth)
    elif isinstance(shape, StructureShape) and depth <= DEEPEST:
        for name, inner in shape.members.items():
            path = f"{before}.{name}" if before else name
            yield path
            yield from paths(inner, path, depth + 1)


def members(kind: StepKind) -> dict[str, list[str]]:
    requested, found = kind.resource or kind.requested, {}
    if requested:
        found["request"] = sorted(paths(MODEL.operation_model(f"Create{requested}").input_shape))
    described = [f"Describe{kind.resource}"] if kind.resource else []
    shapes = [MODEL.operation_model(name).output_shape for name in (*described, *filter(None, [kind.listed]))]
    if shapes:
        found["response"] = sorted({path for shape in shapes for path in paths(shape)})
    return found


def test_every_member_of_the_union_of_steps_is_a_kind() -> None:
    told = {kind.metadata or kind.name for kind in KINDS.values()}
    union = MODEL.shape_for("PipelineExecutionStepMetadata")
    assert isinstance(union, StructureShape)
    assert union.members.keys() - told == set(), "new kinds of steps: give each its file in specs/kinds"


@pytest.mark.parametrize("name", sorted(name for name, kind in KINDS.items() if members(kind)))
def test_no_member_of_a_request_or_response_is_new(name: str) -> None:
    if os.environ.get("STEPWIRE_REFRESH"):
        seen = {name: members(kind) for name, kind in sorted(KINDS.items()) if members(kind)}
        SEEN.write_text(json.dumps(seen, indent=1) + "\n")
    seen = json.loads(SEEN.read_text())[name]
    for side, found in members(KINDS[name]).items():
        new = sorted(set(found) - set(seen[side]))
        assert not new, f"new in the {side} of {name}: {', '.join(new)}"


@pytest.mark.parametrize("name", sorted(name for name, kind in KINDS.items() if kind.resource))
def test_what_a_kind_offers_is_in_its_response(name: str) -> None:
    kind = KINDS[name]
    found = {*members(kind)["response"], *(kind.added or {})}
    for offer in kind.offers:
        tokens = parse_path(offer.at("x"))
        way = [token.name for token in tokens if isinstance(token, Member)][:DEEPEST]
        if way[0] != "PropertyFiles":
            assert way[0] in kind.added if kind.added and way[0] in kind.added else ".".join(way) in found


@pytest.mark.parametrize("name", sorted(name for name, kind in KINDS.items() if kind.resource))
def test_where_a_kind_takes_references_is_in_its_request(name: str) -> None:
    kind = KINDS[name]
    found = members(kind)["request"]
    for slot in kind.slots:
        if name == "MonitorBatchTransform":
            continue  # its ports are those of two steps
        tokens = parse_slot(
            slot.place.replace("{name}", "x").replace(".{1}", ".x").replace("{1}", "0").replace("{2}", "0")
        )
        way = [token.name for token in tokens if isinstance(token, Member)]
        maps = ("Environment", "HyperParameters", "StaticHyperParameters", "CustomerMetadataProperties")
        end = next((place for place, part in enumerate(way) if part in maps), len(way) - 1)
        assert ".".join(way[: min(end + 1, DEEPEST)]) in found
