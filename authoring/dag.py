"""A pipeline built up step by step, with its dependencies resolved on demand."""

from __future__ import annotations

from collections.abc import Iterable

from ..diagnosis.resolve import require_wiring, wiring_or_report
from ..diagnosis.words.found import problem_of
from ..problems.codes import Code
from ..problems.errors import DocumentError
from ..problems.problem import Problem
from ..solver.search.search import Search
from ..solver.search.wiring import Wiring
from ..specs import Branch, InputSpec, PipelineSpec, PropertyReference, Step, StepSpecification


class PipelineDAG:
    """Steps with their specifications, in any order, and the edges along which data may flow.

    Without edges, data may flow between any two steps. `pipeline` is what the solver sees. Names are looked
    up when it is solved: whatever solves raises DocumentError for an edge or a pin that names nothing.
    """

    def __init__(self, name: str = "pipeline") -> None:
        self.name = name
        self._steps: dict[str, StepSpecification | None] = {}
        self._inputs: dict[str, InputSpec] = {}
        self._edges: list[tuple[str, str]] = []
        self._pins: dict[str, str] = {}
        self._branches: dict[str, Branch] = {}

    def add_node(self, step_name: str) -> None:
        """Add a step of which nothing is known but the name; no data of it is wired."""
        self._steps.setdefault(step_name, None)

    def register_step_spec(self, step_name: str, spec: StepSpecification) -> None:
        """Add a step; raises DocumentError when the name is taken by another specification."""
        _require_free(f"step '{step_name}'", self._steps.get(step_name), spec)
        self._steps[step_name] = spec

    def add_input(self, name: str, spec: InputSpec) -> None:
        """Add a value from outside, which becomes a pipeline parameter.

        Raises DocumentError when the name is taken by another input.
        """
        _require_free(f"input '{name}'", self._inputs.get(name), spec)
        self._inputs[name] = spec

    def add_edge(self, producer: str, consumer: str) -> None:
        """Let data flow from one step to another, and the first run before the second.

        Once there is an edge, data flows along edges only. An edge from or to a step without a specification
        orders the two and says nothing of data.
        """
        self._edges.append((producer, consumer))

    def pin(self, dependency: str, source: str) -> None:
        """Settle what a dependency takes: `pin("training.training_data", "preprocessing.train")`."""
        self._pins[dependency] = source

    def add_branch(self, condition: str, *, if_: Iterable[str] = (), else_: Iterable[str] = ()) -> None:
        """Let steps run only when a condition holds (`if_`), or only when it does not (`else_`).

        Each call adds to what was said of the condition before.
        """
        known = self._branches.get(condition, Branch())
        self._branches[condition] = Branch(if_=(*known.if_, *if_), else_=(*known.else_, *else_))

    @property
    def pipeline(self) -> PipelineSpec:
        """The pipeline as it stands."""
        bare = {name for name, spec in self._steps.items() if spec is None}
        order = [edge for edge in self._edges if bare & {*edge}]
        edges = [edge for edge in self._edges if not bare & {*edge}]
        return PipelineSpec(
            name=self.name,
            inputs=dict(self._inputs),
            steps={name: _as_step(spec) for name, spec in self._steps.items()},
            edges=tuple(edges) or None,
            order=tuple(order),
            branches=dict(self._branches),
            pins=dict(self._pins),
        )

    def resolve(self, *, strict: bool = False) -> Wiring:
        """Return the best wiring, with its margins and ties; raises as `stepwire.resolve` does."""
        return require_wiring(Search.over(self.pipeline), strict=strict)

    def validate_dependencies(self) -> list[str]:
        """Say, a sentence each, why there is no wiring; empty when there is one.

        First the required dependencies that nothing can supply, by address; then what cannot hold together.
        """
        report = wiring_or_report(Search.over(self.pipeline))
        if isinstance(report, Wiring):
            return []
        missing = sorted(port for failure in report.missing for port in failure.dependencies)
        return [
            *(f"Step '{port.step}' missing required dependency '{port.name}'" for port in missing),
            *(problem_of(failure, report.pipeline).message for failure in report.contradictions),
        ]

    def auto_resolve_dependencies(self) -> dict[str, dict[str, PropertyReference]]:
        """Return, for each step, what each of its dependencies takes in the best wiring.

        Raises NoWiringError when there is no wiring.
        """
        return self.resolve().references()

    def topological_sort(self) -> list[str]:
        """Order the steps by the best wiring; raises NoWiringError when there is none."""
        return self.resolve().steps_in_order()


def _as_step(spec: StepSpecification | None) -> Step:
    return Step(spec=spec or StepSpecification(step_type="Unspecified"))


def _require_free(subject: str, known: object, given: object) -> None:
    if known not in (None, given):
        message = f"{subject} is there already, with another specification"
        raise DocumentError([Problem(Code.CONTRADICTION, message, hint="choose another name")])
