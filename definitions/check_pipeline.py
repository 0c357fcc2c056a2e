"""The pipeline's own members, held against what SageMaker takes: version, size, parameters."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Location, Problem
from ..problems.suggestions import did_you_mean, shown
from .steps import Definition, Parameter
from .subjects import place_of

DEFINITION_VERSION = "2020-12-01"
MAX_SIZE = 1_048_576  # characters of JSON; source: the limit of CreatePipeline's PipelineDefinition
INLINE_BYTES = 100 * 1024
"""Larger definitions go through S3, as the SDKs do it."""
DEFINED_PARAMETER_NAME = re.compile(r"[A-Za-z0-9\-_]*")
"""Source: the service's message when a pipeline is created."""

# How the default value of a parameter is written, in Python and in words.
_PARAMETERS: Mapping[str, tuple[tuple[type, ...], str]] = {
    "String": ((str,), "a text"),
    "Integer": ((int,), "a whole number"),
    "Float": ((float, int), "a number"),
    "Boolean": ((bool,), "true or false"),
}


def check_pipeline(definition: Definition) -> Iterator[Problem]:
    """Find what SageMaker would refuse of the pipeline itself (SW423, SW409 by its size), its steps apart."""
    body = definition.body
    version = body.get("Version")
    if version != DEFINITION_VERSION:
        yield _problem("pipeline", ("Version",), f"expected '{DEFINITION_VERSION}', found {shown(version)}")
    if "Steps" not in body:
        yield _problem("pipeline", ("Steps",), "expected a list, found nothing")
    yield from _check_size(body)
    for name, count in Counter(parameter.name for parameter in definition.parameters).items():
        if count > 1:
            message = f"{count} parameters have this name"
            at = definition.parameter_locations[name]
            yield _problem(f"parameter '{name}'", ("Name",), message, "rename all but one", at)
    for parameter in definition.parameters:
        yield from _check_parameter(parameter, definition.parameter_locations[parameter.name])


def _check_size(body: Mapping[str, Any]) -> Iterator[Problem]:
    """Measure a definition in its shortest form, so that only what is certainly too large is told."""
    text = json.dumps(body, separators=(",", ":"), ensure_ascii=False, default=str)
    if len(text) > MAX_SIZE:
        message = f"pipeline: definition: expected at most {MAX_SIZE} characters of JSON, found {len(text)}"
        yield Problem(Code.PIPELINE_LIMIT, message, hint="move long literals into files")
    elif (size := len(text.encode(errors="surrogatepass"))) > INLINE_BYTES:
        message = (
            f"pipeline: definition: {size} bytes of JSON, past the {INLINE_BYTES} that go in one request"
        )
        hint = "a deployment puts it in S3, as the SDK does; by hand, give a PipelineDefinitionS3Location"
        yield Problem(Code.LARGE_DEFINITION, message, hint=hint)


def _check_parameter(parameter: Parameter, at: Location) -> Iterator[Problem]:
    subject = f"parameter '{parameter.name}'"
    if not parameter.name or not DEFINED_PARAMETER_NAME.fullmatch(parameter.name):
        hint = "letters, digits, hyphens and underscores"
        yield _problem(subject, ("Name",), "not a parameter's name", hint, at)
    types, words = _PARAMETERS[parameter.type]
    default, allowed = parameter.default_value, parameter.enum_values
    if default is None:
        return
    if not isinstance(default, types) or (isinstance(default, bool) and parameter.type != "Boolean"):
        yield _problem(subject, ("DefaultValue",), f"expected {words}, found {shown(default)}", "", at)
    elif default == "":
        said = f"{subject}: DefaultValue: SageMaker refuses an empty text when the pipeline starts"
        hint = "leave the default out, or give a text that stands for nothing"
        yield Problem(Code.DEFAULT_REFUSED, said, hint=hint, location=(*at, "DefaultValue"))
    elif allowed is not None and default not in allowed:
        names = [str(value) for value in allowed]
        message = f"expected one of {', '.join(names)}, found {shown(default)}"
        hint = did_you_mean(str(default), names, limit=0)
        yield _problem(subject, ("DefaultValue",), message, hint, at)


def _problem(subject: str, place: Location, message: str, hint: str = "", within: Location = ()) -> Problem:
    said = f"{subject}: {place_of(place)}: {message}"
    return Problem(Code.PIPELINE_LIMIT, said, hint=hint, location=(*within, *place))
