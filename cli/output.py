"""The option of the commands that write a text on stdout, or to a file."""

from __future__ import annotations

from pathlib import Path

import click

from ..specs.text.files import write_text
from .console import echo, echo_data

output = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file."
)


def deliver(text: str, path: Path | None) -> None:
    """Write a text to a file, and say so; on stdout where no file is given."""
    if path is None:
        echo_data(text)
    else:
        write_text(path, text)
        echo(f"wrote {path}", err=True)
