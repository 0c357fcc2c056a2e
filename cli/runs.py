"""The commands that look at earlier runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..problems.counts import counted
from .console import echo, print_json
from .formats import text_or_json
from .reporting import reported
from .run_options import root_

if TYPE_CHECKING:
    from ..runtime.history import RunRecord


@click.group(invoke_without_command=True)
@root_
@text_or_json
@click.pass_context
def runs(context: click.Context, root: Path, format_: str) -> None:
    """List the runs of this machine, the newest first; `show RUN` tells of one.

    \b
    Examples:
      stepwire runs
      stepwire runs show last
    """
    if context.invoked_subcommand is None:
        _list(root, format_)


@reported
def _list(root: Path, format_: str) -> None:
    from ..runtime.history import read_runs

    found = read_runs(root)
    if format_ == "json":
        value = {"schema": 1, "runs": [record.model_dump(mode="json") for record in found]}
        print_json(value)
        return
    if not found:
        echo(f"no runs in {root}", err=True)
    for record in found:
        echo(_say(record))


@runs.command()
@click.argument("run")
@root_
@text_or_json
@reported
def show(run: str, root: Path, format_: str) -> None:
    """Tell of the steps of a run: its name, its number, or `last`."""
    from ..runtime.history import read_run

    record = read_run(root, run)
    if format_ == "json":
        print_json({"schema": 1, **record.model_dump(mode="json")})
        return
    echo(_say(record))
    for step in record.steps:
        how = ", made in" if step.status == "Reused" else " in"
        seconds = f"{how} {step.seconds:.1f} s" if step.seconds else ""
        memory = f", {step.peak / 2**20:.0f} MB" if step.peak else ""
        notes = "; ".join(note for note in (step.note, step.why) if note)
        line = f"  {step.name} ({step.kind}) {step.status.lower()}{seconds}{memory}"
        echo(f"{line}: {notes}" if notes else line)
        for name, value in step.outputs.items():
            echo(f"    {name}: {value}")
    echo(f"  logs: {root / 'runs' / record.run}/STEP/log.txt")


def _say(record: RunRecord) -> str:
    seconds = f" in {record.seconds:.1f} s" if record.seconds else ""
    told = f"{record.status.lower()}{seconds}, {counted(len(record.steps), 'step')}"
    return f"{record.run}  {record.started}  {record.pipeline}: {told}"
