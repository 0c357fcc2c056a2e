"""Proposes pipelines of library steps that lead from what is there to what is wanted, the shortest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ..diagnosis.repairs.chains import Breadth, ending, met, needs_code, step_name
from ..diagnosis.repairs.new_inputs import input_for
from ..problems.codes import Code
from ..problems.errors import SpecificationError
from ..problems.problem import Problem
from ..problems.suggestions import did_you_mean
from ..solver.deadline import Deadline, TimeIsUp
from ..solver.problem.candidates import PipelinePorts
from ..solver.ranking.vocabulary import Vocabulary
from ..solver.search.errors import SearchLimitError
from ..solver.search.search import Search
from ..solver.search.wiring import Wiring
from ..specs import INPUTS, LIBRARY, InputSpec, PipelineSpec, Port, Step, StepSpecification
from ..specs.types import DependencyType
from .proposed_document import proposed_document

PROPOSED, LONGEST_PIPELINE, PROPOSAL_SECONDS = 5, 8, 20.0
"""How many pipelines are proposed, of how many steps at most, and how long they are looked for at most."""

ALIKE = 3
"""Proposals that differ by fewer points for each binding fit alike, as two ways of training do."""

_BREADTH = Breadth(followed=6, alike=3, settings=True)


@dataclass(frozen=True)
class Proposal:
    """A pipeline of library steps, with its best wiring."""

    wiring: Wiring
    given: frozenset[str] = frozenset()
    """The inputs that were there at first."""

    @property
    def pipeline(self) -> PipelineSpec:
        """The pipeline."""
        return self.wiring.pipeline

    @property
    def steps(self) -> tuple[str, ...]:
        """The names of its steps, in the order in which they run."""
        return tuple(self.wiring.steps_in_order())

    @property
    def document(self) -> str:
        """The pipeline as a document whose comments say what each step takes and runs."""
        return proposed_document(self.wiring)

    @property
    def work(self) -> int:
        """How much there is to do: its steps, programs that are still to be written, inputs to be found."""
        specs = [step.spec for step in self.pipeline.steps.values()]
        return len(specs) + sum(map(needs_code, specs)) + len(self.pipeline.inputs.keys() - self.given)

    @property
    def fit(self) -> int:
        """How well its sources fit, in points for each binding."""
        return self.wiring.score // max(1, len(self.wiring.bindings))

    @property
    def places(self) -> tuple[int, ...]:
        """Where its steps stand in the library, in the order in which they run."""
        order = list(LIBRARY)
        return tuple(order.index(self.pipeline.steps[name].spec.step_type) for name in self.steps)

    def __str__(self) -> str:
        return " -> ".join(self.steps)


def propose(
    start: Sequence[str],
    goal: str,
    *,
    name: str = "my-pipeline",
    most: int = PROPOSED,
    timeout: float | None = PROPOSAL_SECONDS,
) -> tuple[Proposal, ...]:
    """Propose pipelines that lead from inputs to a goal: the shortest first, of these what fits best.

    `start` are inputs by name (`raw_data` or `inputs.raw_data`), each of the type that library steps want
    under that name. `goal` is a step of the library, a kind of steps (`endpoint`), or words that the name and
    the outputs of a step have (`registered-model`, `predictions`). Every input is used. What is not found
    within `timeout` seconds is left out. Raises SpecificationError when no step of the library is meant by
    the goal.
    """
    deadline = Deadline.after(timeout)
    inputs = dict(map(_input, start))
    found: list[Proposal] = []
    try:
        for spec in _meant(goal):
            for proposal in _leading_to(name, inputs, spec, most, deadline):
                found.append(proposal)  # what was found before time was up is kept
    except (TimeIsUp, SearchLimitError):
        pass  # what was found by then is proposed
    return tuple(_ranked(found)[:most])


def _ranked(found: Sequence[Proposal]) -> list[Proposal]:
    """Sort proposals, each once, by what there is to do, then by how well they fit.

    Of those that fit alike, the order of the library tells which is meant most often.
    """
    each = {item.steps: item for item in found}.values()
    ranked: list[Proposal] = []
    waiting = sorted(each, key=lambda item: (item.work, -item.fit, item.places))
    while waiting:
        best = waiting[0]
        least = best.fit - ALIKE
        alike = [item for item in waiting if item.work == best.work and item.fit > least]
        ranked += sorted(alike, key=lambda item: item.places)
        waiting = waiting[len(alike) :]
    return ranked


def _leading_to(
    name: str, inputs: dict[str, InputSpec], goal: StepSpecification, most: int, deadline: Deadline
) -> Iterator[Proposal]:
    """Yield pipelines that end with a step, without and with what that need not have."""
    last = step_name(goal.step_type)
    pipeline = PipelineSpec(name=name, inputs=inputs, steps={last: Step(spec=goal)})
    ports = PipelinePorts(pipeline, deadline)
    begun = [ending(ports, last)]
    whole = ending(ports, last, optional=True)
    if whole.lacking != begun[0].lacking:
        begun.append(whole)
    wanted = {Port(INPUTS, given) for given in inputs}
    for start in begun:
        found = (
            Proposal(wiring, frozenset(inputs))
            for chain in met([start], LONGEST_PIPELINE, _BREADTH)
            if (wiring := next(Search.over(chain.ports.pipeline, timeout=deadline).wirings(), None))
            if not wiring.makeshift and wanted <= {item.source for item in wiring.bindings.values()}
        )
        yield from islice(found, most)


def _input(address: str) -> tuple[str, InputSpec]:
    """Declare an input as the first step of the library wants it that has a need so called."""
    name = address.removeprefix(f"{INPUTS}.")
    needs = [port for spec in LIBRARY.values() for port in spec.dependencies.values()]
    named = (port for port in needs if name == port.logical_name)
    meant = next(named, None) or next((port for port in needs if name in port.aliases), None)
    if meant is None:
        return name, InputSpec(input_type=DependencyType.TRAINING_DATA, roles=["DataLoad"])
    return name, InputSpec.model_validate(input_for(PipelineSpec(name="any"), meant))


def _meant(goal: str) -> Collection[StepSpecification]:
    """Find the steps of the library that a goal means: the one so called, those of the kind, or those that
    have its words."""
    called = goal.casefold().replace("-", "").replace("_", "").replace(" ", "")
    exact = [spec for name, spec in LIBRARY.items() if name.casefold() == called]
    exact = exact or [spec for spec in LIBRARY.values() if spec.kind.casefold() == called]
    words = Vocabulary().words
    having = [spec for spec in LIBRARY.values() if words(goal) <= words(" ".join(_names(spec)))]
    if not words(goal) or not (exact or having):
        hint = did_you_mean(goal, LIBRARY, limit=0) or "name one, or words of its name and its outputs"
        message = f"no step of the library leads to {goal!r}"
        raise SpecificationError([Problem(Code.DANGLING, message, None, hint)])
    return exact or having


def _names(spec: StepSpecification) -> Iterator[str]:
    yield spec.step_type
    for output in spec.outputs.values():
        yield from (output.logical_name, *output.aliases)
