"""A complete, valid assignment of sources to dependencies, and why it is what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import networkx as nx

from ..specs import PipelineSpec, Port, PropertyReference
from .problem import Edge, Problem
from .ranking import Evidence

AMBIGUOUS_BELOW = 4
"""A binding whose margin is smaller than this is reported as ambiguous."""


@dataclass(frozen=True)
class Binding:
    """One dependency joined to one source.

    `score` is the sum of the evidence's points. `margin` is what the score of the whole wiring loses when the
    dependency must take another source; None when no wiring gives it another (or when it was not asked for).
    """

    dependency: Port
    source: Port
    score: int
    evidence: tuple[Evidence, ...] = ()
    margin: int | None = None

    @property
    def is_ambiguous(self) -> bool:
        """Tell whether another source would have been almost, or just, as good."""
        return self.margin is not None and self.margin < AMBIGUOUS_BELOW


@dataclass(frozen=True)
class Wiring:
    """Every bound dependency with its source, and the optional ones left unbound.

    `ties` are the other wirings with the same score, as far as they were asked for (`resolve` does);
    `has_more_ties` tells that there are others still.
    """

    pipeline: PipelineSpec
    bindings: Mapping[Port, Binding]
    unbound: tuple[Port, ...]
    score: int
    ties: tuple[Wiring, ...] = ()
    has_more_ties: bool = False

    @classmethod
    def of(cls, pipeline: PipelineSpec, problem: Problem, assignment: tuple[int, ...]) -> Wiring:
        """Read an assignment of a pipeline's problem as a wiring."""
        bindings: dict[Port, Binding] = {}
        unbound = []
        for variable, place in zip(problem.variables, assignment, strict=True):
            candidate = variable.values[place]
            if candidate is None:
                unbound.append(variable.port)
            else:
                bindings[variable.port] = Binding(
                    variable.port, candidate.source, candidate.score, candidate.evidence
                )
        score = sum(binding.score for binding in bindings.values())
        return cls(pipeline, bindings, tuple(unbound), score)

    @property
    def is_unique(self) -> bool:
        """Tell whether no other wiring has the same score."""
        return not self.ties

    @property
    def ambiguous(self) -> tuple[Port, ...]:
        """The dependencies for which another source would have been almost, or just, as good."""
        return tuple(port for port, binding in self.bindings.items() if binding.is_ambiguous)

    @property
    def sources(self) -> dict[str, str]:
        """Map each bound dependency's address to its source's, as pins would be written."""
        return {str(port): str(binding.source) for port, binding in self.bindings.items()}

    def references(self) -> dict[str, dict[str, PropertyReference]]:
        """Map each step, and in it each bound dependency, to the reference it takes."""
        found: dict[str, dict[str, PropertyReference]] = {name: {} for name in sorted(self.pipeline.steps)}
        for port, binding in self.bindings.items():
            output = self.pipeline.output(binding.source)
            if output is not None:
                found[port.step][port.name] = PropertyReference(binding.source.step, output)
        return found

    def steps_in_order(self) -> list[str]:
        """Order the steps so that each comes after all it needs, by name where that leaves a choice."""
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(self.pipeline.steps)
        graph.add_edges_from((*self.edges(), *self.pipeline.fixed_edges))
        return list(nx.lexicographical_topological_sort(graph))

    def edges(self) -> Iterator[Edge]:
        """Yield the step and the step it feeds, for every binding to a step's output."""
        for port, binding in self.bindings.items():
            if binding.source.step in self.pipeline.steps:
                yield binding.source.step, port.step
