"""How new values are written into a text: in the style that the text has already."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ...problems.errors import DocumentError
from .nodes import TextEntry, TextNode, line_start
from .source import NOT_IN_YAML, parse_source

MAX_INLINE = 80
"""The most characters of a new mapping that is written on one line because the others are."""
_LINE_BREAK = re.compile("\r\n|[\r\n]")


@dataclass(frozen=True)
class Style:
    """What is constant over a text: its line break, indentation, and how JSON or YAML lists look in it.

    `dash` is how far the items of a list are indented under its key; `colon` and `comma` stand between what
    is on one line; `open_lists` tells whether lists of scalars are written an item a line.
    """

    is_json: bool
    line_break: str
    indent: str
    dash: str
    colon: str
    comma: str
    open_lists: bool

    def is_open(self, node: TextNode, text: str) -> bool:
        """Tell whether a value has its entries on lines of their own: block style, or JSON indented."""
        return not node.flow or (self.is_json and "\n" in text[node.start : node.end])

    def opens(self, data: Any, siblings: Sequence[TextNode], text: str) -> bool:
        """Tell whether a new value among others is to have its entries on lines of their own."""
        if not isinstance(data, dict | list) or not data:
            return False
        like = [self.is_open(node, text) for node in siblings if node.form is type(data) and node.entries]
        if _is_leaf(data):
            return all(like) if like else self.open_lists
        return any(like) or not like or isinstance(data, list) or len(self.inline(data)) > MAX_INLINE

    def inline(self, data: Any) -> str:
        """Write a value on one line, in brackets where it is a collection."""
        if isinstance(data, dict):
            pairs = (
                f"{self._scalar(key, key=True)}{self.colon}{self.inline(item)}" for key, item in data.items()
            )
            return f"{{{self.comma.join(pairs)}}}"
        if isinstance(data, list | tuple):
            return f"[{self.comma.join(map(self.inline, data))}]"
        return self._scalar(data)

    def value(self, data: Any) -> str:
        """Write a value on one line, for block style around it."""
        return self.inline(data) if isinstance(data, dict | list) else self._scalar(data, block=True)

    def pair(self, key: str, data: Any, *, opened: bool, flow: bool) -> list[str]:
        """Write a key with its value as lines, the first without indentation."""
        if not opened:
            value = f"{self.colon}{self.inline(data)}" if flow else f": {self.value(data)}"
            return [f"{self._scalar(key, key=True, block=not flow)}{value}"]
        if self.is_json:
            return _prefixed(f"{self._scalar(key, key=True)}{self.colon}", self.opened(data))
        indent = self.indent if isinstance(data, dict) else self.dash
        return [f"{self._scalar(key, key=True, block=True)}:", *(indent + line for line in self.opened(data))]

    def item(self, data: Any, *, opened: bool, flow: bool) -> list[str]:
        """Write an item of a list as lines, the first without indentation."""
        if flow:
            return self.opened(data) if opened else [self.inline(data)]
        if opened:
            return _prefixed("- ", self.opened(data), "  ")
        return [f"- {self.value(data)}"]

    def opened(self, data: Any) -> list[str]:
        """Write the entries of a collection on lines of their own, in JSON with the brackets around them."""
        is_mapping = isinstance(data, dict)
        parts = [
            self.pair(str(key), item, opened=self._nests(item), flow=self.is_json)
            if is_mapping
            else self.item(item, opened=self._nests(item, inside=True), flow=self.is_json)
            for key, item in (data.items() if is_mapping else enumerate(data))
        ]
        if not self.is_json:
            return [line for part in parts for line in part]
        lines = [self.indent + line for line in separated(parts, trailing=False)]
        return ["{" if is_mapping else "[", *lines, "}" if is_mapping else "]"]

    def _nests(self, data: Any, *, inside: bool = False) -> bool:
        if _is_leaf(data):
            return bool(data) and self.open_lists and (self.is_json or not inside)
        return isinstance(data, dict | list) and bool(data)

    def _scalar(self, value: Any, *, key: bool = False, block: bool = False) -> str:
        if isinstance(value, str) and (self.is_json or not _is_plain(str(value), key, block)):
            quoted = json.dumps(value, ensure_ascii=False)
            return NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
        return str(value) if isinstance(value, str) else json.dumps(value)


@lru_cache(maxsize=10_000)
def _is_plain(text: str, key: bool, block: bool) -> bool:
    """Tell whether a text may stand without quotes: whether it is read as the same."""
    probes: list[tuple[str, Any]] = [(f"- {text}" if block else f"[{text}]", [text])]
    if key:  # our reader takes any key for a text, others may not
        probes.append((f"{text}: 0" if block else f"{{{text}: 0}}", {text: 0}))
    try:
        return all(bool(parse_source(probe, "probe.yaml").data == expected) for probe, expected in probes)
    except DocumentError:
        return False


def _is_leaf(data: Any) -> bool:
    return isinstance(data, list) and not any(isinstance(item, dict | list) for item in data)


def _prefixed(first: str, lines: Sequence[str], others: str = "") -> list[str]:
    return [first + lines[0], *(others + line for line in lines[1:])]


def separated(parts: Sequence[Sequence[str]], *, trailing: bool) -> list[str]:
    """Put a comma after each of several entries but the last; after that too where it is `trailing`."""
    lines: list[str] = []
    for number, part in enumerate(parts, 1):
        comma = "," if trailing or number < len(parts) else ""
        lines += [*part[:-1], part[-1] + comma]
    return lines


def style_of(text: str, root: TextNode) -> Style:
    """Find out how a text is written."""
    is_json = _is_json(text)
    nodes = list(_collections(root))
    line_break = _LINE_BREAK.search(text)
    leaves = [
        not node.flow or (is_json and "\n" in text[node.start : node.end])
        for node in nodes
        if node.form is list and node.entries and all(entry.value.form is None for entry in node.entries)
    ]
    indent = _indent(text, root, nodes)
    colon, comma = _separators(text, nodes) if is_json else (": ", ", ")
    return Style(
        is_json,
        line_break[0] if line_break else "\n",
        indent,
        _dash(text, nodes, indent),
        colon,
        comma,
        all(leaves) if leaves else is_json and "\n" in text.strip(),
    )


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _collections(node: TextNode) -> Iterator[TextNode]:
    if node.form:
        yield node
    for entry in node.entries:
        yield from _collections(entry.value)


def column(text: str, offset: int) -> int:
    """Return how many characters stand before an offset in its line."""
    return offset - line_start(text, offset)


def _indent(text: str, root: TextNode, nodes: Iterable[TextNode]) -> str:
    """Return by how much a mapping is indented in the one around it."""
    if root.flow:
        first = root.entries[0].start
        before = text[line_start(text, first) : first]
        return before if before and not before.strip() else "  "
    for node in nodes:
        for outer in node.entries if not node.flow and node.form is dict else ():
            inner = outer.value
            if inner.form is dict and inner.entries and not inner.flow:
                return " " * (column(text, inner.entries[0].start) - column(text, outer.start))
    return "  "


def _dash(text: str, nodes: Iterable[TextNode], indent: str) -> str:
    for node in nodes:
        for outer in node.entries if node.form is dict and not node.flow else ():
            inner = outer.value
            if inner.form is list and not inner.flow:
                return " " * (column(text, inner.entries[0].start) - column(text, outer.start))
    return indent


def _separators(text: str, nodes: Iterable[TextNode]) -> tuple[str, str]:
    """Return what stands between key and value, and between entries on one line, in a text in JSON."""
    pairs = [entry for node in nodes if node.form is dict for entry in node.entries]
    colon = next((f":{text[pair.mark : pair.value.start]}" for pair in pairs), ": ")
    gaps = (_gap(text, *two) for node in nodes for two in zip(node.entries, node.entries[1:], strict=False))
    inline = next((gap for gap in gaps if "\n" not in gap), ", " if colon == ": " else ",")
    return colon, inline


def _gap(text: str, left: TextEntry, right: TextEntry) -> str:
    return text[left.end : right.start]
