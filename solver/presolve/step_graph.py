"""The graph of all edges between steps that some wiring might have, and the parts of it that are tangled.

A pipeline's graph is mostly small: a few lines here answer sooner than networkx, which takes longer to load
than a pipeline to be wired. Large tangles go to networkx.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...specs import INPUTS
from ..problem.wiring_problem import WiringProblem

StepGraph = Mapping[str, Sequence[str]]
"""For each step of some edge, the steps that edges lead to from it, each once."""

MAX_BIT_SET_STEPS = 200
"""The bit sets of a part of more steps than this would take longer than networkx takes to load."""


def step_graph(problem: WiringProblem) -> StepGraph:
    """Draw every edge between steps that some wiring might have."""
    return graph_of(
        (
            *sorted(problem.fixed_edges),
            *(
                (candidate.source.step, variable.port.step)
                for variable in problem.variables
                for candidate in variable.candidates
                if candidate.source.step != INPUTS
            ),
        )
    )


def graph_of(edges: Iterable[tuple[str, str]]) -> StepGraph:
    """Make a graph of edges."""
    found: dict[str, dict[str, None]] = {}
    for start, end in edges:
        found.setdefault(start, {})[end] = None
        found.setdefault(end, {})
    return {step: tuple(ends) for step, ends in found.items()}


def turned(graph: StepGraph) -> StepGraph:
    """Return the graph with all edges the other way round."""
    return graph_of((end, start) for start, ends in graph.items() for end in ends)


def reached(graph: StepGraph, starts: Iterable[str]) -> set[str]:
    """Return the steps that edges lead to from some, these included."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        for step in graph.get(waiting.pop(), ()):
            if step not in found:
                found.add(step)
                waiting.append(step)
    return found


def tangles(graph: StepGraph) -> Iterator[set[str]]:
    """Yield the sets of steps that edges join in cycles, in the order of their first steps by name."""
    left = _ahead_of_a_cycle(graph) & _ahead_of_a_cycle(turned(graph))
    core = {step: [end for end in graph[step] if end in left] for step in sorted(left)}
    yield from _by_bit_sets(core) if len(core) <= MAX_BIT_SET_STEPS else _by_networkx(core)


def _ahead_of_a_cycle(graph: StepGraph) -> set[str]:
    """Return the steps that edges lead to from some cycle, or that are on one."""
    entering = Counter(end for ends in graph.values() for end in ends)
    left = set(graph)
    waiting = [step for step in graph if not entering[step]]
    while waiting:
        step = waiting.pop()
        left.discard(step)
        for end in graph[step]:
            entering[end] -= 1
            if not entering[end]:
                waiting.append(end)
    return left


def _by_bit_sets(core: StepGraph) -> Iterator[set[str]]:
    names = list(core)
    number = {step: place for place, step in enumerate(names)}
    after = [sum(1 << number[end] for end in core[step]) for step in names]
    for middle in range(len(names)):  # S. Warshall, A Theorem on Boolean Matrices, 1962
        through = after[middle]
        after = [bits | through if bits >> middle & 1 else bits for bits in after]
    told: set[int] = set()
    for place, bits in enumerate(after):
        if bits >> place & 1 and place not in told:
            members = [
                other for other in range(place, len(names)) if bits >> other & 1 and after[other] >> place & 1
            ]
            told.update(members)
            yield {names[member] for member in members}


def _by_networkx(core: StepGraph) -> Iterator[set[str]]:
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from((start, end) for start, ends in core.items() for end in ends)
    found = (set(steps) for steps in nx.strongly_connected_components(graph))
    cyclic = [steps for steps in found if len(steps) > 1 or any(step in core[step] for step in steps)]
    yield from sorted(cyclic, key=min)
