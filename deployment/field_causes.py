"""What made a field of a request other than it is deployed: a binding, code, or a part of the document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..comparison.definition_state import state_of_definition
from ..comparison.difference import compare
from ..comparison.fields import FieldChange
from ..comparison.notices import BindingChange
from ..emitters.settings import is_setting
from ..specs import PipelineSpec, Port
from ..specs.step import Step

_CODE = re.compile(r"(?:^|/)code/[^/]+/[0-9a-f]{16}(?:/|$)")
"""The part of a URI that changes with the content of code."""

_SETTINGS: Mapping[str, str] = {
    "RoleArn": "role",
    "ExecutionRoleArn": "role",
    "ImageUri": "image",
    "TrainingImage": "image",
    "Image": "image",
    "InstanceType": "instance",
    "InstanceCount": "instance_count",
    "VolumeSizeInGB": "volume_gb",
    "MaxRuntimeInSeconds": "max_seconds",
}
"""Members that short settings of a document become."""

_SAID: Mapping[str, str] = {
    "HyperParameters": "arguments of the step",
    "ContainerArguments": "arguments of the step",
    "Environment": "env of the step",
    "DependsOn": "order or edges",
    "within": "branches",
    "PropertyFiles": "outputs of the step",
}
"""Members that other parts of a document become."""


@dataclass(frozen=True)
class Causes:
    """Knows the bindings that differ between what is deployed and what should be, and the document."""

    bindings: Mapping[tuple[str, str], BindingChange]
    document: PipelineSpec | None

    @classmethod
    def between(
        cls, before: Mapping[str, Any], after: Mapping[str, Any], document: PipelineSpec | None
    ) -> Causes:
        """Compare the bindings of two definitions, called as in the document. Raises DefinitionError."""
        left = state_of_definition("deployed", before, document)
        right = replace(state_of_definition("document", after, document), pipeline=document)
        found: dict[tuple[str, str], BindingChange] = {}
        for item in compare(left, right).bindings:
            port = Port.parse(item.dependency)
            dependency = document.dependency(port) if document else None
            slot = dependency.slot if dependency and dependency.slot else port.name
            found[port.step, slot] = item
        return cls(found, document)

    def of(self, change: FieldChange) -> str:
        """Say what made a field of a step differ; empty where nothing tells."""
        place = change.place.removeprefix("Arguments.")
        for (step, slot), binding in self.bindings.items():
            if step == change.subject.name and (place.startswith(slot) or slot.startswith(f"{place}.")):
                return _say_binding(binding)
        if any(isinstance(value, str) and _CODE.search(value) for value in (change.before, change.after)):
            code = self._code(change.subject.name)
            return f"the code {code} changed" if code else "the code changed"
        return self._said(change.subject.name, place)

    def _step(self, name: str) -> Step | None:
        return self.document.steps.get(name) if self.document else None

    def _code(self, step: str) -> str:
        found = self._step(step)
        return (found.code or "") if found else ""

    def _said(self, step: str, place: str) -> str:
        """Name the part of the document that becomes what stands at a place."""
        parts = [re.sub(r"\[.*", "", part) for part in place.split(".")]
        found = self._step(step)
        if found is None:
            return ""
        if parts[0] in found.request:
            return _say_key(f"request.{parts[0]} of the step")
        for part in parts:
            if part == "ContainerArguments" and found.function:
                return _say_key("function, arguments or dependencies of the step")
            if part in _SAID:
                return _say_key(_SAID[part])
        setting = _SETTINGS.get(parts[-1])
        if setting and is_setting(setting):
            return _say_key(f"request.{setting}{' of the step' if setting in found.request else ''}")
        return ""


def _say_key(key: str) -> str:
    return f"the document says so under {key}"


def _say_binding(binding: BindingChange) -> str:
    took = binding.before.source if binding.before else "nothing"
    takes = binding.after.source if binding.after else "nothing"
    reason = f": {binding.reason}" if binding.reason else ""
    return f"{binding.dependency} takes {takes} instead of {took}{reason}"
