"""The values of a request against the limits of their shapes: bounds, patterns, enumerations.

Importing this loads botocore: import it only where a definition is validated.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from botocore import __version__ as botocore_version
from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape

from ..problems.codes import Code
from ..problems.suggestions import did_you_mean, shown
from .expressions import is_expression

CONTAINERS = {"structure": "a mapping", "map": "a mapping", "list": "a list"}
NUMBERS = {"integer": "a whole number", "long": "a whole number", "float": "a number", "double": "a number"}

_ADDRESS = "an address such as s3://BUCKET/PREFIX"
_EXAMPLES = {
    "RoleArn": "the whole ARN of a role, such as arn:aws:iam::123456789012:role/NAME",
    "S3ModelUri": _ADDRESS,
    "S3Uri": _ADDRESS,
    "Url": _ADDRESS,
}
_FEW = 12


class Finding(NamedTuple):
    """One thing that is wrong with a step: `location` is its place in it (`Arguments.Tags[0].Key`)."""

    location: str
    code: Code
    message: str
    hint: str = ""


def check_values(value: Any, shape: Shape, location: str) -> Iterator[Finding]:
    """Find values past a limit of their shape, and expressions where only a list or mapping can stand.

    Values of another type than the shape's are passed over.
    """
    if is_expression(value):
        if shape.type_name in CONTAINERS:
            yield _misplaced(shape, location)
    elif isinstance(shape, StructureShape) and isinstance(value, Mapping):
        for name, item in value.items():
            if name in shape.members and item is not None:
                yield from check_values(item, shape.members[name], f"{location}.{name}")
    elif isinstance(shape, MapShape) and isinstance(value, Mapping):
        yield from _check_bounds(len(value), shape, location, " items")
        for name, item in value.items():
            yield from check_values(name, shape.key, f"{location} (key: {name})")
            yield from check_values(item, shape.value, f"{location}.{name}")
    elif isinstance(shape, ListShape) and isinstance(value, list | tuple):
        yield from _check_bounds(len(value), shape, location, " items")
        for index, item in enumerate(value):
            yield from check_values(item, shape.member, f"{location}[{index}]")
    elif isinstance(shape, StringShape) and isinstance(value, str):
        yield from _check_text(value, shape, location)
    elif shape.type_name in NUMBERS and isinstance(value, bool):
        # An int to Python, and so to ParamValidator.
        yield Finding(
            location, Code.REQUEST_SHAPE, f"expected {NUMBERS[shape.type_name]}, found {shown(value)}"
        )
    elif shape.type_name in NUMBERS and isinstance(value, int | float):
        yield from _check_bounds(value, shape, location)


def _misplaced(shape: Shape, location: str) -> Finding:
    # CreatePipeline itself refuses this ("Expecting start of Json Array", aws/sagemaker-python-sdk #2345).
    message = f"expected {CONTAINERS[shape.type_name]}, found an expression, which stands for a single value"
    a_list = isinstance(shape, ListShape)
    return Finding(
        location, Code.REQUEST_SHAPE, message, "put it in a list" if a_list else "give each member its own"
    )


def _check_bounds(size: float, shape: Shape, location: str, unit: str = "") -> Iterator[Finding]:
    least, most = shape.metadata.get("min", size), shape.metadata.get("max", size)
    if size < least:
        yield Finding(location, Code.REQUEST_VALUE, f"expected at least {least}{unit}, found {size}")
    elif size > most:
        yield Finding(location, Code.REQUEST_VALUE, f"expected at most {most}{unit}, found {size}")


def _check_text(value: str, shape: StringShape, location: str) -> Iterator[Finding]:
    pattern = _compiled(shape.metadata.get("pattern", ""))
    if shape.enum and value not in shape.enum:
        message = f"expected one of {_listed(shape.enum)}, found {shown(value)}"
        yield Finding(location, Code.REQUEST_VALUE, message, did_you_mean(value, shape.enum, limit=0))
    elif wrong := list(_check_bounds(len(value), shape, location, " characters")):
        yield from wrong
    elif pattern and not pattern.fullmatch(value):
        message = f"expected a text that matches {pattern.pattern}, found {shown(value)}"
        yield Finding(location, Code.REQUEST_VALUE, message, _EXAMPLES.get(shape.name, ""))


def _listed(allowed: list[str]) -> str:
    # With its version, since a value may be newer than the botocore that is installed.
    many = f"the {len(allowed)} values that botocore {botocore_version} knows"
    return ", ".join(allowed) if len(allowed) <= _FEW else many


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
