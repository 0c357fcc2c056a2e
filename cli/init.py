"""The command that writes a first document."""

from __future__ import annotations

from pathlib import Path

import click

from ..specs.pipeline import PIPELINE_NAME
from ..specs.text.files import write_text
from .console import echo, echo_data, reported
from .first_document import first_document


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--name", default="my-pipeline", show_default=True, help="The pipeline's name.")
@reported
def init(file: Path | None, name: str) -> None:
    """Write a commented first document: to FILE, which must not be there yet, or to stdout.

    \b
    Example: stepwire init pipeline.yaml --name churn
    """
    if not PIPELINE_NAME.fullmatch(name):
        raise click.UsageError(f"{name!r} is no name of a pipeline: letters, digits and single dashes")
    text = first_document(name)
    if file is None:
        echo_data(text)
        return
    if file.exists():
        raise click.UsageError(f"{file} is there already; nothing was written")
    write_text(file, text)
    echo(f"wrote {file}; next: stepwire check {file}", err=True)
