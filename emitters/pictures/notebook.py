"""Pictures for notebooks: a wiring, or a pipeline as far as it is wired, with what fails in words below."""

from __future__ import annotations

from ...diagnosis.resolve import wiring_or_report
from ...problems.blocks import Line
from ...problems.errors import DocumentError
from ...problems.layout import blocks_to_html
from ...solver.search.errors import SearchLimitError
from ...solver.search.search import Search
from ...solver.search.wiring import Wiring
from ...specs import PipelineSpec
from .graph import to_graph
from .svg import to_svg
from .unresolved_graph import unresolved_graph

PICTURE_SECONDS = 5.0
"""A cell of a notebook waits no longer than this for its picture."""


def notebook_picture(value: PipelineSpec | Wiring) -> str:
    """Draw a wiring, or the best wiring of a pipeline; what keeps it from having one is told below."""
    if isinstance(value, Wiring):
        return to_svg(to_graph(value))
    try:
        search = Search.over(value, timeout=PICTURE_SECONDS)
        found = wiring_or_report(search)
    except (DocumentError, SearchLimitError) as error:
        return blocks_to_html(Line(line) for line in str(error).splitlines())
    if isinstance(found, Wiring):
        return to_svg(to_graph(found))
    drawn = unresolved_graph(search, found)
    return (to_svg(drawn) if drawn else "") + blocks_to_html(found.blocks())
