"""The one place that writes to people and programs: data on stdout, words on stderr, an exit code.

Whatever comes from documents, logs and file names is escaped here: a terminal, or the log of a build, obeys
none of it, and no encoding is too small for it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from textwrap import TextWrapper
from typing import Any, TextIO

import click

from ..problems.blocks import Block, Line, Tone
from ..problems.layout import TEXT_WIDTH, blocks_to_text
from ..problems.printable import encodable, harmless, printable
from ..problems.problem import Problem, is_note

MIN_WIDTH, MAX_WIDTH = 60, 200
_HANG = 4
"""How much further in the rest of a broken line stands."""

_STYLES: dict[Tone, dict[str, Any]] = {
    Tone.PLAIN: {},
    Tone.TITLE: {"bold": True},
    Tone.FAILURE: {"fg": "red", "bold": True},
    Tone.DOUBT: {"fg": "yellow"},
    Tone.CURE: {"fg": "green"},
    Tone.FAINT: {"dim": True},
}


class Exit(Exception):
    """Ends a command with an exit code, everything having been said."""

    def __init__(self, exit_code: int) -> None:
        self.exit_code = exit_code


def echo(text: str, *, err: bool = False, nl: bool = True, tone: Tone = Tone.PLAIN, column: int = 0) -> None:
    """Write words for people, in the colours of a tone where these are shown.

    A terminal gets no line that it would break within a word; `column` is where the first one begins.
    """
    said = encodable(harmless(printable(text)), _encoding(err=err))
    if nl and _is_terminal(err=err):
        said = _broken_between_words(said, columns(err=err), column)
    style = _STYLES[tone] if is_coloured(err=err) else {}
    click.echo(click.style(said, **style) if style else said, err=err, nl=nl)


def _broken_between_words(text: str, width: int, column: int) -> str:
    """Break lines that are wider than a terminal; a word that has no room, such as a path, stays whole."""
    lines = text.split("\n")
    return "\n".join(_filled(line, width, 0 if number else column) for number, line in enumerate(lines))


def _filled(line: str, width: int, column: int) -> str:
    if column + len(line) <= width:
        return line
    indent = " " * (len(line) - len(line.lstrip()) + _HANG)
    start = " " * column
    filled = TextWrapper(
        width, initial_indent=start, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return filled.fill(line).removeprefix(start)


def echo_data(text: str) -> None:
    """Write what programs read on stdout; what cannot be written there is escaped as JSON does."""
    click.echo(encodable(printable(text), _encoding(err=False), exact=True), nl=False)


def is_coloured(*, err: bool = False) -> bool:
    """Tell whether a stream shows colours: a terminal that is not dumb does, unless NO_COLOR is set."""
    shown = os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")
    return shown and _is_terminal(err=err)


def _stream(*, err: bool) -> TextIO | None:
    return sys.stderr if err else sys.stdout


def _encoding(*, err: bool) -> str:
    return getattr(_stream(err=err), "encoding", None) or "utf-8"


def _is_terminal(*, err: bool) -> bool:
    stream = _stream(err=err)
    return bool(stream and stream.isatty())


def is_live() -> bool:
    """Tell whether someone watches stderr as it is written, on a terminal that can erase a line."""
    return _is_terminal(err=True) and os.environ.get("TERM") != "dumb"


def columns(*, err: bool) -> int:
    """Return how wide a stream is: as COLUMNS says, or its terminal; where there is none, as any text."""
    said, stream = os.environ.get("COLUMNS", ""), _stream(err=err)
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(stream.fileno()).columns if stream else TEXT_WIDTH
    except (OSError, ValueError):
        return TEXT_WIDTH


def erase_line() -> None:
    """Erase the line on stderr that is being written."""
    click.echo("\r\x1b[K", err=True, nl=False)


def warn(problems: Iterable[Problem]) -> None:
    """Print on stderr what a person should look at, and what is good to know."""
    for problem in problems:
        mark = "note: " if is_note(problem) else "warning: "
        echo(mark, err=True, nl=False, tone=Tone.DOUBT)
        echo(str(problem), err=True, column=len(mark))


def print_json(value: Any) -> None:
    """Print a value for programs to read, and people too."""
    echo_data(f"{json.dumps(value, indent=2, ensure_ascii=False)}\n")


def print_blocks(blocks: Iterable[Block], *, wrapped: bool = True, err: bool = False) -> None:
    """Print blocks: with colours and to the terminal's width on one, else plain.

    Without `wrapped`, each line stays one line, however long.
    """
    if not wrapped:
        echo("\n".join(block.text for block in blocks if isinstance(block, Line)), err=err)
        return
    colour = is_coloured(err=err)
    width = min(max(columns(err=err), MIN_WIDTH), MAX_WIDTH)
    text = blocks_to_text(blocks, width=width, colour=colour)
    if text:
        click.echo(encodable(harmless(text), _encoding(err=err)), err=err, color=colour)
