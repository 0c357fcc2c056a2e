"""Lays blocks out as text of a width, with or without colours, and as HTML.

rich is loaded when something is first laid out: most programs that could do so never do.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from .blocks import Block, Grid, Line, Tone
from .printable import printable

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

TEXT_WIDTH = 100
"""How wide a text is that is not for a terminal."""

_READABLE = 24
"""A sentence in a column narrower than this is hard to read."""

_INDENT = 4
_GAP = 2
_STYLES = {
    Tone.PLAIN: "",
    Tone.TITLE: "bold",
    Tone.FAILURE: "bold red",
    Tone.DOUBT: "yellow",
    Tone.CURE: "green",
    Tone.FAINT: "dim",
}
_ANSI = [(0, 0, 0), (216, 64, 64), (34, 139, 60), (148, 118, 0)]
"""Black, red, green and yellow that can be read on a light and on a dark ground."""

_PAGE = "<pre style='line-height:1.3;white-space:pre;overflow-x:auto'>{code}</pre>"
_JOINTS = re.compile(r"(?<=[-._/:])")
_MARKS = {"✗": "red", "✓": "green"}


def blocks_to_text(blocks: Iterable[Block], *, width: int = TEXT_WIDTH, colour: bool = False) -> str:
    """Lay blocks out as lines of at most `width` columns, with the colours of a terminal when asked to.

    Words stay whole where they fit into a line at all.
    """
    stream = io.StringIO()
    console = _console(stream, width, colour=colour)
    _print(blocks, console)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def blocks_to_html(blocks: Iterable[Block]) -> str:
    """Lay blocks out as an HTML fragment that stands by itself, for notebooks."""
    from rich.terminal_theme import TerminalTheme

    console = _console(io.StringIO(), TEXT_WIDTH, colour=False, record=True)
    _print(blocks, console)
    theme = TerminalTheme((255, 255, 255), (0, 0, 0), _ANSI)
    return console.export_html(theme=theme, inline_styles=True, code_format=_PAGE)


def _console(stream: io.StringIO, width: int, *, colour: bool, record: bool = False) -> Console:
    from rich.console import Console

    return Console(
        file=stream,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not (colour or record),
        record=record,
        force_jupyter=False,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )


def _print(blocks: Iterable[Block], console: Console) -> None:
    for block in blocks:
        for part in _fitting(block, console.width) if isinstance(block, Grid) else (block,):
            console.print(_rendered(part, console.width), soft_wrap=False)


def _rendered(block: Block, width: int) -> RenderableType:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    def text(said: str, style: str) -> Text:
        return Text(printable(said), style=style, overflow="fold")

    if block == Line(""):
        return ""
    if isinstance(block, Line):
        line = Table.grid(padding=(0, 1, 0, 0))
        marks = [block.mark] if block.mark else []
        room = width - _INDENT * block.depth - sum(len(mark) + 1 for mark in marks)
        line.add_row(*(text(part, _STYLES[block.tone]) for part in (*marks, _folded(block.text, room))))
        return Padding(line, (0, 0, 0, _INDENT * block.depth), expand=False)
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    widths = _widths(block, width - _INDENT * block.depth)
    for number, (name, wide) in enumerate(zip(block.header, widths, strict=True)):
        table.add_column(text(name, ""), width=wide, justify="right" if number in block.right else "left")
    for row in block.rows:
        table.add_row(*(text(cell, _MARKS.get(cell[:1], "")) for cell in row))
    return Padding(table, (0, 0, 0, _INDENT * block.depth), expand=False)


def _folded(said: str, width: int) -> str:
    """Break words that are wider than a line after dots, dashes and the like, where names have joints."""
    from rich.cells import cell_len

    words = said.split(" ")
    return " ".join(word if cell_len(word) <= width else "\n".join(_pieces(word, width)) for word in words)


def _pieces(word: str, width: int) -> Iterator[str]:
    from rich.cells import cell_len

    line = ""
    for part in _JOINTS.split(word):
        if line and cell_len(line + part) > width:
            yield line
            line = ""
        line += part
    yield line


def _fitting(grid: Grid, width: int) -> Iterator[Block]:
    """Yield a grid as it is or without what it can spare, else its rows one below the other.

    So no word is broken that has no room beside the others.
    """
    for columns in range(len(grid.header), len(grid.header) - grid.spare - 1, -1):
        rows = tuple(row[:columns] for row in grid.rows)
        part = replace(grid, header=grid.header[:columns], rows=rows)
        if _widths(part, width - _INDENT * grid.depth):
            yield part
            return
    first, *others = grid.header
    yield Line(first, grid.depth, Tone.TITLE)
    for head, *cells in grid.rows:
        yield Line(head, grid.depth)
        said = [f"{name.lower()} {cell}".strip() for name, cell in zip(others, cells, strict=True) if cell]
        told = [*(f"{part};" for part in said[:-1]), *said[-1:]]
        room = width - _INDENT * (grid.depth + 1)
        yield from (Line(line, grid.depth + 1) for line in _packed(told, room))


def _packed(parts: Iterable[str], width: int) -> Iterator[str]:
    """Put parts into lines, each part whole in its line where it fits into one at all."""
    from rich.cells import cell_len

    line = ""
    for part in parts:
        if line and cell_len(f"{line} {part}") > width:
            yield line
            line = ""
        line = f"{line} {part}" if line else part
    if line:
        yield line


def _widths(grid: Grid, width: int) -> Sequence[int]:
    """Share a width among the columns, so that no word and no number is broken; empty where that cannot be.

    Each column gets what its longest word takes and can be read, one of numbers all that it wants; what is
    left goes to those that want least more.
    """
    from rich.cells import cell_len

    columns = [[printable(cell) for cell in column] for column in zip(grid.header, *grid.rows, strict=True)]
    wanted = [max(cell_len(line) for cell in column for line in cell.split("\n")) for column in columns]
    longest = [
        max((cell_len(word) for cell in column for word in cell.split()), default=0) for column in columns
    ]
    widths = [
        wide if number in grid.right else max(word, min(wide, _READABLE))
        for number, (word, wide) in enumerate(zip(longest, wanted, strict=True))
    ]
    left = width - sum(widths) - _GAP * (len(columns) - 1)
    if left < 0:
        return ()
    order = sorted(range(len(columns)), key=lambda number: wanted[number] - widths[number])
    for done, number in enumerate(order):
        more = min(wanted[number] - widths[number], left // (len(columns) - done))
        widths[number] += more
        left -= more
    return widths
