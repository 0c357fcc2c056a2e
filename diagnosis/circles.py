"""The circle that a conflict closes."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from ..solver.presolve.step_graph import graph_of, tangles
from ..solver.problem.candidates import Candidate
from ..solver.problem.elements import Elements
from ..solver.problem.rules_over_several import Edge, Pinned
from ..solver.problem.wiring_problem import Variable
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
    """Follow a circle that a conflict closes, from its first step by name; none where it closes none.

    It is one that the dependencies close by what they would take first, where there is such a circle.
    """
    pinned = {rule.port: rule.source for rule in conflict.rules if isinstance(rule, Pinned)}
    taken = {variable: _takes(variable, pinned.get(variable.port)) for variable in conflict.variables}
    firsts = {variable: candidates[:1] for variable, candidates in taken.items()}
    return _follow(_arrows(conflict, firsts, pinned)) or _follow(_arrows(conflict, taken, pinned))


def _takes(variable: Variable, pinned: Port | None) -> tuple[Candidate, ...]:
    return tuple(item for item in variable.candidates if pinned in (None, item.source))


def _arrows(
    conflict: Elements, taken: Mapping[Variable, Sequence[Candidate]], pinned: Container[Port]
) -> dict[Edge, CircleArrow]:
    arrows = {edge: CircleArrow(*edge) for edge in conflict.edges}
    for variable, candidates in taken.items():
        port = variable.port
        for item in reversed(candidates):  # of several between two steps, the best stays
            edge = (item.source.step, port.step)
            arrows[edge] = CircleArrow(*edge, port, item.source, item.score, port in pinned)
    return arrows


def _follow(arrows: Mapping[Edge, CircleArrow]) -> list[CircleArrow]:
    tangled = sorted(next(tangles(graph_of(sorted(arrows))), ()))
    if not tangled:
        return []
    import networkx as nx  # takes long to load

    graph: nx.DiGraph[str] = nx.DiGraph(sorted(arrows))
    return [arrows[edge] for edge in nx.find_cycle(graph.subgraph(tangled), tangled[0])]


def weakest(arrows: Sequence[CircleArrow]) -> CircleArrow:
    """Return the arrow of a circle with the least reason: first what carries no data, then fewest points."""
    return min(arrows, key=lambda arrow: (arrow.dependency is not None, arrow.points, arrow.before))
