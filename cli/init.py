"""The command that writes a first document: one to fill in, or one that leads to a goal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ..problems.blocks import Tone
from ..problems.counts import counted
from ..specs.pipeline import PIPELINE_NAME
from ..specs.text.files import write_text
from .console import Exit, echo, echo_data
from .first_document import first_document
from .reporting import reported


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--name", default="my-pipeline", show_default=True, help="The pipeline's name.")
@click.option("--to", "goal", metavar="GOAL", help="Propose steps of the library that lead to this.")
@click.option("--from", "start", multiple=True, metavar="INPUT", help="With --to: an input that is there.")
@click.option(
    "--choice",
    type=click.IntRange(1, 20),
    default=1,
    show_default=True,
    help="With --to: which of the proposed pipelines to write.",
)
@reported
def init(file: Path | None, name: str, goal: str | None, start: Sequence[str], choice: int) -> None:
    """Write a commented first document: to FILE, which must not be there yet, or to stdout.

    With --to, it is a pipeline of library steps that leads to a goal: a step of the library, a kind of steps,
    or words that the name and the outputs of a step have. The shortest are proposed, the best first; --choice
    takes another.

    \b
    Examples:
      stepwire init pipeline.yaml --name churn
      stepwire init pipeline.yaml --from inputs.raw_data --to registered-model
      stepwire init pipeline.yaml --from inputs.raw_data --to predictions --choice 2
    """
    if not PIPELINE_NAME.fullmatch(name):
        raise click.UsageError(f"{name!r} is no name of a pipeline: letters, digits and single dashes")
    if start and goal is None:
        raise click.UsageError("--from goes with --to")
    if file is not None and file.exists():
        raise click.UsageError(f"{file} is there already; nothing was written")
    text = first_document(name) if goal is None else _proposed(name, start, goal, choice)
    if file is None:
        echo_data(text)
        return
    write_text(file, text)
    echo(f"wrote {file}; next: stepwire check {file}", err=True)


def _proposed(name: str, start: Sequence[str], goal: str, choice: int) -> str:
    """List what is proposed, and return the chosen document."""
    from ..authoring.proposals import PROPOSED, propose  # a plain first document needs no solver

    proposals = propose(start, goal, name=name, most=max(PROPOSED, choice))
    if not proposals:
        given = f" from {', '.join(start)}" if start else ""
        echo(f"no pipeline of library steps leads{given} to {goal}", err=True)
        echo("'stepwire specs' lists the steps, and what each takes and makes", err=True, tone=Tone.FAINT)
        raise Exit(1)
    if choice > len(proposals):
        verb = "is" if len(proposals) == 1 else "are"
        raise click.UsageError(f"--choice {choice}: there {verb} {counted(len(proposals), 'proposal')}")
    for number, proposal in enumerate(proposals, 1):
        echo(f"{'*' if number == choice else ' '} {number}) {proposal}", err=True)
    if len(proposals) > 1:
        echo("--choice N takes another", err=True, tone=Tone.FAINT)
    return proposals[choice - 1].document
