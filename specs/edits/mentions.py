"""Where a document speaks of steps and ports, and which of its lists are sets; its model is marked so."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from ..expressions import is_expression, parse_get
from ..marks import Mark
from ..pipeline import PipelineSpec
from ..port import INPUTS, Port

_ROLES = frozenset((Mark.STEP, Mark.DEPENDENCY, Mark.SOURCE, Mark.STEP_OR_SOURCE))


class Mention(NamedTuple):
    """A place that speaks of a step, or of a port by its address."""

    role: Mark
    address: str

    @property
    def port(self) -> Port:
        """The port, whose name is empty where a step is meant."""
        return Port(self.address, "") if self.role is Mark.STEP else Port.parse(self.address)

    @property
    def step(self) -> str:
        """The step that is spoken of; empty for an input."""
        return "" if self.port.step == INPUTS and self.port.name else self.port.step


MentionEdit = Callable[[Mention], str | None]
"""What to say instead of a mention; None takes it out, with the item that says nothing without it."""


@dataclass(frozen=True)
class DocumentShape:
    """What a value of a document is: its marks, and the shapes of what it holds."""

    marks: frozenset[Mark] = frozenset()
    fields: Mapping[str, DocumentShape] = field(default_factory=dict)
    keys: DocumentShape | None = None
    values: DocumentShape | None = None
    items: DocumentShape | None = None
    pair: tuple[DocumentShape, ...] = ()


@cache
def shape_of(annotation: Any) -> DocumentShape:
    """Read the shape of a model, or of the annotation of one of its fields."""
    arguments = get_args(annotation)
    if get_origin(annotation) is Annotated:
        inner, *metadata = arguments
        shape = shape_of(inner)
        return replace(shape, marks=shape.marks | {mark for mark in metadata if isinstance(mark, Mark)})
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return DocumentShape(fields=dict(_fields(annotation)))
    if get_origin(annotation) is tuple and arguments[-1] is Ellipsis:
        return DocumentShape(items=shape_of(arguments[0]))
    if get_origin(annotation) is tuple:
        return DocumentShape(pair=tuple(map(shape_of, arguments)))
    if isinstance(get_origin(annotation), type) and issubclass(get_origin(annotation), Mapping):
        return DocumentShape(keys=shape_of(arguments[0]), values=shape_of(arguments[1]))
    return next((shape for shape in map(shape_of, arguments) if shape != DocumentShape()), DocumentShape())


def _fields(model: type[BaseModel]) -> list[tuple[str, DocumentShape]]:
    found: list[tuple[str, DocumentShape]] = []
    for name, info in model.model_fields.items():
        shape = shape_of(Annotated[(info.annotation, *info.metadata, None)])
        inside = Mark.INLINE in shape.marks
        found += shape.fields.items() if inside else [(str(info.validation_alias or name), shape)]
    return found


def without_order(data: Any, model: type[BaseModel] = PipelineSpec) -> Any:
    """Return the data of a document, or of another model, with every list that is a set sorted."""
    return _ordered(data, shape_of(model))


def _ordered(data: Any, shape: DocumentShape) -> Any:
    if isinstance(data, Mapping):
        if Mark.UNDER_IS in shape.marks and "is" in data:
            return {**data, "is": _ordered(data["is"], shape)}
        inner = shape.values or DocumentShape()
        return {key: _ordered(item, shape.fields.get(key, inner)) for key, item in data.items()}
    if not isinstance(data, list | tuple):
        return data
    items = [_ordered(item, shape.items or DocumentShape()) for item in data]
    return sorted(items, key=_text) if Mark.SET in shape.marks else items


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sets_of(model: type[BaseModel]) -> tuple[str, ...]:
    """Name the fields of a model that are sets."""
    return tuple(key for key, shape in shape_of(model).fields.items() if Mark.SET in shape.marks)


def changed_mentions(data: Mapping[str, Any], change: MentionEdit) -> dict[str, Any]:
    """Return the data of a document with all that it says of steps and ports changed.

    The names under which steps, ports and inputs are declared stay.
    """
    shapes, found = shape_of(PipelineSpec).fields, {}
    for section, item in data.items():
        shape = shapes.get(section, DocumentShape())
        if section == "steps":
            inner = shape.values or DocumentShape()
            found[section] = {name: _changed(step, inner, change, name) for name, step in item.items()}
        else:
            found[section] = _changed(item, shape, change, "")
    return found


_GONE = object()


def _changed(data: Any, shape: DocumentShape, change: MentionEdit, step: str) -> Any:
    """Copy what a step, or the document, says, with mentions changed; _GONE for what says nothing more."""
    if isinstance(data, str):
        return _changed_text(data, shape, change, step)
    if is_expression(data) and shape == DocumentShape():
        return _changed_reference(data, change, step)
    if isinstance(data, Mapping):
        return _changed_mapping(data, shape, change, step)
    if not isinstance(data, list | tuple):
        return data
    shapes = shape.pair or [shape.items or DocumentShape()] * len(data)
    items = [_changed(item, inner, change, step) for item, inner in zip(data, shapes, strict=False)]
    kept = [item for item in items if item is not _GONE]
    whole = bool(shape.pair) or Mark.GROUP in shape.marks
    return _GONE if whole and len(kept) < len(items) else kept


def _changed_text(text: str, shape: DocumentShape, change: MentionEdit, step: str) -> Any:
    if Mark.SIBLING in shape.marks:
        address = change(Mention(Mark.DEPENDENCY, str(Port(step, text))))
        return _GONE if address is None else Port.parse(address).name
    for role in shape.marks & _ROLES:
        address = change(Mention(role, text))
        return _GONE if address is None else address
    return text


def _changed_reference(data: Mapping[str, Any], change: MentionEdit, step: str) -> Any:
    """Copy an expression in a request; one that refers to a step that is gone stays, and checks tell it."""
    get = parse_get(data["Get"]) if isinstance(data.get("Get"), str) else None
    if get is None:
        return {key: _changed(item, DocumentShape(), change, step) for key, item in data.items()}
    name = change(Mention(Mark.STEP, get.name)) if get.scope == "Steps" else None
    return data if name is None else {"Get": f"{get.scope}.{name}.{get.path}"}


def _changed_mapping(data: Mapping[str, Any], shape: DocumentShape, change: MentionEdit, step: str) -> Any:
    found: dict[str, Any] = {}
    for key, item in data.items():
        inner = shape.fields.get(key, shape.values or DocumentShape())
        name = _changed(key, shape.keys or DocumentShape(), change, step)
        value = _changed(item, inner, change, step)
        if name is not _GONE and value is not _GONE:
            found[name] = value
    return _GONE if Mark.GROUP in shape.marks and len(found) < len(data) else found


def with_renamed_steps(data: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the data of a document with steps called otherwise, wherever it speaks of them."""

    def renamed(mention: Mention) -> str:
        port, name = mention.port, names.get(mention.step, "")
        return str(Port(name, port.name)) if name and port.name else name or mention.address

    found = changed_mentions(data, renamed)
    return {**found, "steps": {names.get(name, name): step for name, step in found["steps"].items()}}


def without_mentions_of_step(data: Mapping[str, Any], step: str) -> dict[str, Any]:
    """Return the data of a document without all that speaks of a step or of its ports."""
    return changed_mentions(data, lambda mention: None if mention.step == step else mention.address)


def without_mentions_of_port(data: Mapping[str, Any], port: Port, *, dependency: bool) -> dict[str, Any]:
    """Return the data of a document without all that speaks of a dependency, or of an output or input."""

    def kept(mention: Mention) -> str | None:
        told = (mention.role is Mark.DEPENDENCY) == dependency and mention.role is not Mark.STEP
        return None if told and mention.port == port else mention.address

    return changed_mentions(data, kept)
