"""Builds plain values from the events of a YAML parser, with the place of each, within limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

import yaml

from ...problems.codes import Code
from ...problems.errors import DocumentError
from ...problems.problem import Location, Position, Problem
from .limits import MAX_ALIAS_VALUES, MAX_VALUES
from .scalars import read_scalar


def too_deep(where: Position, depth: int) -> Problem:
    """Say that a text is nested more than `depth` levels deep."""
    return Problem(Code.TOO_LARGE, f"the document is nested more than {depth} levels deep", where)


class EventReader:
    """Builds plain values from YAML events, noting where each stands."""

    def __init__(self, file: str, depth: int) -> None:
        self.file = file
        self._depth = depth
        self.keys: dict[Location, Position] = {}
        self.values: dict[Location, Position] = {}
        self.problems: list[Problem] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._count = 0
        self._aliased = 0
        self._end = (1, 1)

    def document(self, events: Iterator[yaml.Event]) -> Any:
        """Return the value of the one document; raises DocumentError for a second, and beyond the limits."""
        data: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop(Code.UNREADABLE, "the file holds more than one document", event)
            elif not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                data = self._value(event, events, (), 0)
        return data

    def _position(self, event: yaml.Event) -> Position:
        """Return the place from the start of an event to the end of what was read last."""
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Position(self.file, line, column, self._end if self._end > (line, column) else None)

    def _note_end(self, event: yaml.Event) -> None:
        """Remember where what was read last ended: a block ends where its last item does.

        The event that ends a block has no width, and comes only after the blank lines and comments below it.
        """
        start, end = event.start_mark, event.end_mark
        if start and end and end.index > start.index:
            self._end = (end.line + 1, end.column + 1)

    def _stop(self, code: Code, message: str, event: yaml.Event) -> NoReturn:
        raise DocumentError([*self.problems, Problem(code, message, self._position(event))])

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], location: Location, depth: int) -> Any:
        self._count += 1
        if depth > self._depth:
            raise DocumentError([*self.problems, too_deep(self._position(event), self._depth)])
        if self._count > MAX_VALUES:
            self._stop(Code.TOO_LARGE, f"the document holds more than {MAX_VALUES:,} values", event)
        before = self._count
        self._note_end(event)
        match event:
            case yaml.AliasEvent(anchor=anchor):
                self.values[location] = self._position(event)
                return self._alias(event, str(anchor))
            case yaml.ScalarEvent(tag=tag, anchor=anchor):
                value = read_scalar(event)
            case yaml.SequenceStartEvent(tag=tag, anchor=anchor):
                value = self._sequence(events, location, depth)
            case yaml.MappingStartEvent(tag=tag, anchor=anchor):
                value = self._mapping(events, location, depth)
            case _:
                raise AssertionError(f"libyaml announced a value and sent {event}")
        if tag not in (None, "!"):
            self._stop(Code.UNREADABLE, f"tags are not read: {tag!r}", event)
        if anchor:
            self._anchors[anchor] = (value, self._count - before + 1)
        self.values[location] = self._position(event)
        return value

    def _alias(self, event: yaml.AliasEvent, anchor: str) -> Any:
        if anchor not in self._anchors:
            self._stop(Code.UNREADABLE, f"the alias *{anchor} names no value before it", event)
        value, size = self._anchors[anchor]
        self._aliased += size
        self._count += size
        if self._aliased > MAX_ALIAS_VALUES:
            self._stop(Code.TOO_LARGE, f"aliases stand for more than {MAX_ALIAS_VALUES:,} values", event)
        return value

    def _sequence(self, events: Iterator[yaml.Event], location: Location, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, (*location, len(items)), depth + 1))
        self._note_end(event)
        return items

    def _mapping(self, events: Iterator[yaml.Event], location: Location, depth: int) -> dict[str, Any]:
        own: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._stop(Code.UNREADABLE, "a key is expected to be a name", event)
            key: str = event.value
            place = (*location, key)
            self._note_end(event)
            where = self._position(event)
            value_event = next(events)
            if key == "<<" and event.implicit[0]:
                merged = {**self._merge(self._value(value_event, events, place, depth + 1), event), **merged}
                continue
            if key in own:
                first = self.keys[place]
                message, hint = f"the key {key!r} is given twice", f"first on line {first.line}"
                related = ((first, "given here first"),)
                self.problems.append(Problem(Code.DUPLICATE_KEY, message, where, hint, related))
            else:
                self.keys[place] = where
            own[key] = self._value(value_event, events, place, depth + 1)
        self._note_end(event)
        return {**merged, **own}

    def _merge(self, value: Any, event: yaml.Event) -> dict[str, Any]:
        parts = value if isinstance(value, list) else [value]
        if not all(isinstance(part, dict) for part in parts):
            self._stop(Code.UNREADABLE, "<< takes a mapping, or a list of mappings", event)
        return {key: item for part in reversed(parts) for key, item in part.items()}
