"""What SageMaker Pipelines asks of steps beyond the shapes of their requests, by the facts in specs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Location, Problem
from ..problems.suggestions import did_you_mean
from ..specs.expressions import EXPRESSIONS, is_expression, iter_expressions
from ..specs.kinds.catalogue import KINDS, find_kind
from .api_shapes import inline_shape
from .api_values import ValueCheck
from .check_cache import check_cache
from .check_retries import check_retries
from .check_spot import check_spot
from .steps import DefinedStep, Definition
from .subjects import no_reference

# Names and policies are read when a pipeline is created, before any value is known.
_FIXED = (
    "CacheConfig",
    "DependsOn",
    "Description",
    "DisplayName",
    "OutputParameters",
    "PropertyFiles",
    "RetryPolicies",
)

_NAMES = ("ChannelName", "InputName", "OutputName")

_LATER = ("Std:If", "Std:Omit")  # told of in the notes of the SDK 3.30, their form not seen

# How Python prints the variables of the SDK, some of which have no words of their own for it.
_PRINTED = re.compile(
    r"<sagemaker\.[\w.]+ object at 0x[0-9a-f]+>"
    r"|\{['\"](?:Get|Std:Join|Std:JsonGet)['\"]: ?['\"{]"
    r"|\b(?:Parameter(?:String|Integer|Float|Boolean)|ExecutionVariable|Join|JsonGet)\((?:name|on|step_name)="
)


def check_steps(definition: Definition) -> Iterator[Problem]:
    """Find what the pipeline service would refuse of steps: unknown types (SW425), and the like.

    Members that are missing, refused, or exclude each other; checks with nothing to be held against (SW428);
    cache and retry policies; references where none may stand, functions that there are not, and variables
    that were printed into a text (SW405).
    """
    for step in definition.steps:
        yield from _check_type(step)
        yield from _check_members(step)
        yield from check_cache(step)
        yield from check_retries(step)
        yield from check_spot(step)
        yield from _check_baseline(step)
        yield from _check_fixed(step)
        yield from _check_texts(step.body, step, ())


def _check_type(step: DefinedStep) -> Iterator[Problem]:
    known = [name for name, kind in KINDS.items() if not kind.type]
    if step.kind not in known:
        message = f"SageMaker has no step type '{step.kind}'"
        yield step.problem(
            Code.UNKNOWN_STEP_TYPE, ("Type",), message, did_you_mean(step.kind, known, limit=0)
        )


def _check_members(step: DefinedStep) -> Iterator[Problem]:
    kind = find_kind(step.kind)
    for name in kind.needs:
        if not step.body.get(name):
            message = f"expected a member '{name}', found none"
            yield step.problem(Code.REQUEST_SHAPE, (), message)
    for path, reason in kind.refused.items():
        way = tuple(path.split("."))
        if _holds(step.arguments, way):
            message = f"pipelines refuse this member: {reason}"
            yield step.problem(Code.REQUEST_SHAPE, ("Arguments", *way), message, "leave it out")
    for name in kind.given:
        if _holds(step.arguments, (name,)) and not _is_parameter(step.arguments[name]):
            message = "pipelines take this from a parameter only"
            hint = f"make it an input, and write {{Get: Parameters.{name}}}"
            yield step.problem(Code.REQUEST_SHAPE, ("Arguments", name), message, hint)
    for group in kind.exclusive:
        for at, given in _given(step.arguments, [tuple(path.split(".")) for path in group]):
            if len(given) > 1:
                message = f"expected at most one of {', '.join(group)}, found {' and '.join(given)}"
                yield step.problem(Code.REQUEST_SHAPE, ("Arguments", *at), message, "keep one")
    for group in kind.one_of:
        if not any(_holds(step.arguments, tuple(path.split("."))) for path in group):
            some = f"one of {', '.join(group)}" if len(group) > 1 else f"a member '{group[0]}'"
            message = f"expected {some}, found none"
            yield step.problem(Code.REQUEST_SHAPE, ("Arguments",), message)
    for name, body in kind.beside.items():
        if step.body.get(name) is not None:
            yield from ValueCheck(step.problem).check(step.body[name], inline_shape(body), (name,))


def _is_parameter(value: Any) -> bool:
    """Tell a reference to a parameter."""
    return is_expression(value) and str(value.get("Get", "")).startswith("Parameters.")


def _check_baseline(step: DefinedStep) -> Iterator[Problem]:
    """Find a check that is not skipped, and names nothing from which its baseline could come."""
    names = find_kind(step.kind).baselines
    skips = step.body.get("SkipCheck", False) is not False
    if names and not skips and not any(step.body.get(name) for name in names):
        message = "the check has no baseline, and is not skipped"
        hint = f"give one of {', '.join(names)}, or SkipCheck: true"
        yield step.problem(Code.NO_BASELINE, (), message, hint)


def _given(value: Any, ways: list[tuple[str, ...]]) -> Iterator[tuple[Location, list[str]]]:
    """Yield which of some members are given, for each item of the lists (`Inputs[].S3`) on their way."""
    first = {way[0] for way in ways}
    if len(first) == 1 and all(len(way) > 1 for way in ways):
        (name,) = first
        inner = value.get(name.removesuffix("[]")) if isinstance(value, Mapping) else None
        rest = [way[1:] for way in ways]
        if not name.endswith("[]"):
            for at, given in _given(inner, rest):
                yield (name, *at), given
        for index, item in enumerate(
            inner if name.endswith("[]") and isinstance(inner, list | tuple) else ()
        ):
            for at, given in _given(item, rest):
                yield (name.removesuffix("[]"), index, *at), given
        return
    yield (), [".".join(way) for way in ways if _holds(value, way)]


def _holds(value: Any, way: tuple[str, ...]) -> bool:
    for name in way:
        if not isinstance(value, Mapping) or value.get(name) is None:
            return False
        value = value[name]
    return True


def _check_fixed(step: DefinedStep) -> Iterator[Problem]:
    for location, _ in iter_expressions(step.body):
        if location[:1] and (location[0] in _FIXED or location[-1] in _NAMES):
            yield step.problem(*no_reference(location))


def _check_texts(value: Any, step: DefinedStep, location: Location) -> Iterator[Problem]:
    """Find functions that there are not, and variables that an f-string printed."""
    match value:
        case str() if _PRINTED.search(value):
            message = "a reference was printed into a text, and so is none"
            yield step.problem(
                Code.MALFORMED_REFERENCE, location, message, "put text and reference in a Std:Join"
            )
        case Mapping():
            name = next(iter(value), None)
            if len(value) == 1 and isinstance(name, str) and _is_unknown(name):
                message = f"SageMaker has no function '{name}'"
                hint = did_you_mean(name, EXPRESSIONS[1:], limit=0)
                yield step.problem(Code.MALFORMED_REFERENCE, location, message, hint)
            for key, item in value.items():
                yield from _check_texts(item, step, (*location, key))
        case list() | tuple():
            for index, item in enumerate(value):
                yield from _check_texts(item, step, (*location, index))


def _is_unknown(name: str) -> bool:
    return name.startswith("Std:") and name not in (*EXPRESSIONS, *_LATER)
