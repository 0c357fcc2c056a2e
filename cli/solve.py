"""The commands that wire a document and hand on what came of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

import click

from ..diagnosis.resolve import require_wiring
from ..diagnosis.warnings import warnings
from ..emitters.records.wiring import to_result
from ..problems.blocks import Line
from ..problems.records import to_format
from ..solver.search.search import Search
from .console import echo_data, print_blocks, print_json, warn
from .formats import format_
from .reporting import reported
from .shared_options import searching, strict


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
        print_blocks([next(best.blocks()), Line("")])
        for wiring in others:
            print_blocks([*wiring.blocks(), Line("")])
        print_blocks(best.among(count))
    elif format_ == "json":
        print_json(to_result((best, *others), count))
    else:
        echo_data(to_format((), format_, warnings=warnings(best)))
