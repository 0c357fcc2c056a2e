"""Where the values of a text stand: a tree of nodes with their offsets, aliases and merges kept apart.

The text has been read by `source` before: whatever that refuses is not looked for again.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from .scalars import read_scalar
from .source import LOADER, NOT_IN_YAML, SURROGATES

_GAP = re.compile(r"(?:[ \t\r\n\x85\u2028\u2029]|#[^\r\n\x85\u2028\u2029]*)*")
"""What may stand between two tokens: white space and comments."""
_PROPERTY = re.compile(r"[&!]\S*")
_LAST_BREAK = re.compile("(?:\r\n|[\r\n\x85\u2028\u2029])\\Z")
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


@dataclass(eq=False)
class TextNode:
    """A value in a text, from `start` (its anchor, if it has one) to `end`.

    `form` is dict, list, or None for a scalar; `flow` tells brackets from block style. An alias has the node
    that it stands for as `target`; `anchored` tells whether aliases stand for this one. `merged` are the
    nodes that a mapping has by `<<` and not by itself.
    """

    start: int
    end: int
    leaf: Any = None
    form: type | None = None
    flow: bool = False
    entries: tuple[TextEntry, ...] = ()
    target: TextNode | None = None
    anchored: bool = False
    merged: Mapping[str | int, TextNode] = field(default_factory=dict)

    def inner(self) -> Mapping[str | int, TextNode]:
        """Return what a mapping has by key, merged or its own, or a list by index; through an alias."""
        if self.target:
            return self.target.inner()
        return {**self.merged, **{entry.key: entry.value for entry in self.entries if not entry.merges}}

    @property
    def content(self) -> TextNode:
        """The node itself, or the one an alias stands for."""
        return self.target.content if self.target else self

    def data(self) -> Any:
        """Return the plain value."""
        node = self.content
        if node.form is dict:
            return {key: item.data() for key, item in node.inner().items()}
        return [entry.value.data() for entry in node.entries] if node.form is list else node.leaf


@dataclass(eq=False)
class TextEntry:
    """A key with its value, or an item of a list.

    `start` is where the key, its `?`, the `-` or, in brackets, the item starts; the value follows `mark`, the
    end of the colon (`bare`: of the key, there being no colon) or of the dash.
    """

    start: int
    key: str | int
    mark: int
    value: TextNode
    bare: bool = False
    merges: bool = False

    @property
    def end(self) -> int:
        """Where the value ends."""
        return self.value.end


def after_gap(text: str, offset: int) -> int:
    """Return where the next token starts."""
    match = _GAP.match(text, offset)
    return match.end() if match else offset


def line_end(text: str, offset: int) -> int:
    """Return where the line of an offset ends, before its line break."""
    match = _LINE_END.search(text, offset)
    return match.start() if match else len(text)


def next_line(text: str, offset: int) -> int:
    """Return where the line after that of an offset starts."""
    match = _LINE_END.search(text, offset)
    return match.end() if match else len(text)


def line_start(text: str, offset: int) -> int:
    """Return where the line of an offset starts."""
    return max(text.rfind(end, 0, offset) for end in "\n\r\x85\u2028\u2029") + 1


def line_above(text: str, offset: int) -> int:
    """Return where the line before that starts which starts at an offset."""
    return line_start(text, offset - (2 if text.endswith("\r\n", 0, offset) else 1))


def compose(text: str, file: str) -> TextNode:
    """Return the node of a whole text that `parse_source` reads."""
    pieces, offsets = [text], [(0, 0)]
    if file.endswith(".json"):
        pieces, offsets = _as_yaml(text)
    composer = _Composer(text, [at for at, _ in offsets], [shift for _, shift in offsets])
    for event in (events := yaml.parse("".join(pieces), Loader=LOADER)):
        if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            return composer.value(event, events)
    raise AssertionError("a text without a value has been read")


def _as_yaml(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Write JSON so that YAML can read it; also return from where on offsets are shifted, and by how much."""
    pieces, offsets, done, shift = [], [(0, 0)], 0, 0
    for match in re.finditer(f"{SURROGATES.pattern}|{NOT_IN_YAML.pattern}", text):
        found = match[0]
        readable = f"\\u{ord(found):04x}" if len(found) == 1 else json.loads(f'"{found}"')
        pieces += [text[done : match.start()], readable]
        shift += len(found) - len(readable)
        offsets.append((match.end() - shift, shift))
        done = match.end()
    return [*pieces, text[done:]], offsets


@dataclass
class _Composer:
    text: str
    places: list[int]
    shifts: list[int]
    anchors: dict[str, TextNode] = field(default_factory=dict)

    def at(self, mark: Any) -> int:
        return int(mark.index + self.shifts[bisect_right(self.places, mark.index) - 1])

    def value(self, event: yaml.Event, events: Iterator[yaml.Event]) -> TextNode:
        start, end = self.at(event.start_mark), self.at(event.end_mark)
        if isinstance(event, yaml.AliasEvent):
            target = self.anchors[str(event.anchor)]
            target.anchored = True
            return TextNode(start, end, target=target)
        node = TextNode(start, end)
        if isinstance(event, yaml.ScalarEvent):
            node.leaf = read_scalar(event)
            if event.style in ("|", ">"):
                node.end = self._block_scalar_end(start, end)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            node.flow = bool(event.flow_style)
            self._collection(node, isinstance(event, yaml.MappingStartEvent), events)
        if anchor := getattr(event, "anchor", None):
            self.anchors[anchor] = node
        return node

    def _block_scalar_end(self, start: int, end: int) -> int:
        """Leave the last line break out, and empty lines after the scalar that are no part of it (`|+`)."""
        header = line_end(self.text, start)
        text = self.text[header:end]
        kept = "+" in self.text[start:header].partition("#")[0]
        return header + len(_LAST_BREAK.sub("", text) if kept else text.rstrip())

    def _collection(self, node: TextNode, is_mapping: bool, events: Iterator[yaml.Event]) -> None:
        node.form = dict if is_mapping else list
        place = node.start
        while match := _PROPERTY.match(self.text, place):
            place = after_gap(self.text, match.end())
        if node.flow and self.text[place] in "[{":  # [a: b] holds a mapping without brackets
            place += 1
        entries: list[TextEntry] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent | yaml.MappingEndEvent):
            place = after_gap(self.text, place)
            if node.flow and entries and self.text[place] == ",":
                place = after_gap(self.text, place + 1)
            entries.append(
                self._pair(place, event, events)
                if is_mapping
                else self._item(place, len(entries), event, events, node.flow)
            )
            place = entries[-1].end
        node.entries = tuple(entries)
        node.merged = _merged(node.entries)
        node.end = self.at(event.end_mark) if node.flow else place

    def _pair(self, start: int, event: Any, events: Iterator[yaml.Event]) -> TextEntry:
        key_end = self.at(event.end_mark)
        colon = after_gap(self.text, key_end)
        bare = self.text[colon : colon + 1] != ":"
        mark = key_end if bare else colon + 1
        merges = event.value == "<<" and bool(event.implicit[0])
        return TextEntry(start, event.value, mark, self._at_mark(mark, events), bare, merges)

    def _item(
        self, start: int, index: int, event: yaml.Event, events: Iterator[yaml.Event], flow: bool
    ) -> TextEntry:
        mark = start if flow else start + 1
        node = self.value(event, events)
        if not flow and node.start == node.end:
            node.start = node.end = mark
        return TextEntry(start, index, mark, node)

    def _at_mark(self, mark: int, events: Iterator[yaml.Event]) -> TextNode:
        """Read a value; one that is not there stands at the mark."""
        node = self.value(next(events), events)
        if node.start == node.end:
            node.start = node.end = mark
        return node


def _merged(entries: tuple[TextEntry, ...]) -> dict[str | int, TextNode]:
    """Return what a mapping takes by `<<`: the first of several wins, and its own keys win over all."""
    merged: dict[str | int, TextNode] = {}
    for source in [entry.value.content for entry in entries if entry.merges]:
        for part in [source] if source.form is dict else [item.value for item in source.entries]:
            merged = {**part.inner(), **merged}
    own = {entry.key for entry in entries if not entry.merges}
    return {key: node for key, node in merged.items() if key not in own}
