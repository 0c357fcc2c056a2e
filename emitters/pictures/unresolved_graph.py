"""Draws a pipeline that has no wiring as far as it goes, and marks what fails."""

from __future__ import annotations

from ...diagnosis.partial import failing_dependencies, partial_wiring
from ...diagnosis.report import Report
from ...solver.deadline import TimeIsUp
from ...solver.search.search import Search
from .graph import Graph, to_graph


def unresolved_graph(search: Search, report: Report) -> Graph | None:
    """Draw what can be wired, and a missing source for each dependency that fails.

    None where not even the rest holds together, or time was up.
    """
    failing = failing_dependencies(report)
    try:
        wiring = partial_wiring(search, failing)
    except TimeIsUp:
        return None
    return to_graph(wiring, failing) if wiring else None
