"""The values of a request against their shapes: members, types, bounds, patterns, references."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Location, Problem
from ..problems.suggestions import closest, did_you_mean, shown
from ..specs.expressions import EXPRESSIONS, is_expression
from .api_shapes import CONTAINER_WORDS, NUMBER_WORDS, TEXTS, ApiShape, botocore_version
from .subjects import MakeProblem

TEXT, WHOLE, NUMBER, TRUTH = "a text", "a whole number", "a number", "true or false"

_ADDRESS = "an address such as s3://BUCKET/PREFIX"
_EXAMPLES = {
    "RoleArn": "the whole ARN of a role, such as arn:aws:iam::123456789012:role/NAME",
    "S3ModelUri": _ADDRESS,
    "S3Uri": _ADDRESS,
    "Url": _ADDRESS,
}
_FEW = 12
_MISSPELT = 0.85
_MOSTLY_NUMBERS = (("HyperParameters",), ("StaticHyperParameters",))
_SURELY = 0.9  # so like a name that it is a slip of the pen, though the name is there as well
# How a text looks that was meant as another type.
_LITERALS = {WHOLE: r"-?[0-9]+", NUMBER: r"-?[0-9]+(\.[0-9]+)?", TRUTH: "true|false"}
_FOUND: Mapping[str, tuple[type, ...]] = {
    TEXT: (str,),
    WHOLE: (int,),
    NUMBER: (int, float),
    TRUTH: (bool,),
    "a list": (list, tuple),
    "a mapping": (dict, Mapping),
}


@dataclass(frozen=True)
class ValueCheck:
    """Holds values against shapes; `type_of` says what an expression yields, in words, or None if unknown."""

    report: MakeProblem
    type_of: Callable[[Mapping[str, Any]], str | None] = lambda _: None

    def check(self, value: Any, shape: ApiShape, location: Location) -> Iterator[Problem]:
        """Find what the service would refuse in a value that stands at `location`."""
        if shape.body.get("document"):
            return  # anything that JSON can say
        if is_expression(value):
            yield from self._expression(value, shape, location)
            return
        expected = wanted(shape)
        if not _is(value, expected):
            message = f"expected {expected}, found {shown(value)}"
            yield self.report(Code.REQUEST_SHAPE, location, message, _type_hint(expected, value))
            return
        match shape.type:
            case "structure":
                yield from self._structure(value, shape, location)
            case "map":
                yield from self._bounds(len(value), shape, location, " items")
                for name, item in value.items():
                    keyed: MakeProblem = _at_key(self.report, name)
                    yield from ValueCheck(keyed).check(name, shape.key, location)
                    yield from self.check(item, shape.value, (*location, name))
            case "list":
                yield from self._bounds(len(value), shape, location, " items")
                for index, item in enumerate(value):
                    yield from self.check(item, shape.member, (*location, index))
            case "string":
                yield from self._text(value, shape, location)
            case kind if kind in NUMBER_WORDS:
                yield from self._bounds(value, shape, location)

    def members(
        self, value: Mapping[str, Any], location: Location, *, missing: Iterable[str], known: Sequence[str]
    ) -> Iterator[Problem]:
        """Report the unknown and the missing members of one mapping, in which null counts as nothing.

        A member that is misspelt is unknown, and not missing as well; what was meant is mostly not there yet.
        """
        absent, free = list(missing), [name for name in known if name not in value]
        for name in [str(name) for name, item in value.items() if name not in known and item is not None]:
            meant = closest(name, absent) or closest(name, known, cutoff=_SURELY) or closest(name, free)
            if meant in absent:
                absent.remove(meant)
            hint = did_you_mean(name, [meant] if meant else known)
            yield self.report(Code.REQUEST_SHAPE, location, f"unknown member '{name}'", hint)
        for name in absent:
            yield self.report(Code.REQUEST_SHAPE, location, f"expected a member '{name}', found none")

    def own_members(
        self,
        value: Mapping[str, Any],
        location: Location,
        required: Sequence[str],
        optional: Sequence[str] = (),
    ) -> Iterator[Problem]:
        """Report the unknown and the missing members of a mapping of which these are known."""
        missing = [name for name in required if name not in value]
        return self.members(value, location, missing=missing, known=(*required, *optional))

    def _structure(self, value: Mapping[str, Any], shape: ApiShape, location: Location) -> Iterator[Problem]:
        members = shape.members
        given = {name: item for name, item in value.items() if item is not None}
        missing = [name for name in shape.required if name not in given and not _is_left(name, value)]
        told = value
        if shape.body.get("open"):  # where not all members are known, only what looks misspelt is told
            told = {
                name: value[name]
                for name in value
                if name in members or closest(str(name), members, cutoff=_MISSPELT)
            }
        yield from self.members(told, location, missing=missing, known=tuple(members))
        if shape.body.get("union") and len(given) != 1:
            found = ", ".join(f"'{name}'" for name in given) or "none"
            message = f"expected exactly one of {', '.join(members)}, found {found}"
            yield self.report(Code.REQUEST_SHAPE, location, message)
        for name, item in given.items():
            if name in members:
                yield from self.check(item, members[name], (*location, name))

    def _expression(self, value: Mapping[str, Any], shape: ApiShape, location: Location) -> Iterator[Problem]:
        if shape.type in CONTAINER_WORDS:
            # CreatePipeline refuses it: "Expecting start of Json Array" (aws/sagemaker-python-sdk #2345).
            expected = CONTAINER_WORDS[shape.type]
            message = f"expected {expected}, found an expression, which stands for a single value"
            hint = "put it in a list" if shape.type == "list" else "give each member its own"
            yield self.report(Code.REQUEST_SHAPE, location, message, hint)
            return
        expected, found = wanted(shape), self.type_of(value)
        if expected == TEXT and "Std:JsonGet" in value and location[-2:-1] in _MOSTLY_NUMBERS:
            message = "takes a text, and what stands in the file may be a number"
            yield self.report(Code.VALUE_OF_FILE, location, message, _conversion(value, TEXT))
        if found and found != expected and (found, expected) != (WHOLE, NUMBER):
            message = f"expected {expected}, found a reference to {found}, which SageMaker does not convert"
            yield self.report(Code.REQUEST_VALUE, location, message, _conversion(value, expected))

    def _bounds(self, size: float, shape: ApiShape, location: Location, unit: str = "") -> Iterator[Problem]:
        least, most = shape.body.get("min", size), shape.body.get("max", size)
        if size < least:
            yield self.report(Code.REQUEST_VALUE, location, f"expected at least {least}{unit}, found {size}")
        elif size > most:
            yield self.report(Code.REQUEST_VALUE, location, f"expected at most {most}{unit}, found {size}")

    def _text(self, value: str, shape: ApiShape, location: Location) -> Iterator[Problem]:
        pattern = _compiled(shape.body.get("pattern", ""))
        allowed: list[str] = shape.body.get("enum", [])
        if allowed and value not in allowed:
            message = f"expected one of {_listed(allowed)}, found {shown(value)}"
            yield self.report(Code.REQUEST_VALUE, location, message, did_you_mean(value, allowed, limit=0))
        elif wrong := list(self._bounds(len(value), shape, location, " characters")):
            yield from wrong
        elif pattern and not pattern.fullmatch(value):
            message = f"expected a text that matches {pattern.pattern}, found {shown(value)}"
            yield self.report(Code.REQUEST_VALUE, location, message, _EXAMPLES.get(shape.name, ""))


def _is_left(name: str, value: Mapping[str, Any]) -> bool:
    """Tell whether a null leaves a place to the service: version 2 of the SDK writes it of a transformer."""
    return name == "S3OutputPath" and name in value


def wanted(shape: ApiShape) -> str:
    """Say what a place of this shape takes: a text, a number, a list …"""
    if shape.type in TEXTS:
        return TEXT
    return TRUTH if shape.type == "boolean" else {**CONTAINER_WORDS, **NUMBER_WORDS}[shape.type]


def _is(value: Any, expected: str) -> bool:
    """Tell whether a value is of a type; true and false, which Python takes for numbers, are none."""
    return isinstance(value, _FOUND[expected]) and (expected == TRUTH or not isinstance(value, bool))


def _at_key(report: MakeProblem, name: object) -> MakeProblem:
    def at(code: Code, location: Location, message: str, hint: str = "") -> Problem:
        return report(code, location, f"the key '{name}': {message}", hint)

    return at


def _type_hint(expected: str, found: object) -> str:
    if expected == "a list":
        return "put it in a list"
    if expected == TEXT and isinstance(found, bool | int | float):
        return f'write it in quotes: "{str(found).lower()}"'
    if isinstance(found, str) and expected in _LITERALS and re.fullmatch(_LITERALS[expected], found):
        return f"write it without quotes: {found}"
    if isinstance(found, Mapping) and len(found) == 1:
        return did_you_mean(str(next(iter(found))), EXPRESSIONS, limit=0)
    return ""


def _conversion(expression: Mapping[str, Any], expected: str) -> str:
    if expected == TEXT:
        return "write " + json.dumps({"Std:Join": {"On": "", "Values": [expression]}}, ensure_ascii=False)
    text = expression.get("Get")
    parameters = {WHOLE: "an Integer", NUMBER: "a Float", TRUTH: "a Boolean"}
    is_parameter = isinstance(text, str) and text.startswith("Parameters.")
    return f"make it {parameters[expected]} parameter" if is_parameter else ""


def _listed(allowed: list[str]) -> str:
    # With its version, since a value may be newer than the botocore that is installed.
    many = f"the {len(allowed)} values that botocore {botocore_version()} knows"
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
