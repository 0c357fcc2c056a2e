"""The command that runs a pipeline on this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..solver.search.search import Search
from . import clock
from .completion import complete_input_names
from .console import echo
from .emit import _emit
from .reporting import reported
from .run_options import root_, running
from .shared_options import searching

if TYPE_CHECKING:
    from ..runtime.options import RunOptions


@click.command()
@click.option(
    "--input",
    "inputs",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=complete_input_names,
    help="Give an input; may be given again.",
)
@root_
@running
@click.option("--log", "followed", metavar="STEP", help="Follow the log of a step.")
@searching
@reported
def run(
    document: Path,
    search: Callable[[], Search],
    inputs: Sequence[str],
    root: Path,
    options: RunOptions,
    followed: str | None,
) -> None:
    """Run a pipeline on this machine, without AWS and without docker.

    DOCUMENT is a pipeline document, or a definition (JSON) such as `emit` writes. A step is used again when
    its request, code and inputs are those of an earlier run; each says why.

    \b
    Examples:
      stepwire run pipeline.yaml --input raw_data=data/train.csv
      stepwire run pipeline.yaml --only train --give preprocess.train=data/train
      stepwire run pipeline.yaml --stand-in approve=approve.py --jobs 4
    """
    from ..runtime.runner import run_emission
    from .progress import describe_models, progress_on_stderr, summarise
    from .runnable import read_assignments, read_runnable

    emission = read_runnable(document, lambda: _emit(search()))
    clock.stop()
    with progress_on_stderr(followed) as progress:
        given = read_assignments(inputs)
        finished = run_emission(emission, given, root=root, options=options, listen=progress)
    for line in summarise(finished, root):
        echo(line, err=True)
    for line in describe_models(finished):
        echo(line)
