"""A step's request, held against the shape of its Create operation in botocore's model of SageMaker.

Importing this loads botocore: import it only where a definition is validated.
"""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from botocore import __version__ as botocore_version
from botocore.loaders import Loader
from botocore.model import ListShape, MapShape, ServiceModel, Shape, StringShape, StructureShape
from botocore.validate import ParamValidator

from ..specs.messages import closest, did_you_mean, shown
from .expressions import EXPRESSIONS, is_expression

SHAPE, VALUE = "SW420", "SW421"

RESOURCES: Mapping[str, str] = {
    "Processing": "ProcessingJob",
    "Training": "TrainingJob",
    "Tuning": "HyperParameterTuningJob",
    "Transform": "TransformJob",
    "Model": "Model",
    "RegisterModel": "ModelPackage",
    "AutoML": "AutoMLJob",
    "EndpointConfig": "EndpointConfig",
    "Endpoint": "Endpoint",
    "InferenceComponent": "InferenceComponent",
}
"""The resource that a step of each type creates: `Create…` takes its request, `Describe…` tells of it."""

# A check step asks for a processing job, though it offers other properties than one.
_REQUESTED = {**RESOURCES, "QualityCheck": "ProcessingJob", "ClarifyCheck": "ProcessingJob"}

# Types in the words of the whole package, by the names that ParamValidator gives them.
_WORDS = {
    "<class 'str'>": "a text",
    "<class 'int'>": "a whole number",
    "<class 'float'>": "a number",
    "<class 'bool'>": "true or false",
    "<class 'list'>": "a list",
    "<class 'dict'>": "a mapping",
}
_NUMBERS = {"integer": "a whole number", "long": "a whole number", "float": "a number", "double": "a number"}
_CONTAINERS = {"structure": "a mapping", "map": "a mapping", "list": "a list"}

_PATTERN_HINTS = {
    "RoleArn": "the whole ARN of a role, such as arn:aws:iam::123456789012:role/NAME",
    "S3Uri": "an address such as s3://BUCKET/PREFIX",
    "Url": "an address such as s3://BUCKET/PREFIX",
    "S3ModelUri": "an address such as s3://BUCKET/PREFIX",
}
_FEW = 12


class Finding(NamedTuple):
    """One thing that is wrong with a step: `location` is its place (`Arguments.Tags[0].Key`)."""

    location: str
    code: str
    message: str
    hint: str = ""


@cache
def service_model() -> ServiceModel:
    """Load botocore's model of the SageMaker API, once; it takes some 0.2 s."""
    return ServiceModel(Loader().load_service_model("sagemaker", "service-2"), "sagemaker")


def check_request(kind: str, arguments: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what the service would refuse in the Arguments of a step of type `kind`.

    Types that create nothing through the SageMaker API are not checked. A resource's own name
    may be absent: the pipeline gives it one.
    """
    resource = _REQUESTED.get(kind)
    if resource is None:
        return
    shape = service_model().operation_model(f"Create{resource}").input_shape
    yield from _shape_findings({f"{resource}Name": resource, **arguments}, shape)
    yield from check_values(arguments, shape, "Arguments")


def check_members(
    location: str, unknown: Iterable[str], missing: Iterable[str], known: Iterable[str]
) -> Iterator[Finding]:
    """Report unknown and missing members of one mapping; a misspelt one is not reported as missing too."""
    absent, names = list(missing), list(known)
    for name in unknown:
        meant = closest(name, absent)
        if meant:
            absent.remove(meant)
        yield Finding(location, SHAPE, f"unknown member '{name}'", did_you_mean(name, [meant] if meant else names))
    for name in absent:
        yield Finding(location, SHAPE, f"expected a member '{name}', found none")


def _shape_findings(request: Mapping[str, Any], shape: Shape) -> Iterator[Finding]:
    """Put what ParamValidator refuses in words: missing and unknown members, wrong types, minima."""
    # Read from `_errors`, since the public form is one text in which values run into the sentences.
    report: Any = ParamValidator().validate(_with_stand_ins(request, shape), shape)
    missing: dict[str, list[str]] = defaultdict(list)
    unknown: dict[str, list[str]] = defaultdict(list)
    known: dict[str, list[str]] = defaultdict(list)
    for reason, place, details in report._errors:
        location = f"Arguments{place}"
        if reason == "missing required field":
            missing[location].append(details["required_name"])
        elif reason == "unknown field":
            unknown[location].append(details["unknown_param"])
            known[location] = details["valid_names"]
        else:
            yield _refusal(reason, location, details)
    for location in {**missing, **unknown}:
        yield from check_members(location, unknown[location], missing[location], known[location])


def _refusal(reason: str, location: str, details: Mapping[str, Any]) -> Finding:
    found = details.get("param")
    match reason:
        case "invalid type":
            expected = _WORDS.get(details["valid_types"][0], str(details["valid_types"][0]))
            return Finding(location, SHAPE, f"expected {expected}, found {shown(found)}", _type_hint(expected, found))
        case "invalid range":
            return Finding(location, VALUE, f"expected at least {details['min_allowed']}, found {found}")
        case "invalid length":
            return _length_finding(location, f"at least {details['min_allowed']}", found)
        case _:
            return Finding(location, SHAPE, f"botocore refuses it: {reason}")


def _type_hint(expected: str, found: object) -> str:
    if isinstance(found, bool | int | float) and expected == "a text":
        return f'write it in quotes: "{str(found).lower()}"'
    if isinstance(found, str) and re.fullmatch(r"-?\d+(\.\d+)?|true|false", found):
        return f"write it without quotes: {found}"
    if isinstance(found, dict) and len(found) == 1 and expected != "a list":
        return did_you_mean(next(iter(found)), EXPRESSIONS, limit=0)
    return "put it in a list" if expected == "a list" else ""


def _with_stand_ins(value: Any, shape: Shape) -> Any:
    """Copy a value with its expressions replaced by what fits the shape, and without null members."""
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
            names = shape.metadata.get("required", [])
            return {name: _stand_in(shape.members[name]) for name in names}
        case MapShape():
            return {}
        case ListShape():
            return [_stand_in(shape.member)] * least
    if shape.type_name == "boolean":
        return True
    return least if shape.type_name in _NUMBERS else "x" * least


def check_values(value: Any, shape: Shape, location: str) -> Iterator[Finding]:
    """Find what ParamValidator lets pass: maxima, patterns, enumerations, and expressions out of place.

    Values of another type than the shape's are left to ParamValidator.
    """
    if is_expression(value):
        if shape.type_name in _CONTAINERS:
            yield _misplaced(location, shape)
    elif isinstance(shape, StructureShape) and isinstance(value, Mapping):
        for name, item in value.items():
            if name in shape.members and item is not None:
                yield from check_values(item, shape.members[name], f"{location}.{name}")
    elif isinstance(shape, MapShape) and isinstance(value, Mapping):
        yield from _check_length(value, shape, location)
        for name, item in value.items():
            yield from check_values(name, shape.key, f"{location} (key '{name}')")
            yield from check_values(item, shape.value, f"{location}.{name}")
    elif isinstance(shape, ListShape) and isinstance(value, list | tuple):
        yield from _check_length(value, shape, location)
        for index, item in enumerate(value):
            yield from check_values(item, shape.member, f"{location}[{index}]")
    elif isinstance(shape, StringShape) and isinstance(value, str):
        yield from _check_text(value, shape, location)
    elif shape.type_name in _NUMBERS and isinstance(value, int | float):
        yield from _check_number(value, shape, location)


def _misplaced(location: str, shape: Shape) -> Finding:
    # CreatePipeline itself refuses this ("Expecting start of Json Array", aws/sagemaker-python-sdk #2345).
    found = f"expected {_CONTAINERS[shape.type_name]}, found an expression, which stands for a single value"
    hint = "put it in a list" if isinstance(shape, ListShape) else "write the members, each with its own expression"
    return Finding(location, SHAPE, found, hint)


def _check_length(value: Any, shape: Shape, location: str) -> Iterator[Finding]:
    most = shape.metadata.get("max")
    if most is not None and len(value) > most:
        yield _length_finding(location, f"at most {most}", value)


def _length_finding(location: str, bound: str, value: Any) -> Finding:
    unit = "characters" if isinstance(value, str) else "items"
    return Finding(location, VALUE, f"expected {bound} {unit}, found {len(value)}")


def _check_text(value: str, shape: StringShape, location: str) -> Iterator[Finding]:
    if len(value) < shape.metadata.get("min", 0):
        return  # ParamValidator has reported it
    if shape.enum and value not in shape.enum:
        few = len(shape.enum) <= _FEW
        allowed = ", ".join(shape.enum) if few else f"the {len(shape.enum)} values botocore {botocore_version} knows"
        hint = did_you_mean(value, shape.enum, limit=0)
        yield Finding(location, VALUE, f"expected one of {allowed}, found '{value}'", hint)
    elif len(value) > shape.metadata.get("max", len(value)):
        yield from _check_length(value, shape, location)
    elif (pattern := _compiled(shape.metadata.get("pattern", ""))) and not pattern.fullmatch(value):
        message = f"expected a text that matches {pattern.pattern}, found {shown(value)}"
        yield Finding(location, VALUE, message, _PATTERN_HINTS.get(shape.name, ""))


def _check_number(value: float, shape: Shape, location: str) -> Iterator[Finding]:
    most = shape.metadata.get("max")
    if isinstance(value, bool):  # an int to Python, and so to ParamValidator
        yield Finding(location, SHAPE, f"expected {_NUMBERS[shape.type_name]}, found {shown(value)}")
    elif most is not None and value > most:
        yield Finding(location, VALUE, f"expected at most {most}, found {value}")


@cache
def _compiled(pattern: str) -> re.Pattern[str] | None:
    r"""Compile a pattern of the model; None for those that are good Java but not good Python (`\p{L}`).

    As in Java, `\d`, `\s` and `\w` mean ASCII.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)  # nested sets mean something else in Java
        try:
            return re.compile(pattern, re.ASCII) if pattern else None
        except (re.error, FutureWarning):
            return None
