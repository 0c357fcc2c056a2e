"""Finds steps that all wait for one another: with no order in which they could run, whatever they take.

If only cycles were forbidden, a problem would have a wiring if and only if it has none of these: a step that
can take all it needs from steps before it may run next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ...specs import INPUTS
from ..problem.rules_over_several import Edge
from ..problem.wiring_problem import Variable


@dataclass(frozen=True)
class _Wait:
    """What a step waits for: one step at least of those that a dependency may take from, or of an edge."""

    step: str
    steps: frozenset[str]
    cause: Variable | Edge


def _waits(variables: Collection[Variable], edges: Collection[Edge]) -> Iterator[_Wait]:
    for before, after in sorted(edges):
        yield _Wait(after, frozenset((before,)), (before, after))
    for variable in variables:
        steps = frozenset(candidate.source.step for candidate in variable.candidates)
        if variable.required and INPUTS not in steps:
            yield _Wait(variable.port.step, steps, variable)


def _endless(waits: Sequence[_Wait]) -> list[_Wait]:
    """Return those that never end, since all that they wait for waits itself."""
    waited_by: defaultdict[str, list[int]] = defaultdict(list)
    open_: Counter[str] = Counter(wait.step for wait in waits)
    for number, wait in enumerate(waits):
        for step in wait.steps:
            waited_by[step].append(number)
    ended: set[int] = set()
    ready = [step for step in waited_by if not open_[step]]
    while ready:
        for number in waited_by[ready.pop()]:
            if number not in ended:
                ended.add(number)
                open_[waits[number].step] -= 1
                if not open_[waits[number].step]:
                    ready.append(waits[number].step)
    return [wait for number, wait in enumerate(waits) if number not in ended]


def find_deadlock(
    variables: Collection[Variable], edges: Collection[Edge]
) -> tuple[list[Variable], list[Edge]]:
    """Return dependencies and edges of steps that wait for one another; none where there is no such thing.

    What is returned can surely not hold together without a cycle; what is not may still have no wiring.
    """
    causes = [wait.cause for wait in _core(_endless([*_waits(variables, edges)]))]
    return (
        [cause for cause in causes if isinstance(cause, Variable)],
        [cause for cause in causes if isinstance(cause, tuple)],
    )


def _core(endless: list[_Wait]) -> Iterator[_Wait]:
    """Pick one wait for each step, the one for fewest steps, and of that a part that waits for no other."""
    if not endless:
        return iter(())
    import networkx as nx  # takes long to load

    chosen: dict[str, _Wait] = {}
    for wait in endless:
        if wait.step not in chosen or len(wait.steps) < len(chosen[wait.step].steps):
            chosen[wait.step] = wait
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from((step, wait.step) for wait in chosen.values() for step in sorted(wait.steps))
    parts = [
        steps
        for steps in nx.strongly_connected_components(graph)
        if all(step in steps for step, _ in graph.in_edges(steps))
    ]
    smallest = min(parts, key=lambda steps: (len(steps), min(steps)), default=set())
    return (wait for step, wait in chosen.items() if step in smallest)
