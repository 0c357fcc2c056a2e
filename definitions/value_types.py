"""What the references of a definition yield: a text, a number, true or false."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..specs.expressions import parse_get
from .api_paths import property_shape
from .api_shapes import CONTAINER_WORDS
from .api_values import NUMBER, TEXT, TRUTH, WHOLE, wanted
from .steps import DefinedStep, Definition

_PARAMETERS: Mapping[str, str] = {"String": TEXT, "Integer": WHOLE, "Float": NUMBER, "Boolean": TRUTH}
# What a Lambda or Callback declares. "String" says nothing: public pipelines compare it with numbers.
_OUTPUTS: Mapping[str, str] = {"Integer": WHOLE, "Float": NUMBER, "Boolean": TRUTH}


class ValueTypes:
    """The types of what the steps and parameters of a definition yield."""

    def __init__(self, definition: Definition) -> None:
        self._kinds = {step.name: step.kind for step in definition.steps}
        self._declared = {step.name: dict(_declared(step)) for step in definition.steps}
        self._parameters = {item.name: _PARAMETERS[item.type] for item in definition.parameters}

    def of(self, expression: Mapping[str, Any]) -> str | None:
        """Say what an expression yields, in words; None when it is not known.

        What Std:JsonGet reads out of a file may be anything.
        """
        match expression:
            case {"Std:Join": _}:
                return TEXT
            case {"Get": str(text)}:
                get = parse_get(text)
                if get is None:
                    return None
                if get.scope == "Parameters":
                    return self._parameters.get(get.name)
                return TEXT if get.scope == "Execution" else self._of_property(get.name, get.path)
        return None

    def _of_property(self, step: str, path: str) -> str | None:
        if path in self._declared.get(step, {}):
            return self._declared[step][path]
        shape = property_shape(self._kinds.get(step, ""), path)
        # Times are told as numbers by some services and as texts by others.
        known = shape is not None and shape.type not in CONTAINER_WORDS and shape.type != "timestamp"
        return wanted(shape) if shape and known else None


def _declared(step: DefinedStep) -> Iterator[tuple[str, str | None]]:
    """Yield the property paths of the outputs that a step declares by name, with their types."""
    outputs = step.body.get("OutputParameters")
    for item in outputs if isinstance(outputs, list | tuple) else ():
        match item:
            case {"OutputName": str(name), "OutputType": str(type)}:
                yield f"OutputParameters['{name}']", _OUTPUTS.get(type)
