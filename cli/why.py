"""The command that says why a dependency takes what it takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from ..diagnosis.contrast import Contrast, find_contrast
from ..diagnosis.why import find_why
from ..emitters.records.explanation import to_contrast, to_reasons
from ..solver.search.search import Search
from .completion import complete_dependencies, complete_sources
from .console import print_blocks, print_json
from .formats import text_or_json
from .reporting import reported
from .shared_options import searching


@click.command()
@searching
@click.argument(
    "dependency", metavar="[STEP.DEPENDENCY]", required=False, shell_complete=complete_dependencies
)
@click.argument("source", metavar="[STEP.OUTPUT]", required=False, shell_complete=complete_sources)
@click.option(
    "--against", type=click.IntRange(min=2), metavar="N", help="Compare the whole wiring with the N-th best."
)
@text_or_json
@reported
def why(
    _: Path,
    search: Callable[[], Search],
    dependency: str | None,
    source: str | None,
    against: int | None,
    format_: str,
) -> None:
    """Say why a dependency takes what it takes, and why not something else.

    \b
    Examples:
      stepwire why pipeline.yaml Train.data                 the evidence, which adds up to the score
      stepwire why pipeline.yaml Train.data Prepare.test    what forbids it, or what it would cost
      stepwire why pipeline.yaml --against 2                how the second best wiring differs
    """
    if (dependency is None) == (against is None):
        raise click.UsageError("name a dependency, or the wiring to compare with (--against N)")
    found = find_contrast(search(), against) if against else find_why(search(), dependency or "", source)
    if format_ == "json":
        print_json(to_contrast(found) if isinstance(found, Contrast) else to_reasons(found))
    else:
        print_blocks(found.blocks())
