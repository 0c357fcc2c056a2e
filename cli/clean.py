"""The command that clears away what earlier runs have left."""

from __future__ import annotations

from pathlib import Path

import click

from ..problems.counts import counted
from .console import echo
from .reporting import reported
from .run_options import root_


@click.command()
@click.option("--keep", type=click.IntRange(0), required=True, metavar="N", help="Keep the newest N runs.")
@root_
@reported
def clean(keep: int, root: Path) -> None:
    """Clear away all runs but the newest, and what only they have stored.

    Registered models and the folder that stands for S3 stay.

    \b
    Example: stepwire clean --keep 5
    """
    from ..runtime.clearing import clear

    cleared = clear(root, keep)
    what = f"{counted(cleared.runs, 'run')} and {counted(cleared.files, 'stored file')}"
    echo(f"cleared {what}, {cleared.size / 2**20:.1f} MB", err=True)
