"""Paths that a processing program is given, held against those at which its container has data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Location, Problem
from ..problems.suggestions import closest
from ..specs.expressions import is_expression
from ..specs.kinds.processing import PROCESSING
from .steps import DefinedStep, Definition

_DATA = ("/opt/ml/processing/input/", "/opt/ml/processing/output/")
_TOLD = ("ContainerEntrypoint", "ContainerArguments")


def check_containers(definition: Definition) -> Iterator[Problem]:
    """Find paths of data that no port has, where a port's is so like it that it was meant (SW426)."""
    for step in definition.steps:
        if step.kind == PROCESSING.name:
            yield from _check_step(step)


def _check_step(step: DefinedStep) -> Iterator[Problem]:
    ports = dict(_ports(step.arguments))
    for location, path in ports.items():
        if not path.startswith("/"):
            message = f"expected a path that begins with '/', found '{path}'"
            yield step.problem(
                Code.CONTAINER_PATH, ("Arguments", *location), message, f"such as {_DATA[0]}NAME"
            )
    known = sorted({path.rstrip("/") for path in ports.values()})
    for location, text in _told(step.arguments):
        for start in _DATA:
            if text.startswith(start) and not any(_same_tree(text, path) for path in known):
                meant = closest(text.rstrip("/"), [path for path in known if path.startswith(start)])
                if meant:
                    message = f"no input or output of the step is at '{text}'"
                    hint = f"did you mean '{meant}'?"
                    yield step.problem(Code.CONTAINER_PATH, ("Arguments", *location), message, hint)


def _same_tree(text: str, path: str) -> bool:
    """Tell whether a path lies in a port's folder, or a port's folder in it."""
    one, other = f"{text.rstrip('/')}/", f"{path}/"
    return one.startswith(other) or other.startswith(one)


def _ports(arguments: Mapping[str, Any]) -> Iterator[tuple[Location, str]]:
    config = arguments.get("ProcessingOutputConfig")
    outputs = config.get("Outputs") if isinstance(config, Mapping) else ()
    sides = (
        (("ProcessingInputs",), arguments.get("ProcessingInputs"), ("S3Input", "DatasetDefinition")),
        (("ProcessingOutputConfig", "Outputs"), outputs, ("S3Output",)),
    )
    for at, items, members in sides:
        for index, item in enumerate(items if isinstance(items, list | tuple) else ()):
            for member in members:
                inner = item.get(member) if isinstance(item, Mapping) else None
                path = inner.get("LocalPath") if isinstance(inner, Mapping) else None
                if isinstance(path, str):
                    yield (*at, index, member, "LocalPath"), path


def _told(arguments: Mapping[str, Any]) -> Iterator[tuple[Location, str]]:
    application, environment = arguments.get("AppSpecification"), arguments.get("Environment")
    for name in _TOLD if isinstance(application, Mapping) else ():
        texts = application.get(name) if isinstance(application, Mapping) else ()
        for index, text in enumerate(texts if isinstance(texts, list | tuple) else ()):
            if isinstance(text, str):
                # An argument may be written as --name=PATH.
                start = text.find("/opt/ml/processing/")
                yield ("AppSpecification", name, index), text[start:] if start > 0 else text
    if isinstance(environment, Mapping) and not is_expression(environment):
        for name, text in environment.items():
            if isinstance(text, str):
                yield ("Environment", name), text
