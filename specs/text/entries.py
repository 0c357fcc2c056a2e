"""Splices of one collection of a text: what becomes of its entries, and what is new, as it is laid out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .nodes import TextEntry, TextNode, after_gap, line_above, line_end, line_start, next_line
from .style import Style, column, separated

_NOTHING = re.compile(r"[ \t]*(?:#.*)?", re.DOTALL)
"""What may follow on a line that ends with an entry."""
_EMPTY_LINE = re.compile(r"\n[ \t]*\r?\n")
_COMMENT_LINE = re.compile(r"[\r\n][ \t]*#")

Pairs = dict[str | int, Any]
Fate = Pairs | None
"""What stands in the place of an entry: itself (None; parts of it may change), or these keys and values."""


@dataclass(frozen=True)
class Splices:
    """A text, of which every line ends with a line break, and what is made of parts of it."""

    text: str
    style: Style
    made: list[tuple[int, int, str]] = field(default_factory=list)

    def result(self) -> str:
        pieces, done = [], 0
        for start, end, new in sorted(self.made, key=lambda splice: splice[0]):
            pieces += [self.text[done:start], new]
            done = max(done, end)
        return "".join([*pieces, self.text[done:]])

    def replace(self, start: int, end: int, new: str = "") -> None:
        self.made.append((start, end, new))

    def starts_line(self, entry: TextEntry) -> bool:
        return not self.before(entry.start).strip()

    def before(self, offset: int) -> str:
        return self.text[line_start(self.text, offset) : offset]

    def ends_line(self, offset: int) -> bool:
        return _NOTHING.fullmatch(self.text[offset : line_end(self.text, offset)]) is not None

    def remove_lines(self, start: int, end: int, *, first: bool) -> None:
        """Remove whole lines, and what empty lines they leave over: above, or below the first entry."""
        text = self.text
        start, end = line_start(text, start), next_line(text, end)
        above = start
        while above and not text[line_above(text, above) : above].strip():
            above = line_above(text, above)
        below = end
        while below < len(text) and not text[below : next_line(text, below)].strip():
            below = next_line(text, below)
        if first and not above < start:
            end = below
        elif above < start and (below > end or end == len(text)):
            start = above
        self.replace(start, end)


@dataclass(frozen=True)
class _Entries:
    """The splices of one collection, but for those inside of its entries that stay."""

    splices: Splices
    node: TextNode
    fates: Sequence[Fate]
    new: Pairs

    @property
    def style(self) -> Style:
        return self.splices.style

    @property
    def text(self) -> str:
        return self.splices.text

    def opens(self, data: Any, replaced: TextNode | None = None) -> bool:
        """Tell whether a value gets lines of its own: as the one it replaces, else as its siblings."""
        if replaced and replaced.entries and data and isinstance(data, replaced.form or ()):
            return self.style.is_open(replaced, self.text)
        siblings = [entry.value for entry in self.node.entries if entry.value is not replaced]
        return self.style.opens(data, siblings, self.text)


class BlockEntries(_Entries):
    """A collection in block style."""

    def splice_all(self) -> None:
        for index, (entry, fate) in enumerate(zip(self.node.entries, self.fates, strict=True)):
            if fate == {}:
                self._remove(index, entry)
            elif fate is not None and list(fate) == [entry.key]:
                self._replace(entry, fate[entry.key])
            elif fate is not None:
                first, *others = [line for part in self._parts(fate) for line in part]
                self.splices.replace(entry.start, entry.end, first)
                self._add_lines(line_end(self.text, entry.end), others, column(self.text, entry.start))
        if self.new:
            self._append()

    def _parts(self, pairs: Pairs) -> list[list[str]]:
        if self.node.form is dict:
            return [
                self.style.pair(str(key), data, opened=self.opens(data), flow=False)
                for key, data in pairs.items()
            ]
        return [self.style.item(data, opened=self.opens(data), flow=False) for data in pairs.values()]

    def _add_lines(self, offset: int, lines: Sequence[str], indent: int) -> None:
        """Add lines behind the one that ends at the offset."""
        added = "".join(f"{self.style.line_break}{' ' * indent if line else ''}{line}" for line in lines)
        self.splices.replace(offset, offset, added)

    def _append(self) -> None:
        last = self.node.entries[-1]
        parts = self._parts(self.new)
        apart = [[""]] if self._is_apart(last) else []
        lines = [line for part in parts for line in (*(line for gap in apart for line in gap), *part)]
        indent = " " * column(self.text, last.start)
        added = "".join(f"{indent if line else ''}{line}{self.style.line_break}" for line in lines)
        at = next_line(self.text, last.end)
        self.splices.replace(at, at, added)

    def _is_apart(self, last: TextEntry) -> bool:
        """Tell whether an empty line stands before the last of several entries, or before its comment."""
        if len(self.node.entries) < 2:
            return False
        return _EMPTY_LINE.search(self.text[self.node.entries[-2].end : last.start]) is not None

    def _replace(self, entry: TextEntry, data: Any) -> None:
        value, text, splice = entry.value, self.text, self.splices.replace
        opened = self.opens(data, value)
        below = line_start(text, value.start) > entry.mark
        if self.node.form is list:
            end = entry.mark if below else value.end
            lines = self.style.item(data, opened=opened, flow=False)
            splice(entry.start, end, lines[0])
            self._add_lines(line_end(text, end), lines[1:], column(text, entry.start))
            if below:
                splice(line_start(text, value.start), next_line(text, value.end))
            return
        colon = ":" if entry.bare else ""
        if opened:
            self._replace_opened(entry, data, colon, below)
        elif below:
            splice(entry.mark, entry.mark, f"{colon} {self.style.value(data)}")
            splice(line_start(text, value.start), next_line(text, value.end))
        elif value.start > entry.mark:
            splice(value.start, value.end, self.style.value(data))
        else:
            splice(entry.mark, entry.mark, f"{colon} {self.style.value(data)}")

    def _replace_opened(self, entry: TextEntry, data: Any, colon: str, below: bool) -> None:
        value, text = entry.value, self.text
        own = column(text, entry.start)
        indent = own + len(self.style.indent if isinstance(data, dict) else self.style.dash)
        if value.entries and not value.flow and isinstance(data, value.form or ()):
            indent = column(text, value.entries[0].start)
        lines = self.style.opened(data)
        if below:
            self.splices.replace(line_start(text, value.start), next_line(text, value.end))
            end = next_line(text, value.end)
            added = "".join(f"{' ' * indent}{line}{self.style.line_break}" for line in lines)
            self.splices.replace(end, end, added)
        else:
            self.splices.replace(entry.mark, value.end, colon)
            self._add_lines(line_end(text, value.end), lines, indent)

    def _remove(self, index: int, entry: TextEntry) -> None:
        if self.splices.starts_line(entry):
            self.splices.remove_lines(entry.start, entry.end, first=index == 0)
            return
        # The first of entries behind a dash: the next that stays moves there, unless comments stand between.
        later = range(index + 1, len(self.node.entries))
        following = next(other for other in later if self.fates[other] != {})
        pairs = zip(self.node.entries[index:following], self.node.entries[index + 1 :], strict=False)
        if any(_COMMENT_LINE.search(self.text[left.end : right.start]) for left, right in pairs):
            start = (
                entry.start
                - len(self.splices.before(entry.start))
                + len(self.splices.before(entry.start).rstrip())
            )
            self.splices.replace(start, line_end(self.text, entry.end))
        else:
            self.splices.replace(entry.start, self.node.entries[following].start)


class FlowEntries(_Entries):
    """A collection in brackets."""

    def splice_all(self) -> None:
        stay = [index for index, fate in enumerate(self.fates) if fate != {}]
        if not stay:
            return
        last = stay[-1]
        trailing = self._comma(self.node.entries[-1]) is not None
        comma = self._comma(self.node.entries[last])
        wanted = trailing or bool(self.new)
        for index, (entry, fate) in enumerate(zip(self.node.entries, self.fates, strict=True)):
            if fate == {}:
                self._remove(index, entry, tail=index > last, wanted=wanted)
            elif fate is not None:
                self._replace(entry, fate)
        if comma is not None and not wanted:
            self.splices.replace(comma, comma + 1)
        if self.new:
            self._append(self.node.entries[last], comma, trailing)

    def _comma(self, entry: TextEntry) -> int | None:
        """Return where the comma after an entry is."""
        place = after_gap(self.text, entry.end)
        return place if self.text[place : place + 1] == "," else None

    def _lines(self, entry: TextEntry, pairs: Pairs, *, trailing: bool) -> str:
        """Write entries like the one given: on lines of their own, or on one line."""
        opens = self.style.is_json and self.splices.starts_line(entry)
        parts = [
            self.style.pair(str(key), data, opened=opens and self.opens(data), flow=True)
            if self.node.form is dict
            else self.style.item(data, opened=opens and self.opens(data), flow=True)
            for key, data in pairs.items()
        ]
        if not self.splices.starts_line(entry):
            return self.style.comma.join(line for (line,) in parts) + ("," if trailing else "")
        return f"{self.style.line_break}{self.splices.before(entry.start)}".join(
            separated(parts, trailing=trailing)
        )

    def _replace(self, entry: TextEntry, pairs: Pairs) -> None:
        value, indent = entry.value, self.splices.before(entry.start)
        if list(pairs) != [entry.key]:
            self.splices.replace(entry.start, entry.end, self._lines(entry, pairs, trailing=False))
            return
        data = pairs[entry.key]
        opened = self.style.is_json and not indent.strip() and self.opens(data, value)
        lines = self.style.opened(data) if opened else [self.style.inline(data)]
        written = f"{self.style.line_break}{indent}".join(lines)
        gap = ": " if entry.bare else " " if value.start == value.end else ""
        self.splices.replace(value.start, value.end, gap + written)

    def _append(self, last: TextEntry, comma: int | None, trailing: bool) -> None:
        written = self._lines(last, self.new, trailing=trailing)
        at = last.end
        if comma is None:
            self.splices.replace(at, at, ",")
        else:
            at = comma + 1
        if self.splices.starts_line(last):
            written = f"{self.style.line_break}{self.splices.before(last.start)}{written}"
            at = line_end(self.text, at) if self.splices.ends_line(at) else at
        else:
            written = self.style.comma[1:] + written
        self.splices.replace(at, at, written)

    def _remove(self, index: int, entry: TextEntry, *, tail: bool, wanted: bool) -> None:
        comma = self._comma(entry)
        start, end = entry.start, entry.end if comma is None else comma + 1
        before = self.splices.before(start)
        alone = not before.strip() or (before.strip() == "," and tail and not wanted)
        if alone and self.splices.ends_line(end):
            self.splices.remove_lines(start, end, first=index == 0)
        elif tail or self.splices.ends_line(end):
            self.splices.replace(start - len(before) + len(before.rstrip(" \t")), end)
        else:
            rest = self.text[end : line_end(self.text, end)]
            self.splices.replace(start, end + len(rest) - len(rest.lstrip(" \t")))
