"""The command that draws a pipeline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..diagnosis.resolve import require_wiring
from ..diagnosis.warnings import warnings
from ..solver.search.search import Search
from .console import echo_data, reported, warn
from .options import searching

if TYPE_CHECKING:
    pass


@click.command()
@click.option(
    "--format", "format_", type=click.Choice(("mermaid", "dot")), default="mermaid", show_default=True
)
@searching
@reported
def graph(_: Path, search: Callable[[], Search], format_: str) -> None:
    """Draw the wired pipeline as text, for Mermaid or Graphviz.

    \b
    Example: stepwire graph pipeline.yaml --format dot | dot -Tsvg > pipeline.svg
    """
    from ..emitters.pictures.graph import to_dot, to_graph, to_mermaid

    wiring = require_wiring(search())
    warn(warnings(wiring))
    drawn = to_graph(wiring)
    echo_data(to_mermaid(drawn) if format_ == "mermaid" else to_dot(drawn))
