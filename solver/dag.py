"""A pipeline built up step by step, with its dependencies resolved on demand."""

from __future__ import annotations

import networkx as nx

from ..errors import DocumentError, Problem
from ..specs import InputSpec, PipelineSpec, PropertyReference, Step, StepSpecification
from .search import Search


class PipelineDAG:
    """Steps with their specifications, in any order, and the edges along which data may flow.

    Without edges, data may flow between any two steps. `pipeline` is what the solver sees.
    """

    def __init__(self, name: str = "pipeline") -> None:
        self.name = name
        self._steps: dict[str, StepSpecification] = {}
        self._inputs: dict[str, InputSpec] = {}
        self._edges: list[tuple[str, str]] = []

    def register_step_spec(self, step_name: str, spec: StepSpecification) -> None:
        """Add a step; raises DocumentError when the name is taken by another specification."""
        if self._steps.get(step_name, spec) != spec:
            message = f"step '{step_name}' is registered already, with another specification"
            raise DocumentError([Problem("SW110", message, hint="choose another name")])
        self._steps[step_name] = spec

    def add_input(self, name: str, spec: InputSpec) -> None:
        """Add a value from outside; it becomes a pipeline parameter."""
        self._inputs[name] = spec

    def add_edge(self, producer: str, consumer: str) -> None:
        """Allow data to flow from one step to another; once there is an edge, only along edges."""
        self._edges.append((producer, consumer))

    @property
    def pipeline(self) -> PipelineSpec:
        """The pipeline as it stands."""
        return PipelineSpec(
            name=self.name,
            inputs=dict(self._inputs),
            steps={name: Step(spec=spec) for name, spec in self._steps.items()},
            edges=tuple(self._edges) or None,
        )

    def validate_dependencies(self) -> list[str]:
        """Say, a sentence each, which required dependencies nothing can supply, sorted."""
        variables = Search.over(self.pipeline).problem.variables
        return [
            f"Step '{variable.port.step}' missing required dependency '{variable.port.name}'"
            for variable in variables
            if variable.required and not variable.candidates
        ]

    def auto_resolve_dependencies(self) -> dict[str, dict[str, PropertyReference]]:
        """Return, for each step, what each of its dependencies takes in the best wiring.

        Raises NoWiringError when there is no wiring, DocumentError when an edge names no step.
        """
        return Search.over(self.pipeline).resolve().references()

    def topological_sort(self) -> list[str]:
        """Order the steps so that each comes after all it takes from, by name where that leaves a choice.

        Raises NoWiringError when there is no wiring.
        """
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(self._steps)
        graph.add_edges_from((*self._edges, *Search.over(self.pipeline).resolve().edges()))
        return list(nx.lexicographical_topological_sort(graph))
