"""Completes the API requests of each kind of step with what every such request needs.

Each function takes the request as the user wrote it, with the references in their slots, and fills in only
what is not there. What has the wrong form stays as it is: validation reports it. Source of names and required
members: the Create* operations of the SageMaker API.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from ...definitions.expressions import is_expression
from ...specs import StepSpecification
from ...specs.pipeline import Step
from ..code import StepCode
from ..settings import Settings

Request = dict[str, Any]


class RequestError(ValueError):
    """A request that contradicts the rest of its step; its text says how."""


@dataclass(frozen=True)
class RequestContext:
    """What is known of a step when its request is completed."""

    pipeline: str
    name: str
    step: Step
    settings: Settings
    code: StepCode | None

    @property
    def spec(self) -> StepSpecification:
        """The step's specification."""
        return self.step.spec

    def output_uri(self, *parts: str) -> Any:
        """Write where this execution's outputs of the step go."""
        execution = {"Get": "Execution.PipelineExecutionId"}
        return self.settings.uri(self.pipeline, execution, self.name, *parts)


def fill(target: Request, defaults: Mapping[str, Any]) -> Request:
    """Add defaults, nested structures included, to a request, keeping what stands there."""
    for key, value in defaults.items():
        if not isinstance(value, Mapping) or is_expression(value):
            target.setdefault(key, value)
        else:
            fill(within(target, key), value)
    return target


def add_texts(target: Request, key: str, values: Mapping[str, Any], word: str) -> None:
    """Add what the step says under `word` to a map of texts; raises RequestError where it stands already."""
    if not values:
        return
    there = target.setdefault(key, {})
    if not is_plain(there):
        raise RequestError(f"'{word}' cannot be added to its {key}, which is no mapping")
    for name, value in values.items():
        if as_text(there.setdefault(name, as_text(value))) != as_text(value):
            raise RequestError(f"'{name}' under '{word}' stands in its {key} already, with another value")


def within(request: Request, key: str) -> Request:
    """Return the mapping at a key, made when missing; one that leads nowhere when something else is there."""
    there = request.setdefault(key, {})
    return there if is_plain(there) else {}


def items_of(request: Request, key: str) -> list[Request]:
    """List the mappings in the list at a key; none when something else is there."""
    there = request.get(key)
    return [item for item in there if is_plain(item)] if isinstance(there, list) else []


def is_plain(value: Any) -> TypeGuard[Request]:
    """Tell whether a value is a mapping of members, not an expression that stands for one."""
    return isinstance(value, dict) and not is_expression(value)


def check_names(items: Iterable[Request], field: str) -> None:
    names = Counter(name for item in items if isinstance(name := item.get(field), str))
    for name, count in names.items():
        if count > 1:
            raise RequestError(f"{field} '{name}' is given {count} times")


def as_text(value: Any) -> Any:
    """Write a literal as the text that a container receives; expressions stay."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else value
