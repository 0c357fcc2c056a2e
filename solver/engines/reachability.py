"""Keeps the order of steps while edges are added and taken back: reachability as bit sets.

Steps are numbered; bit j of `after[i]` says that step j is i, or surely runs after it.
"""

from __future__ import annotations

from ...specs import INPUTS
from ..presolve.components import Flow
from ..problem.wiring_problem import Variable


class Reachability:
    """Which steps run after which, for a growing and shrinking set of edges over fixed ones."""

    def __init__(self, flow: Flow) -> None:
        self.number = {step: index for index, step in enumerate(flow.steps)}
        self.acyclic = flow.acyclic
        self._sides = [(self._bits(branch.if_), self._bits(branch.else_)) for branch in flow.branches]
        self._after = [1 << index for index in range(len(flow.steps))]
        self._trail: list[list[int]] = []
        self.consistent = all(self.add(*edge) for edge in flow.fixed_edges) and self._branches_apart(
            self._after
        )

    def _bits(self, steps: tuple[str, ...]) -> int:
        return sum(1 << self.number[step] for step in steps if step in self.number)

    def inside(self, producer: str, consumer: str) -> bool:
        """Tell whether an edge lies inside the part of the graph that is watched."""
        return producer in self.number and consumer in self.number

    def allows(self, producer: str, consumer: str) -> bool:
        """Tell whether an edge could be added without a cycle and without joining two branch sides."""
        start, end = self.number[producer], self.number[consumer]
        if self.acyclic and self._after[end] >> start & 1:
            return False
        return not self._sides or self._branches_apart(self._with_edge(start, end))

    def add(self, producer: str, consumer: str) -> bool:
        """Add an edge; False, with nothing changed but the trail, when it breaks a rule."""
        start, end = self.number[producer], self.number[consumer]
        self._trail.append(self._after)
        if self.acyclic and self._after[end] >> start & 1:
            return False
        after = self._with_edge(start, end)
        if not self._branches_apart(after):
            return False
        self._after = after
        return True

    def skip(self) -> None:
        """Note an assignment that adds no edge."""
        self._trail.append(self._after)

    def undo(self) -> None:
        """Take back the latest `add` or `skip`."""
        self._after = self._trail.pop()

    def _with_edge(self, start: int, end: int) -> list[int]:
        gained, bit = self._after[end], 1 << start
        return [bits | gained if bits & bit else bits for bits in self._after]

    def _branches_apart(self, after: list[int]) -> bool:
        return not any(self._reached(if_, after) & self._reached(else_, after) for if_, else_ in self._sides)

    @staticmethod
    def _reached(starts: int, after: list[int]) -> int:
        reached, index = 0, 0
        while starts:
            if starts & 1:
                reached |= after[index]
            starts >>= 1
            index += 1
        return reached


def edge_of(variable: Variable, place: int, reachability: Reachability) -> tuple[str, str] | None:
    """Return the edge that a value draws within the part that is watched; None when it draws none there."""
    candidate = variable.values[place]
    if candidate is None or candidate.source.step == INPUTS:
        return None
    edge = (candidate.source.step, variable.port.step)
    return edge if reachability.inside(*edge) else None
