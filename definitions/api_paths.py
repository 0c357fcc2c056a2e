"""Property paths (`ModelArtifacts.S3ModelArtifacts`), held against what the service tells of a finished step.

Importing this loads botocore: import it only where a definition is validated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from botocore.model import DenormalizedStructureBuilder, ListShape, MapShape, Shape, StructureShape

from ..problems.suggestions import did_you_mean
from ..specs.kinds.catalogue import find_kind
from ..specs.paths import Index, Key, Member, PathError, Token, parse_path, to_text
from .api_requests import service_model
from .api_values import CONTAINERS


class PathFault(NamedTuple):
    """What is wrong with a property path, and what would be right."""

    message: str
    hint: str = ""


def check_property_path(kind: str, path: str) -> str | None:
    """Say what is wrong with a property path of a step of type `kind`, in a sentence; None when it is fine.

    `path` is what follows `Steps.NAME.` in a Get expression. Types whose properties are not known
    and property files are not checked, nor whether an item of that name or number will be there.
    """
    fault = find_fault(kind, path)
    if fault is None:
        return None
    return f"{fault.message} ({fault.hint})" if fault.hint else fault.message


def find_fault(kind: str, path: str) -> PathFault | None:
    """Find the first fault in a property path; see `check_property_path`."""
    members = _members(kind)
    if members is None:
        return None
    if path.startswith("properties."):
        return PathFault(f"'{path}' begins with 'properties.'", f"write '{path.removeprefix('properties.')}'")
    try:
        first, *rest = parse_path(path)
    except PathError as error:
        wrong = f"expected {error.expected} at character {error.offset + 1}"
        return PathFault(f"'{path}' cannot be read: {wrong}")
    name = to_text([first])
    if name == "PropertyFiles":
        return None
    if name not in members:
        return PathFault(f"{kind} steps have no property '{name}'", did_you_mean(name, members))
    return _follow(members[name], name, rest)


@cache
def _members(kind: str) -> Mapping[str, Shape] | None:
    """Collect the properties of a type of step by name; None when they are not known."""
    known = find_kind(kind)
    if not known.resource and known.added is None:
        return None
    members = dict(DenormalizedStructureBuilder().with_members(known.added or {}).build_model().members)
    operations = [f"Describe{known.resource}"] if known.resource else []
    operations += [known.listed] if known.listed else []
    for operation in operations:
        response = service_model().operation_model(operation).output_shape
        members |= response.members if response else {}
    return members


def _follow(shape: Shape, place: str, tokens: Iterable[Token]) -> PathFault | None:
    """Walk down from the shape at `place`; the walk must end at a single value."""
    for token in tokens:
        inner = _inner(shape, token)
        if inner is None:
            return _blocked(shape, place, token)
        shape, place = inner, place + _written(token)
    if shape.type_name in CONTAINERS:
        stop = f"'{place}' stops at {CONTAINERS[shape.type_name]}, where a single value is wanted"
        return PathFault(stop, f"it can go on with {_ways_on(shape)}")
    return None


def _inner(shape: Shape, token: Token) -> Shape | None:
    match shape, token:
        case StructureShape(), Member(name):
            return shape.members.get(name)
        case ListShape(), Index() | Key():
            return shape.member
        case MapShape(), Key():
            return shape.value
    return None


def _blocked(shape: Shape, place: str, token: Token) -> PathFault:
    if isinstance(shape, StructureShape) and isinstance(token, Member):
        return PathFault(f"'{place}' has no member '{token.name}'", did_you_mean(token.name, shape.members))
    if shape.type_name in CONTAINERS:
        wrong = f"'{place}' is {CONTAINERS[shape.type_name]} and has no {_written(token)}"
        return PathFault(wrong, f"it can go on with {_ways_on(shape)}")
    return PathFault(f"'{place}' is a single value and has no {_written(token)}")


def _written(token: Token) -> str:
    return f".{token.name}" if isinstance(token, Member) else to_text([token])


def _ways_on(shape: Shape) -> str:
    if isinstance(shape, StructureShape):
        ways = [f".{name}" for name in shape.members]
        return " or ".join((", ".join(ways[:-1]), ways[-1])) if len(ways) > 1 else "".join(ways)
    return "['KEY']" if isinstance(shape, MapShape) else "[0] or ['NAME']"
