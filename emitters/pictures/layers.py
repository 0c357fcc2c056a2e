"""Places a graph in layers: what comes first stands above what takes from it, and few arrows cross.

Sugiyama's method: the layers are networkx's topological generations, circles cut; an arrow over several
layers bends in each of those between; within a layer, everything stands near the middle of its neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from .graph import Graph

SWEEPS = 8

Ends = tuple[str, str]
Spot = str | tuple[Ends, int]
"""What takes room in a layer: a node, or the bend of an arrow there."""


@dataclass(frozen=True)
class Layers:
    """What stands in each layer from above, from the left, and the layers in which each arrow bends."""

    spots: tuple[tuple[Spot, ...], ...]
    bends: Mapping[Ends, tuple[Spot, ...]]


def layered(graph: Graph) -> Layers:
    """Place every node of a graph, and the bends of its arrows: the same for the same graph."""
    flow: nx.DiGraph[str] = nx.DiGraph()
    flow.add_nodes_from(node.id for node in graph.nodes)
    for arrow in graph.arrows:
        if arrow.start != arrow.end and not nx.has_path(flow, arrow.end, arrow.start):
            flow.add_edge(arrow.start, arrow.end)  # an arrow that closes a circle places nothing
    depths = {name: depth for depth, layer in enumerate(nx.topological_generations(flow)) for name in layer}
    bends: dict[Ends, tuple[Spot, ...]] = {
        (start, end): tuple(((start, end), depth) for depth in range(depths[start] + 1, depths[end]))
        for start, end in sorted(flow.edges)
    }
    wired: nx.DiGraph[Spot] = nx.DiGraph()
    wired.add_nodes_from(depths)
    for (start, end), way in bends.items():
        nx.add_path(wired, [start, *way, end])
    layers: list[list[Spot]] = [[] for _ in range(max(depths.values(), default=-1) + 1)]
    for spot in wired:
        layers[depths[spot] if isinstance(spot, str) else spot[1]].append(spot)
    layers = [sorted(layer, key=_canonical) for layer in layers]
    for sweep in range(SWEEPS):
        layers = _swept(layers, wired, down=sweep % 2 == 0)
    return Layers(tuple(map(tuple, layers)), bends)


def _swept(layers: list[list[Spot]], wired: nx.DiGraph[Spot], *, down: bool) -> list[list[Spot]]:
    """Sort each layer by where its neighbours stand on average, going down or up."""
    middle = {spot: _relative(at, layer) for layer in layers for at, spot in enumerate(layer)}
    swept = []
    for layer in layers if down else reversed(layers):
        near = wired.predecessors if down else wired.successors
        wanted = {spot: _mean([middle[it] for it in near(spot)], middle[spot]) for spot in layer}
        ordered = sorted(layer, key=lambda spot: (wanted[spot], _canonical(spot)))
        middle |= {spot: _relative(at, ordered) for at, spot in enumerate(ordered)}
        swept.append(ordered)
    return swept if down else swept[::-1]


def _canonical(spot: Spot) -> tuple[str, str]:
    return (spot, "") if isinstance(spot, str) else spot[0]


def _relative(at: int, layer: list[Spot]) -> float:
    return at - (len(layer) - 1) / 2


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
