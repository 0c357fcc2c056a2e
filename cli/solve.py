"""The commands that wire a document and hand on what came of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..diagnosis.resolve import require_wiring
from ..diagnosis.warnings import warnings
from ..emitters.records.wiring import to_result
from ..emitters.tables import summarise, to_table
from ..problems.records import to_format
from ..solver.search.search import Search
from .console import as_json, reported
from .options import format_, searching, strict, warn

if TYPE_CHECKING:
    pass


@click.command()
@format_
@strict
@click.option("--limit", type=click.IntRange(min=1), default=1, help="How many wirings to print.")
@click.option("--all", "all_", is_flag=True, help="Print every wiring.")
@click.option(
    "--max-wirings", type=click.IntRange(min=1), metavar="N", help="Exit 5 when --all finds more than these."
)
@searching
@reported
def solve(
    _: Path,
    search: Callable[[], Search],
    format_: str,
    strict: bool,
    limit: int,
    all_: bool,
    max_wirings: int | None,
) -> None:
    """Find the best wiring, and count the valid ones.

    \b
    Example: stepwire solve pipeline.yaml --format json --limit 3
    """
    searched = search()
    best = require_wiring(searched, strict=strict)
    count = searched.count().at_least(1 + len(best.ties))
    found = searched.wirings(at_most=max_wirings) if all_ or limit > 1 else iter(())
    others = islice(found, 1, None if all_ else limit)
    warn(warnings(best))
    if format_ == "text":
        for wiring in (best, *others):
            click.echo(to_table(wiring))
        click.echo(summarise(best, count))
    elif format_ == "json":
        click.echo(as_json(to_result((best, *others), count)))
    else:
        click.echo(to_format((), format_, warnings=warnings(best)), nl=False)
