"""Steps and pipelines that are emitted as they are said, with nothing completed: those that were imported."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..specs import DependencySpec, DependencyType, PropertyReference
from ..specs.kinds.kind import StepKind
from .placing import SlotError, place
from .settings import is_beside

_ORDERED = ("Parameters", "Steps")


@dataclass(frozen=True)
class VerbatimStep:
    """A step that is emitted as it is said: `body` are its members beside name and type.

    A request that has `Arguments` is the whole body, and slots are places in that. Any other is the
    Arguments, less what stands beside them by its name.
    """

    kind: StepKind
    body: dict[str, Any]
    is_whole: bool

    @classmethod
    def of(cls, request: Mapping[str, Any], kind: StepKind) -> VerbatimStep:
        """Read a request; `Arguments: null` stands for a step without them."""
        said = copy.deepcopy(dict(request))
        if "Arguments" in said:
            body = {key: item for key, item in said.items() if item is not None or key != "Arguments"}
            return cls(kind, body, is_whole=True)
        beside = {key: said.pop(key) for key in tuple(said) if _stands_beside(key, kind)}
        return cls(kind, {"Arguments": said, **beside}, is_whole=False)

    def put(self, dependency: DependencySpec, reference: PropertyReference) -> None:
        """Put a reference at its slot, as it is; raises SlotError when something else stands there."""
        if dependency.slot is None:
            raise SlotError("it has no slot")
        slot = dependency.slot
        target = self.body
        if not self.is_whole:
            slot = slot.removeprefix("Arguments.")
            first = re.split(r"[.\[]", slot)[0]
            target = self.body if _stands_beside(first, self.kind) else self.body["Arguments"]
        place(target, slot, _value(dependency, reference), inside_expressions=True)


def _value(dependency: DependencySpec, reference: PropertyReference) -> Mapping[str, Any]:
    expression = reference.to_sagemaker_property()
    if reference.output_spec.output_type != DependencyType.PROPERTY_FILE or dependency.json_path is None:
        return expression
    return {"Std:JsonGet": {"PropertyFile": expression, "Path": dependency.json_path}}


def _stands_beside(key: str, kind: StepKind) -> bool:
    return key == "DependsOn" or is_beside(key, kind.beside)


def top_level(
    said: Mapping[str, Any], parameters: Iterable[dict[str, Any]], steps: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    """Write the members of a definition beside its version: as `said`, where a document says them.

    In what is said, Parameters and Steps are the names in their order; a parameter may also be written out.
    """
    declared = {item["Name"]: item for item in parameters}
    listed = said.get("Parameters", ())
    entries = [item if isinstance(item, Mapping) else declared.get(item) for item in listed]
    named = {item["Name"] for item in entries if item}
    entries += [item for name, item in declared.items() if name not in named]
    given = {key: value for key, value in said.items() if key not in _ORDERED}
    optional = {"Parameters": [item for item in entries if item]} if entries or "Parameters" in said else {}
    return {**given, **optional, "Steps": sort_steps(steps, said)}


def sort_steps(steps: Iterable[dict[str, Any]], said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Sort steps as a document says that they stand; those of which it says nothing come after."""
    order = {name: place for place, name in enumerate(said.get("Steps", ()))}
    return sorted(steps, key=lambda step: order.get(step["Name"], len(order)))
