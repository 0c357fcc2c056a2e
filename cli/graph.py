"""The command that draws a pipeline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from ..definitions.recognise import DefinitionText
from ..diagnosis.resolve import require_wiring
from ..diagnosis.warnings import warnings
from ..solver.search.search import Search
from .console import reported, warn
from .given import read_given_file
from .output import deliver, output
from .shared_options import searching

_ENDINGS = {".mmd": "mermaid", ".dot": "dot", ".svg": "svg", ".html": "html"}


@click.command()
@click.option(
    "--format",
    "format_",
    type=click.Choice(tuple(_ENDINGS.values())),
    help="How to draw: as the name of the output ends, else mermaid. svg and html need no other program.",
)
@output
@searching
@reported
def graph(document: Path, search: Callable[[], Search], format_: str | None, output: Path | None) -> None:
    """Draw the wired pipeline: for Mermaid or Graphviz, or as a picture. A definition is drawn as it is.

    \b
    Example: stepwire graph pipeline.yaml -o pipeline.svg
    """
    from ..emitters.pictures.definition_graph import definition_to_graph
    from ..emitters.pictures.graph import to_dot, to_graph, to_mermaid
    from ..emitters.pictures.svg import graph_to_html, to_svg  # networkx, which takes time to load

    found = read_given_file(document)
    if isinstance(found, DefinitionText):
        drawn = definition_to_graph(found.name, found.definition.sound())
    else:
        wiring = require_wiring(search())
        warn(warnings(wiring))
        drawn = to_graph(wiring)
    format_ = format_ or _ENDINGS.get(output.suffix if output else "", "mermaid")
    write = {"mermaid": to_mermaid, "dot": to_dot, "svg": to_svg, "html": graph_to_html}[format_]
    deliver(write(drawn), output)
