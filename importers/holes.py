"""The places of a step at which it takes something from others, and the step without what stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..problems.problem import Location
from ..specs.expressions import is_expression, parse_get
from ..specs.paths import Index, Key, Member, PathError, Selector, Token, parse_slot, path_to_text

_NAMED_BY = ("ChannelName", "InputName", "OutputName")


@dataclass(frozen=True)
class Hole:
    """A place of a step at which a reference stands whole: `slot` is how a document writes the place.

    `source` is the step referred to, and empty for a parameter; `path` the property, or the parameter's name.
    `json_path` is where in a property file the value stands. `before` is the text before it in a list.
    """

    location: Location
    slot: str
    source: str
    path: str
    json_path: str | None = None
    before: str = ""


def find_holes(value: Any) -> Iterator[Hole]:
    """Yield the references of a JSON value, in the order in which they stand."""
    yield from _walk(value, (), ())


def _walk(value: Any, location: Location, way: tuple[Token, ...], before: str = "") -> Iterator[Hole]:
    found = _referred(value)
    if found is not None:
        slot = _slot(way)
        if slot:
            yield Hole(location, slot, *found, before)
        return
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _walk(item, (*location, key), (*way, _member(key)))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            last = value[index - 1] if index and isinstance(value[index - 1], str) else ""
            yield from _walk(item, (*location, index), (*way, _item(value, index)), last)


def _referred(value: Any) -> tuple[str, str, str | None] | None:
    match value:
        case {"Get": str(text)} if len(value) == 1:
            get = parse_get(text)
            if get is None or get.scope == "Execution" or get.path.startswith("PropertyFiles."):
                return None
            return (get.name, get.path, None) if get.scope == "Steps" else ("", get.name, None)
        case {"Std:JsonGet": {"PropertyFile": {"Get": str(text)}, "Path": str(path)} as read}:
            get = parse_get(text)
            is_plain = len(value) == 1 and len(read) == 2 and len(read["PropertyFile"]) == 1
            if is_plain and get and get.path.startswith("PropertyFiles."):
                return get.name, get.path, path
    return None


def _member(key: str) -> Token:
    try:
        return Member(key) if parse_slot(key) == (Member(key),) else Key(key)
    except PathError:
        return Key(key)


def _item(items: Any, index: int) -> Token:
    item = items[index]
    for field in _NAMED_BY if isinstance(item, Mapping) and not is_expression(item) else ():
        name = item.get(field)
        same = [other for other in items if isinstance(other, Mapping) and other.get(field) == name]
        if isinstance(name, str) and len(same) == 1:
            return Selector(field, name)
    return Index(index)


def _slot(way: tuple[Token, ...]) -> str:
    """Write a way as a slot; empty where it cannot be written so that it is read as the same."""
    text = path_to_text(way)
    try:
        return text if parse_slot(text) == way else ""
    except PathError:
        return ""


def without_locations(value: Any, locations: Iterator[Location] | list[Location]) -> Any:
    """Copy a JSON value without what stands at some locations: no member, and null for an item of a list."""
    holes = set(locations)
    return _without(value, (), holes) if holes else value


def _without(value: Any, location: Location, holes: set[Location]) -> Any:
    if isinstance(value, Mapping):
        return {
            key: _without(item, (*location, key), holes)
            for key, item in value.items()
            if (*location, key) not in holes
        }
    if isinstance(value, list | tuple):
        return [
            None if (*location, index) in holes else _without(item, (*location, index), holes)
            for index, item in enumerate(value)
        ]
    return value
