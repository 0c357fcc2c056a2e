"""Compares emitted definitions, in which a binding is a reference at a place of a step's request."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..definitions.steps import read_definition
from ..specs import INPUTS, PipelineSpec, Port
from ..specs.expressions import is_expression
from ..specs.references import PropertyReference
from .fields import ITEM_KEYS
from .state import Bound, PipelineState


def state_of_definition(
    label: str, definition: Mapping[str, Any], names: PipelineSpec | None
) -> PipelineState:
    """See a definition as a state; dependencies and outputs are called as in the pipeline `names`.

    What that does not know keeps the words of the definition. Raises DefinitionError for a malformed one.
    """
    dependencies, sources = _dependencies(names), _sources(names)
    found: dict[str, Bound] = {}
    for step in read_definition(definition).sound().steps:
        for place, expression in _references(step.arguments, ""):
            text = _written(expression)
            address = dependencies.get((step.name, place), f"{step.name}.{place}")
            found[address] = Bound(sources.get(text, text))
    return PipelineState(label, found, definition=definition)


def _references(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Yield the place and the expression of every reference in a request."""
    if is_expression(value):
        yield place.removeprefix("."), value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _references(item, f"{place}.{key}")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _references(item, f"{place}[{_item(item, index)}]")


def _item(item: Any, index: int) -> str:
    names = ITEM_KEYS if isinstance(item, Mapping) else ()
    return next((f"{key}={item[key]}" for key in names if isinstance(item.get(key), str)), str(index))


def _written(expression: Any) -> str:
    match expression:
        case {"Get": str() as text} | {"Std:JsonGet": {"PropertyFile": {"Get": str() as text}}}:
            return text
    return json.dumps(expression, sort_keys=True, ensure_ascii=False)


def _dependencies(names: PipelineSpec | None) -> dict[tuple[str, str], str]:
    steps = names.steps.items() if names else ()
    return {
        (step, port.slot): f"{step}.{name}"
        for step, body in steps
        for name, port in body.spec.dependencies.items()
        if port.slot
    }


def _sources(names: PipelineSpec | None) -> dict[str, str]:
    if names is None:
        return {}
    outputs = [Port(step, name) for step, body in names.steps.items() for name in body.spec.outputs]
    found = {}
    for port in (*outputs, *(Port(INPUTS, name) for name in names.inputs)):
        output = names.output(port)
        if output and (output.property_path or port.step == INPUTS):
            found[PropertyReference(port.step, output).to_sagemaker_property()["Get"]] = str(port)
    return found
