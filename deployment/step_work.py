"""What a step's request says of its role and of the places in S3 that it reads and writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..definitions.steps import DefinedStep
from ..specs.expressions import iter_gets, parse_get

CHECKPOINTS = "CheckpointConfig"
"""What an attempt has written there, the next reads. Source: the developer guide, "Use checkpoints"."""

_OUTPUTS = frozenset(
    (CHECKPOINTS, "OutputDataConfig", "ProcessingOutputConfig", "S3OutputPath", "TransformOutput")
)
"""Members of a request under which stands what a step writes."""

_ROLES = ("RoleArn", "ExecutionRoleArn")


@dataclass(frozen=True)
class StepWork:
    """One step, with what is known of the values that it refers to."""

    step: DefinedStep
    steps: Mapping[str, DefinedStep]
    defaults: Mapping[str, Any]

    def role(self) -> str:
        """Return the role that the step's job works under; empty where it has none of its own."""
        found = next((item for key, item in _members(self.step.arguments) if key in _ROLES), None)
        return self.text(found)[0]

    def borrowed_role(self) -> str:
        """Return the role of a step whose work it takes: a transform works under that of its model."""
        gets = (parse_get(text) for _, text in iter_gets(self.step.arguments))
        names = [get.name for get in gets if get and get.scope == "Steps" and get.name in self.steps]
        roles = (StepWork(self.steps[name], self.steps, self.defaults).role() for name in names)
        return next(filter(None, roles), "")

    def text(self, value: Any) -> tuple[str, bool]:
        """Return what is known of a text from its start, and whether that is all of it."""
        match value:
            case str():
                return value, True
            case {"Get": str() as text}:
                return self._get(text)
            case {"Std:Join": {"On": str() as on, "Values": [*values]}}:
                return self._joined(on, values)
        return "", False

    def _get(self, text: str) -> tuple[str, bool]:
        get = parse_get(text)
        if get is not None and get.scope == "Parameters":
            return self.text(self.defaults.get(get.name))
        if get is not None and get.scope == "Steps" and get.name in self.steps:
            return StepWork(self.steps[get.name], self.steps, self.defaults).output(get.path), False
        return "", False

    def output(self, path: str) -> str:
        """Return what is known of the URI that a property of the step has."""
        outputs = [(place, uri) for place, uri in uris_of(self.step.arguments, ()) if is_output(place)]
        named = [uri for place, uri in outputs if ".".join(map(str, place)) == path] or [
            uri for place, uri in outputs if any(f"'{part}'" in path for part in place)
        ]
        texts = [self.text(uri)[0] for uri in named or [uri for _, uri in outputs]]
        return texts[0] if len(texts) == 1 else ""

    def _joined(self, on: str, values: list[Any]) -> tuple[str, bool]:
        known = ""
        for index, value in enumerate(values):
            text, whole = self.text(value)
            known += f"{on if index else ''}{text}"
            if not whole:
                return known, False
        return known, True


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield every member of a request, at any depth."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key), item
            yield from _members(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _members(item)


def uris_of(value: Any, place: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield what stands where S3 URIs do, with its place; items of lists are known by their names."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            name = str(key)
            if name.endswith(("S3Uri", "S3OutputPath", "S3DataSource", "DataUrl")) and not (
                isinstance(item, Mapping) and "S3Uri" in item
            ):
                yield (*place, name), item
            else:
                yield from uris_of(item, (*place, name))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            names = (item.get("OutputName"), item.get("InputName")) if isinstance(item, Mapping) else ()
            yield from uris_of(item, (*place, next(filter(None, names), index)))


def is_output(place: tuple[Any, ...]) -> bool:
    return not _OUTPUTS.isdisjoint(map(str, place))
