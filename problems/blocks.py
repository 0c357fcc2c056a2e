"""What a report says, as lines and grids without a layout: renderers make text, colours or HTML of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a line is, for renderers that can show it."""

    PLAIN = "plain"
    TITLE = "title"
    FAILURE = "failure"
    DOUBT = "doubt"
    CURE = "cure"
    FAINT = "faint"


@dataclass(frozen=True)
class Line:
    """A sentence at a depth; further lines of it stay clear of a mark before it, such as a number."""

    text: str
    depth: int = 0
    tone: Tone = Tone.PLAIN
    mark: str = ""


@dataclass(frozen=True)
class Grid:
    """Rows under a header, at a depth; every row has as many cells as the header.

    The columns numbered in `right` are set to the right, as numbers are. Where there is no room for all, the
    last `spare` ones may be left out.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    depth: int = 0
    right: frozenset[int] = frozenset()
    spare: int = 0


Block = Line | Grid
Blocks = Iterator[Block]
