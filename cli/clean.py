"""The command that clears away what earlier runs have left."""

from __future__ import annotations

from pathlib import Path

import click

from .console import echo
from .reporting import reported


@click.command()
@click.option("--keep", type=click.IntRange(0), required=True, metavar="N", help="Keep the newest N runs.")
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".stepwire"),
    show_default=True,
    help="The folder for data, logs and models.",
)
@reported
def clean(keep: int, root: Path) -> None:
    """Clear away all runs but the newest, and what only they have stored.

    Registered models and the folder that stands for S3 stay.

    \b
    Example: stepwire clean --keep 5
    """
    from ..runtime.clearing import clear

    cleared = clear(root, keep)
    count = f"{cleared.runs} runs" if cleared.runs != 1 else "1 run"
    echo(f"cleared {count} and {cleared.files} stored files, {cleared.size / 2**20:.1f} MB", err=True)
