"""The command that runs a pipeline on this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..solver.search.search import Search
from .console import echo, erase_line, is_live, reported
from .emit import _emit
from .options import searching

if TYPE_CHECKING:
    pass


@click.command()
@click.option(
    "--input", "inputs", multiple=True, metavar="NAME=VALUE", help="Give an input; may be given again."
)
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".stepwire"),
    show_default=True,
    help="The folder for data, logs and models.",
)
@searching
@reported
def run(document: Path, search: Callable[[], Search], inputs: Sequence[str], root: Path) -> None:
    """Run a pipeline on this machine, without AWS and without docker.

    DOCUMENT is a pipeline document, or a definition (JSON) such as `emit` writes.

    \b
    Example: stepwire run pipeline.yaml --input raw_data=data/train.csv
    """
    from ..runtime.runner import run_definition
    from .progress import Progress, describe_models
    from .runnable import read_assignments, read_runnable

    emission = read_runnable(document, lambda: _emit(search()))
    progress = Progress(
        lambda text, tone: echo(text, err=True, nl=False, tone=tone), erase_line if is_live() else None
    )
    finished = run_definition(
        emission.definition,
        root=root,
        name=emission.name,
        assets=emission.assets,
        parameters={**emission.stand_ins, **read_assignments(inputs)},
        listen=progress,
    )
    for line in describe_models(finished):
        echo(line)
