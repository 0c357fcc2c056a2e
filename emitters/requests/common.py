"""What completes the API requests of several kinds of steps.

Each function takes the request as the user wrote it, with the references in their slots, and fills in only
what is not there. What has the wrong form stays as it is: validation reports it. Source of names and required
members: the Create* operations of the SageMaker API.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from ...problems.codes import Code
from ...specs import StepSpecification
from ...specs.expressions import is_expression
from ...specs.kinds.catalogue import find_kind
from ...specs.step import Step
from ..code import StepCode
from ..settings import Settings

Request = dict[str, Any]
_PROCESSING = "ProcessingJob"


class RequestError(ValueError):
    """A request that cannot be completed; its text says why, `hint` what to do."""

    def __init__(self, message: str, hint: str = "keep one", code: Code = Code.NO_PLACE) -> None:
        super().__init__(message)
        self.hint, self.code = hint, code


def _never(_: Mapping[str, Any]) -> bool:
    return False


@dataclass(frozen=True)
class RequestContext:
    """What is known of a step when its request is completed.

    `beside` is what stands beside its Arguments, to be completed too. `is_number` tells of an expression
    whether its value may be no text. `is_taken` tells that another step takes something of it, `is_repeated`
    that it runs for each item of a loop. `passed` is how what its dependencies have become is handed to the
    function that it calls, by their names.
    """

    pipeline: str
    name: str
    step: Step
    settings: Settings
    code: StepCode | None
    beside: Request = field(default_factory=dict)
    is_number: Callable[[Mapping[str, Any]], bool] = _never
    is_taken: bool = False
    is_repeated: bool = False
    passed: dict[str, str] = field(default_factory=dict)

    @property
    def spec(self) -> StepSpecification:
        """The step's specification."""
        return self.step.spec

    def output_uri(self, *parts: str) -> Any:
        """Write where this execution's outputs of the step go; it ends in `/`, since S3 matches prefixes.

        The iterations of a loop run at once: the outputs of each processing job lie apart. Jobs that train
        make folders of their own.
        """
        execution = {"Get": "Execution.PipelineExecutionId"}
        kind = find_kind(self.spec.kind)
        is_shared = self.is_repeated and _PROCESSING in (kind.resource, kind.requested)
        own = [{"Get": f"Execution.{_PROCESSING}Name"}] if is_shared else []
        return self.settings.uri(self.pipeline, execution, self.name, *own, *parts, "")

    def as_text(self, value: Any) -> Any:
        """Write a value as the text that a container receives."""
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int | float):
            return str(value)
        return to_text_expression(value) if is_expression(value) and self.is_number(value) else value

    def add_texts(self, target: Request, key: str, values: Mapping[str, Any], word: str) -> None:
        """Add what the step says under `word` to a map of texts.

        Raises RequestError where it stands there already, with another value.
        """
        if not values:
            return
        there = target.setdefault(key, {})
        if not is_plain(there):
            raise RequestError(f"'{word}' cannot be added to its {key}, which is no mapping")
        for name, value in values.items():
            if self.as_text(there.setdefault(name, self.as_text(value))) != self.as_text(value):
                raise RequestError(f"'{name}' under '{word}' stands in its {key} already, with another value")


def to_text_expression(expression: Mapping[str, Any]) -> dict[str, Any]:
    """Write an expression whose value may be a number as one whose value is a text."""
    return {"Std:Join": {"On": "", "Values": [expression]}}


def fill(target: Request, defaults: Mapping[str, Any]) -> Request:
    """Add defaults, nested structures included, to a request, keeping what stands there."""
    for key, value in defaults.items():
        if not isinstance(value, Mapping) or is_expression(value):
            target.setdefault(key, value)
        else:
            fill(within(target, key), value)
    return target


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
    """Raise RequestError where two items of a list have one name."""
    names = Counter(name for item in items if isinstance(name := item.get(field), str))
    for name, count in names.items():
        if count > 1:
            raise RequestError(f"{field} '{name}' is given {count} times")


def add_tags(job: RequestContext, request: Request) -> None:
    """Add the tags that the settings give every resource."""
    tags = job.settings["tags"]
    if isinstance(tags, Mapping) and tags:
        request.setdefault("Tags", [{"Key": key, "Value": job.as_text(tags[key])} for key in tags])


def add_network(job: RequestContext, request: Request, member: str = "") -> None:
    """Add the network that the settings give every job, at a member of the request or at its top."""
    network = job.settings["network"]
    if not isinstance(network, Mapping) or not network:
        return
    target = within(request, member) if member else request
    addresses = {
        name: list(network[key])
        for name, key in (("SecurityGroupIds", "security_groups"), ("Subnets", "subnets"))
        if isinstance(network.get(key), list | tuple)
    }
    if addresses:
        fill(target, {"VpcConfig": addresses})
    if "isolation" in network:
        target.setdefault("EnableNetworkIsolation", network["isolation"])
