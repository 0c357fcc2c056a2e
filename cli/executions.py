"""The command that lists executions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..specs.text.source import read_source
from .aws_options import account
from .console import echo, print_json
from .formats import text_or_json
from .reporting import reported

if TYPE_CHECKING:
    from ..deployment.aws import Aws
    from ..deployment.executions import Execution


@click.command()
@click.argument("document", metavar="DOCUMENT|NAME")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="How many.")
@text_or_json
@account
@reported
def executions(document: str, limit: int, format_: str, aws: Aws) -> None:
    """List the last executions of a deployed pipeline: states and durations.

    DOCUMENT is a pipeline document, or the name of a pipeline.

    \b
    Example: stepwire executions pipeline.yaml
    """
    from ..deployment.executions import list_executions

    found = list_executions(aws, name_of(document), limit)
    if format_ == "json":
        print_json({"schema": 1, "executions": [_record(item) for item in found]})
        return
    for item in found:
        echo(f"{item.name}  {item.status:<10}  {_when(item)}  {_lasted(item)}  {item.reason}".rstrip())
    if not found:
        echo("it has not been executed yet", err=True)


def name_of(document: str) -> str:
    """Return the name of the pipeline that a document describes, or the name itself."""
    if not Path(document).is_file():
        return document
    data = read_source(Path(document)).sound().data
    return str(data.get("name", document)) if isinstance(data, dict) else document


def _when(item: Execution) -> str:
    return item.started.strftime("%Y-%m-%d %H:%M:%S") if item.started else "not started"


def _lasted(item: Execution) -> str:
    if item.seconds is None:
        return "goes on"
    minutes, seconds = divmod(round(item.seconds), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def _record(item: Execution) -> dict[str, object]:
    times = [time.isoformat() if time else None for time in (item.started, item.ended)]
    return {
        "arn": item.arn,
        "status": item.status,
        "started": times[0],
        "ended": times[1],
        "seconds": item.seconds,
        "reason": item.reason or None,
    }
