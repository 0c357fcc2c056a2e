"""A step's request, held against the shape of its Create operation in botocore's model of SageMaker.

Importing this loads botocore: import it only where a definition is validated.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from botocore.loaders import Loader
from botocore.model import ListShape, MapShape, ServiceModel, Shape, StructureShape
from botocore.validate import ParamValidator

from ..problems.codes import Code
from ..problems.suggestions import closest, did_you_mean, shown
from ..specs.kinds.catalogue import KINDS
from .api_values import NUMBERS, Finding, check_values
from .expressions import EXPRESSIONS, is_expression

RESOURCES: Mapping[str, str] = {kind.name: kind.resource for kind in KINDS.values() if kind.resource}
"""The resource that a step of each type creates: `Create…` takes its request, `Describe…` tells of it."""

_REQUESTED = {**RESOURCES, **{kind.name: kind.requested for kind in KINDS.values() if kind.requested}}

# ParamValidator's types in the words of the whole package.
_WORDS = {
    "<class 'str'>": "a text",
    "<class 'int'>": "a whole number",
    "<class 'float'>": "a number",
    "<class 'bool'>": "true or false",
    "<class 'list'>": "a list",
    "<class 'dict'>": "a mapping",
}
# How a text looks that was meant as another type.
_LITERALS = {
    "a whole number": r"-?[0-9]+",
    "a number": r"-?[0-9]+(\.[0-9]+)?",
    "true or false": "true|false",
}
# ParamValidator knows minima only; `check_values` tells of both bounds.
_BOUNDS = ("invalid length", "invalid range")


@cache
def service_model() -> ServiceModel:
    """Load botocore's model of the SageMaker API, once; it takes some 0.2 s."""
    return ServiceModel(Loader().load_service_model("sagemaker", "service-2"), "sagemaker")


def check_request(kind: str, arguments: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what the service would refuse in the Arguments of a step of type `kind`.

    Types that create nothing through the SageMaker API are not checked. A resource's own name
    may be absent: the pipeline gives it one.
    """
    if kind not in _REQUESTED:
        return
    resource = _REQUESTED[kind]
    shape = service_model().operation_model(f"Create{resource}").input_shape
    if shape is not None:
        given = {name: value for name, value in arguments.items() if value is not None}
        yield from _check_shape({f"{resource}Name": resource, **given}, shape)
        yield from check_values(arguments, shape, "Arguments")


def check_members(
    location: str, *, unknown: Iterable[str], missing: Iterable[str], known: Iterable[str]
) -> Iterator[Finding]:
    """Report the unknown and the missing members of one mapping.

    A member that is misspelt is unknown, and not missing as well.
    """
    absent, names = list(missing), list(known)
    for name in map(str, unknown):
        meant = closest(name, absent)
        if meant:
            absent.remove(meant)
        hint = did_you_mean(name, [meant] if meant else names)
        yield Finding(location, Code.REQUEST_SHAPE, f"unknown member '{name}'", hint)
    for name in absent:
        yield Finding(location, Code.REQUEST_SHAPE, f"expected a member '{name}', found none")


def _check_shape(request: Mapping[str, Any], shape: Shape) -> Iterator[Finding]:
    """Put what ParamValidator refuses in words: unknown and missing members, wrong types."""
    # Its `_errors` are read since the public form is one text, in which values run into the sentences.
    report: Any = ParamValidator().validate(_with_stand_ins(request, shape), shape)
    missing: dict[str, list[str]] = defaultdict(list)
    unknown: dict[str, list[str]] = defaultdict(list)
    known: dict[str, list[str]] = {}
    for reason, place, details in report._errors:
        location = f"Arguments{place}"
        if reason == "missing required field":
            missing[location].append(details["required_name"])
        elif reason == "unknown field":
            unknown[location].append(details["unknown_param"])
            known[location] = details["valid_names"]
        elif reason == "invalid type":
            yield _wrong_type(location, details["valid_types"][0], details["param"])
        elif reason not in _BOUNDS:
            yield Finding(location, Code.REQUEST_SHAPE, f"botocore refuses it: {reason}")
    for location in {**missing, **unknown}:
        yield from check_members(
            location, unknown=unknown[location], missing=missing[location], known=known.get(location, ())
        )


def _wrong_type(location: str, type_name: str, found: object) -> Finding:
    expected = _WORDS.get(type_name, type_name)
    message = f"expected {expected}, found {shown(found)}"
    return Finding(location, Code.REQUEST_SHAPE, message, _type_hint(expected, found))


def _type_hint(expected: str, found: object) -> str:
    if expected == "a list":
        return "put it in a list"
    if expected == "a text" and isinstance(found, bool | int | float):
        return f'write it in quotes: "{str(found).lower()}"'
    if isinstance(found, str) and expected in _LITERALS and re.fullmatch(_LITERALS[expected], found):
        return f"write it without quotes: {found}"
    if isinstance(found, dict) and len(found) == 1:
        return did_you_mean(str(next(iter(found))), EXPRESSIONS, limit=0)
    return ""


def _with_stand_ins(value: Any, shape: Shape) -> Any:
    """Copy a value with every expression replaced by what fits its place, and without null members."""
    if is_expression(value):
        return _stand_in(shape)
    if isinstance(shape, StructureShape) and isinstance(value, Mapping):
        members = shape.members
        return {
            name: _with_stand_ins(item, members[name]) if name in members else item
            for name, item in value.items()
            if item is not None
        }
    if isinstance(shape, MapShape) and isinstance(value, Mapping):
        return {name: _with_stand_ins(item, shape.value) for name, item in value.items()}
    if isinstance(shape, ListShape) and isinstance(value, list | tuple):
        return [_with_stand_ins(item, shape.member) for item in value]
    return value


def _stand_in(shape: Shape) -> Any:
    """Make up the least value that ParamValidator takes for a shape."""
    least = shape.metadata.get("min", 0)
    match shape:
        case StructureShape():
            required = shape.metadata.get("required", [])
            return {name: _stand_in(shape.members[name]) for name in required}
        case MapShape():
            return {}
        case ListShape():
            return [_stand_in(shape.member)] * least
    if shape.type_name == "boolean":
        return True
    return least if shape.type_name in NUMBERS else "x" * least
