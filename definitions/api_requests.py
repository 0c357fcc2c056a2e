"""A step's request, held against the shape of its Create operation in the SageMaker API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from ..problems.problem import Location, Problem
from ..specs.expressions import is_expression
from ..specs.kinds.catalogue import KINDS, find_kind
from ..specs.paths import Index, Key, Member, PathError, Selector, Token, parse_slot
from .api_services import called_shape
from .api_shapes import ApiShape, inline_shape, request_shape
from .api_values import ValueCheck, wanted

RESOURCES: Mapping[str, str] = {kind.name: kind.resource for kind in KINDS.values() if kind.resource}
"""The resource that a step of each type creates: `Create…` takes its request, `Describe…` tells of it."""

_REQUESTED = {**RESOURCES, **{kind.name: kind.requested for kind in KINDS.values() if kind.requested}}


def check_request(kind: str, arguments: Mapping[str, Any], check: ValueCheck) -> Iterator[Problem]:
    """Find what the service would refuse in the Arguments of a step of type `kind`.

    Types that create nothing through the SageMaker API are not checked. A resource's own name
    may be absent: the pipeline gives it one.
    """
    shape = arguments_shape(kind)
    if shape is not None:
        name = f"{_REQUESTED.get(kind, '')}Name"
        given = {key: value for key, value in arguments.items() if value is not None}
        is_named = name in given or name not in shape.required
        named = given if is_named else {name: "named-by-the-pipeline", **given}
        yield from check.check(_as_texts(named) if _is_notebook(named) else named, shape, ("Arguments",))


def _is_notebook(arguments: Mapping[str, Any]) -> bool:
    """Tell the training job that the SDKs make of a notebook, in whose parameters they leave numbers."""
    environment = arguments.get("Environment")
    return isinstance(environment, Mapping) and "SM_INPUT_NOTEBOOK_NAME" in environment


def _as_texts(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    given = arguments.get("HyperParameters")
    if not isinstance(given, Mapping) or is_expression(given):
        return arguments
    texts = {name: str(value) if isinstance(value, int | float) else value for name, value in given.items()}
    return {**arguments, "HyperParameters": texts}


def arguments_shape(kind: str) -> ApiShape | None:
    """Return the shape of the Arguments of a type of step; None when nothing is known of it."""
    known = find_kind(kind)
    if known.arguments is not None:
        return inline_shape(known.arguments)
    if known.calls:
        return called_shape(known.calls)
    return request_shape(f"Create{_REQUESTED[kind]}") if kind in _REQUESTED else None


@lru_cache(maxsize=1024)  # steps of one kind name the same places over and over
def wanted_at(kind: str, slot: str) -> str | None:
    """Say what a place in the request of a type of step takes (a text, a whole number …).

    `slot` is a path such as `HyperParameters.eta`. None where the API does not say.
    """
    shape = arguments_shape(kind)
    try:
        tokens = parse_slot(slot)
    except PathError:
        return None
    for token in tokens:
        shape = _inner(shape, token) if shape else None
    return wanted(shape) if shape else None


def shape_at(shape: ApiShape, location: Location) -> ApiShape | None:
    """Return the shape of a place within one; None where the API says nothing of it."""
    found: ApiShape | None = shape
    for part in location:
        if found is not None:
            found = _inner(found, Index(part) if isinstance(part, int) else Member(part))
    return found


def _inner(shape: ApiShape, token: Token) -> ApiShape | None:
    match shape.type, token:
        case "structure", Member(name):
            return shape.members.get(name)
        case "map", Member() | Key():
            return shape.value
        case "list", Index() | Selector():
            return shape.member
    return None
