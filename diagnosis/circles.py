"""The circle that a conflict closes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..solver.presolve.step_graph import graph_of, tangles
from ..solver.problem.elements import Elements
from ..solver.problem.rules_over_several import (
    Pinned,
)
from ..specs import Port


@dataclass(frozen=True)
class CircleArrow:
    """Why a step runs after another: a dependency that takes a source, or, without one, a fixed edge."""

    before: str
    after: str
    dependency: Port | None = None
    source: Port | None = None
    points: int = 0
    is_pinned: bool = False


def circle(conflict: Elements) -> list[CircleArrow]:
    """Follow a circle that a conflict closes, from its first step by name; none where it closes none."""
    arrows = {edge: CircleArrow(*edge) for edge in conflict.edges}
    pinned = {rule.port: rule.source for rule in conflict.rules if isinstance(rule, Pinned)}
    for variable in conflict.variables:
        port, is_pinned = variable.port, variable.port in pinned
        for item in reversed(variable.candidates):  # of several between two steps, the best stays
            if pinned.get(port, item.source) == item.source:
                edge = (item.source.step, port.step)
                arrows[edge] = CircleArrow(*edge, port, item.source, item.score, is_pinned)
    tangled = sorted(next(tangles(graph_of(sorted(arrows))), ()))
    if not tangled:
        return []
    import networkx as nx  # takes long to load

    graph: nx.DiGraph[str] = nx.DiGraph(sorted(arrows))
    return [arrows[edge] for edge in nx.find_cycle(graph.subgraph(tangled), tangled[0])]


def weakest(arrows: Sequence[CircleArrow]) -> CircleArrow:
    """Return the arrow of a circle with the least reason: first what carries no data, then fewest points."""
    return min(arrows, key=lambda arrow: (arrow.dependency is not None, arrow.points, arrow.before))
