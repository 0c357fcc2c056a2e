"""Writes one specification whole: its ports, where a container finds them, and what it says for its steps."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...solver.search.search import Search
from ...specs import DataType, DependencySpec, InputSpec, OutputSpec, PipelineSpec, Policy, StepSpecification
from ...specs.library.shipped_scripts import SCRIPTS
from ...specs.paths import Key, Selector, parse_slot
from ...specs.write import spec_data
from ..definition import draft
from ..requests.common import items_of, within
from .wiring import WIRING_SCHEMA

_CHANNELS = "/opt/ml/input/data"
"""Where training containers find their channels; source: the SageMaker developer guide."""


def spec_record(name: str, spec: StepSpecification) -> dict[str, Any]:
    """Write a specification as a JSON value."""
    return {
        "schema": WIRING_SCHEMA,
        "name": name,
        "spec": spec_data(spec),
        "container": container_paths(spec),
    }


def spec_lines(name: str, spec: StepSpecification) -> Iterator[str]:
    """Tell all that a specification says, line by line."""
    places = container_paths(spec)
    yield f"{name}: a {spec.kind} step" + (f", also {', '.join(spec.roles)}" if spec.roles else "")
    yield from _section("takes", (_taken(port, places) for port in spec.dependencies.values()))
    yield from _section("makes", (_made(port, places) for port in spec.outputs.values()))
    if spec.defaults.script:
        yield from _section(f"runs the script {spec.defaults.script}", [_purpose(spec.defaults.script)])
    arguments = (f"{key}: {value}" for key, value in spec.defaults.arguments.items())
    yield from _section("with the arguments", arguments)
    request = json.dumps(spec.defaults.request, indent=2).splitlines() if spec.defaults.request else ()
    yield from _section("with the request", request)


def container_paths(spec: StepSpecification) -> dict[str, str]:
    """Map the ports of a specification to the folders in which its container finds or leaves them."""
    request = _request(spec)
    inputs = {item["InputName"]: _local_path(item) for item in items_of(request, "ProcessingInputs")}
    trainings = (request, within(request, "TrainingJobDefinition"))
    channels = (item["ChannelName"] for job in trainings for item in items_of(job, "InputDataConfig"))
    inputs |= {name: f"{_CHANNELS}/{name}" for name in channels}
    outputs = {
        item["OutputName"]: _local_path(item)
        for item in items_of(within(request, "ProcessingOutputConfig"), "Outputs")
    }
    needs = {name: port for name, port in spec.dependencies.items() if port.data_type == DataType.S3_URI}
    taken = {name: inputs.get(_item(port.slot)) for name, port in needs.items()}
    made = {name: outputs.get(_item(port.property_path)) for name, port in spec.outputs.items()}
    return {name: place for name, place in (taken | made).items() if place}


def _request(spec: StepSpecification) -> dict[str, Any]:
    """Complete the request of a step whose needs all come from outside."""
    given = {f"in{at}": port for at, port in enumerate(spec.dependencies.values())}
    pipeline = PipelineSpec(
        name="one",
        inputs={
            name: InputSpec(input_type=port.dependency_type, data_type=port.data_type)
            for name, port in given.items()
        },
        steps={"it": spec},
        pins={f"it.{port.logical_name}": f"inputs.{name}" for name, port in given.items()},
        policy=Policy(compatible_sources="prefer"),
    )
    wiring = Search.over(pipeline).resolve()
    [step] = draft(wiring)[0]["Steps"] if wiring else [{}]
    request: dict[str, Any] = step.get("Arguments", {})
    return request


def _local_path(item: Mapping[str, Any]) -> str | None:
    held = (item.get(key) for key in ("S3Input", "S3Output", "DatasetDefinition"))
    return next((str(value["LocalPath"]) for value in held if isinstance(value, Mapping)), None)


def _item(path: str | None) -> str:
    """Name the item of a list that a slot or a property path leads to."""
    for token in parse_slot(path) if path else ():
        match token:
            case Key(name) | Selector(_, name):
                return name
    return ""


def _taken(port: DependencySpec, places: Mapping[str, str]) -> str:
    optional = "" if port.required else ", optional"
    told = f"{port.logical_name} ({port.dependency_type}, {port.data_type}{optional})"
    value = f"; the value at {port.json_path}" if port.json_path else ""
    return f"{told}{_said(port.description)}{value}{_at(places.get(port.logical_name))}"


def _made(port: OutputSpec, places: Mapping[str, str]) -> str:
    told = f"{port.logical_name} ({port.output_type}, {port.data_type})"
    file = f"/{port.file}" if port.file else ""
    place = places.get(port.logical_name)
    return f"{told}{_said(port.description)}{_at(place and place + file)}"


def _said(description: str) -> str:
    return f": {description}" if description else ""


def _at(place: str | None) -> str:
    return f"; {place}" if place else ""


def _purpose(script: str) -> str:
    """Return the first line of a shipped script's own words."""
    text = ast.get_docstring(ast.parse((SCRIPTS / script).read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0]


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", title, *(f"  {line}" for line in found))
