"""The graph of possible edges and its tangles, by whatever finds them."""

from __future__ import annotations

from random import Random

import networkx as nx
import pytest

from stepwire.solver.presolve import step_graph
from stepwire.solver.presolve.step_graph import graph_of, reached, tangles, turned


@pytest.mark.parametrize("small", [step_graph.MAX_BIT_SET_STEPS, 0], ids=["bit sets", "networkx"])
def test_tangles_are_the_strongly_connected_parts(small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step_graph, "MAX_BIT_SET_STEPS", small)
    random = Random(1)
    for _ in range(200):
        names = [f"S{number}" for number in range(random.randint(1, 12))]
        edges = [(random.choice(names), random.choice(names)) for _ in range(random.randint(0, 20))]
        judge: nx.DiGraph[str] = nx.DiGraph(edges)
        parts = nx.strongly_connected_components(judge)
        expected = [it for it in parts if len(it) > 1 or any(judge.has_edge(one, one) for one in it)]
        assert list(tangles(graph_of(edges))) == sorted(expected, key=min)


def test_what_edges_lead_to_is_reached_both_ways() -> None:
    graph = graph_of([("A", "B"), ("B", "C"), ("A", "B"), ("D", "C")])
    assert graph == {"A": ("B",), "B": ("C",), "C": (), "D": ("C",)}
    assert reached(graph, ["B"]) == {"B", "C"}
    assert reached(turned(graph), ["C", "X"]) == {"A", "B", "C", "D", "X"}
