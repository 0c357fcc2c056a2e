"""Property paths (`ModelArtifacts.S3ModelArtifacts`), held against what the service tells of a step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from ..problems.suggestions import did_you_mean
from ..specs.kinds.catalogue import find_kind
from ..specs.paths import Index, Key, Member, PathError, Token, parse_path, path_to_text
from .api_services import answered_shape
from .api_shapes import CONTAINER_WORDS, ApiShape, inline_shape, response_shape

Fault = tuple[str, str]
"""What is wrong with a property path, and what would be right, if that is known."""


def check_property_path(kind: str, path: str) -> str | None:
    """Say what is wrong with a property path of a step of type `kind`, in a sentence; None when it is fine.

    `path` is what follows `Steps.NAME.` in a Get expression. Types whose properties are not known
    and property files are not checked, nor whether an item of that name or number will be there.
    """
    fault = find_fault(kind, path)
    if fault is None:
        return None
    message, hint = fault
    return f"{message} ({hint})" if hint else message


def find_fault(kind: str, path: str) -> Fault | None:
    """Find the first fault in a property path, and a hint at what is right; see `check_property_path`."""
    members = _members(kind)
    if members is None:
        return None
    if path.startswith("properties."):
        return (f"'{path}' begins with 'properties.'", f"write '{path.removeprefix('properties.')}'")
    try:
        first, *rest = parse_path(path)
    except PathError as error:
        wrong = f"expected {error.expected} at character {error.offset + 1}"
        return f"'{path}' cannot be read: {wrong}", ""
    name = path_to_text([first])
    if name == "PropertyFiles":
        return None
    if name not in members:
        return (f"{kind} steps have no property '{name}'", did_you_mean(name, members))
    return _follow(members[name], name, rest)


@cache
def _members(kind: str) -> Mapping[str, ApiShape] | None:
    """Collect the properties of a type of step by name; None when they are not known."""
    known = find_kind(kind)
    answered = answered_shape(known.calls) if known.calls else None
    if not known.resource and known.added is None and answered is None:
        return None
    members = {name: inline_shape(body) for name, body in (known.added or {}).items()}
    for operation in property_operations(kind):
        response = response_shape(operation)
        members |= response.members if response else {}
    members |= answered.members if answered else {}
    return members


def property_operations(kind: str) -> list[str]:
    """Name the operations of the SageMaker API whose answers are the properties of a type of step."""
    known = find_kind(kind)
    described = [f"Describe{known.resource}"] if known.resource else []
    return described + ([known.listed] if known.listed else [])


def property_shape(kind: str, path: str) -> ApiShape | None:
    """Return the shape of the value at the end of a property path; None when it is not known, or wrong."""
    members = _members(kind)
    try:
        first, *rest = parse_path(path)
    except PathError:
        return None
    shape = (members or {}).get(path_to_text([first]))
    for token in rest:
        shape = _inner(shape, token) if shape else None
    return shape


def _follow(shape: ApiShape, place: str, tokens: Iterable[Token]) -> Fault | None:
    """Walk down from the shape at `place`; the walk must end at a single value."""
    for token in tokens:
        inner = _inner(shape, token)
        if inner is None:
            return _blocked(shape, place, token)
        shape, place = inner, place + _written(token)
    if shape.type in CONTAINER_WORDS:
        stop = f"'{place}' stops at {CONTAINER_WORDS[shape.type]}, where a single value is wanted"
        return stop, f"it can go on with {_ways_on(shape)}"
    return None


def _inner(shape: ApiShape, token: Token) -> ApiShape | None:
    match shape.type, token:
        case "structure", Member(name):
            return shape.members.get(name)
        case "list", Index() | Key():
            return shape.member
        case "map", Key():
            return shape.value
    return None


def _blocked(shape: ApiShape, place: str, token: Token) -> Fault:
    if shape.type == "structure" and isinstance(token, Member):
        return f"'{place}' has no member '{token.name}'", did_you_mean(token.name, shape.members)
    if shape.type in CONTAINER_WORDS:
        wrong = f"'{place}' is {CONTAINER_WORDS[shape.type]} and has no {_written(token)}"
        return wrong, f"it can go on with {_ways_on(shape)}"
    return f"'{place}' is a single value and has no {_written(token)}", ""


def _written(token: Token) -> str:
    return f".{token.name}" if isinstance(token, Member) else path_to_text([token])


def _ways_on(shape: ApiShape) -> str:
    if shape.type == "structure":
        ways = [f".{name}" for name in shape.members]
        return " or ".join((", ".join(ways[:-1]), ways[-1])) if len(ways) > 1 else "".join(ways)
    return "['KEY']" if shape.type == "map" else "[0] or ['NAME']"
