"""Lays blocks out as text of a width, with or without colours, and as HTML."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .blocks import Block, Grid, Line, Tone

WIDTH = 100
"""How wide a text is that is not for a terminal."""

_INDENT = 4
_STYLES = {
    Tone.PLAIN: "",
    Tone.TITLE: "bold",
    Tone.FAILURE: "bold red",
    Tone.CURE: "green",
    Tone.FAINT: "dim",
}
_MARKS = {"✗": "red", "✓": "green"}


def to_text(blocks: Iterable[Block], *, width: int = WIDTH, colour: bool = False) -> str:
    """Lay blocks out as lines of at most `width` columns, with the colours of a terminal when asked to."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )
    for block in blocks:
        console.print(_rendered(block), soft_wrap=False)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def to_html(blocks: Iterable[Block]) -> str:
    """Lay blocks out as an HTML fragment that stands by itself, for notebooks."""
    console = Console(
        file=io.StringIO(), record=True, width=WIDTH, force_jupyter=False, highlight=False, emoji=False
    )
    for block in blocks:
        console.print(_rendered(block))
    return console.export_html(inline_styles=True, code_format="<pre style='line-height:1.3'>{code}</pre>")


def _rendered(block: Block) -> RenderableType:
    match block:
        case Line(text, depth, tone, mark):
            line = Table.grid(padding=(0, 1, 0, 0))
            parts = [mark, text] if mark else [text]
            line.add_row(*(Text(part, style=_STYLES[tone], overflow="fold") for part in parts))
            return Padding(line, (0, 0, 0, _INDENT * depth))
        case Grid():
            return Padding(_table(block), (0, 0, 0, _INDENT * block.depth))


def _table(grid: Grid) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for number, name in enumerate(grid.header):
        table.add_column(name, overflow="fold", no_wrap=number == 0)
    for row in grid.rows:
        table.add_row(*(Text(cell, style=_MARKS.get(cell[:1], ""), overflow="fold") for cell in row))
    return table


__all__ = ["Line", "to_html", "to_text"]
