"""The command that draws a pipeline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from ..definitions.given import read_given_file
from ..definitions.recognise import DefinitionText
from ..diagnosis.errors import NoWiringError
from ..diagnosis.resolve import wiring_or_report
from ..diagnosis.warnings import warnings
from ..solver.search.search import Search
from ..solver.search.wiring import Wiring
from .console import warn
from .output import deliver, output
from .reporting import reported
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

    Of a pipeline without a wiring, what can be wired is drawn, and what fails is marked; it exits with 1.

    \b
    Example: stepwire graph pipeline.yaml -o pipeline.svg
    """
    from ..emitters.pictures.definition_graph import definition_to_graph
    from ..emitters.pictures.graph import Graph, to_dot, to_graph, to_mermaid
    from ..emitters.pictures.svg import graph_to_html, to_svg  # networkx, which takes time to load
    from ..emitters.pictures.unresolved_graph import unresolved_graph

    found = read_given_file(document)
    drawn: Graph | None
    failure: NoWiringError | None = None
    if isinstance(found, DefinitionText):
        drawn = definition_to_graph(found.name, found.sound())
    elif isinstance(wired := wiring_or_report(made := search()), Wiring):
        warn(warnings(wired))
        drawn = to_graph(wired)
    else:
        drawn, failure = unresolved_graph(made, wired), NoWiringError(wired)
    format_ = format_ or _ENDINGS.get(output.suffix if output else "", "mermaid")
    write = {"mermaid": to_mermaid, "dot": to_dot, "svg": to_svg, "html": graph_to_html}[format_]
    if drawn is not None:
        deliver(write(drawn), output)
    if failure is not None:
        raise failure
