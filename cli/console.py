"""The one place that writes to people and programs: data on stdout, words on stderr, an exit code.

Whatever comes from documents, logs and file names is escaped here: a terminal, or the log of a build, obeys
none of it, and no encoding is too small for it.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable
from typing import Any

import click

from ..problems.blocks import Block, Line, Tone
from ..problems.layout import TEXT_WIDTH, blocks_to_text
from ..problems.printable import encodable, harmless, printable
from ..problems.problem import Problem, is_note

MIN_WIDTH, MAX_WIDTH = 60, 200

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


def echo(text: str, *, err: bool = False, nl: bool = True, tone: Tone = Tone.PLAIN) -> None:
    """Write words for people, in the colours of a tone where these are shown."""
    said = encodable(harmless(printable(text)), _encoding(err=err))
    style = _STYLES[tone] if is_coloured(err=err) else {}
    click.echo(click.style(said, **style) if style else said, err=err, nl=nl)


def echo_data(text: str) -> None:
    """Write what programs read on stdout; what cannot be written there is escaped as JSON does."""
    click.echo(encodable(printable(text), _encoding(err=False), exact=True), nl=False)


def is_coloured(*, err: bool = False) -> bool:
    """Tell whether a stream shows colours: a terminal does, unless NO_COLOR is set."""
    stream = sys.stderr if err else sys.stdout
    return bool(stream and stream.isatty()) and not os.environ.get("NO_COLOR")


def _encoding(*, err: bool) -> str:
    return getattr(sys.stderr if err else sys.stdout, "encoding", None) or "utf-8"


def is_live() -> bool:
    """Tell whether someone watches stderr as it is written."""
    return bool(sys.stderr and sys.stderr.isatty())


def columns() -> int:
    """Return how wide the terminal is that shows stderr."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def erase_line() -> None:
    """Erase the line on stderr that is being written."""
    click.echo("\r\x1b[K", err=True, nl=False)


def warn(problems: Iterable[Problem]) -> None:
    """Print on stderr what a person should look at, and what is good to know."""
    for problem in problems:
        echo("note: " if is_note(problem) else "warning: ", err=True, nl=False, tone=Tone.DOUBT)
        echo(str(problem), err=True)


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
    text = blocks_to_text(blocks, width=_width(err=err), colour=colour)
    if text:
        click.echo(encodable(harmless(text), _encoding(err=err)), err=err, color=colour)


def _width(*, err: bool) -> int:
    terminal = (sys.stderr if err else sys.stdout).isatty()
    width = shutil.get_terminal_size().columns if terminal or "COLUMNS" in os.environ else TEXT_WIDTH
    return min(max(width, MIN_WIDTH), MAX_WIDTH)
