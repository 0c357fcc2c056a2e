"""Chains of library steps: the first makes what is wanted, the others what those before them need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...solver.binding_ends import Dependency
from ...solver.problem.candidates import PipelinePorts
from ...specs import LIBRARY, DependencySpec, PipelineSpec, Port, Step, StepSpecification, travels
from ...specs.kinds.catalogue import find_kind
from .new_inputs import free_name
from .remedies import NEUTRAL

NEEDS_CODE = 1
"""The burden of a step that runs a program for which no script is shipped."""

SECOND = 6
"""The burden of a new step where there is one like it already."""

FOLLOWED = 3
"""So many chains are followed further at each length."""


@dataclass(frozen=True)
class Chain:
    """New steps of a pipeline, the last in the line first.

    `ports` are those of the pipeline with the steps in it, `edges` the pairs of steps of which one feeds the
    other, `serves` which outputs are meant for what was wanted at first. `points` are of those bindings.
    `lacking` are the needs of its steps for which nothing there is meant.
    """

    ports: PipelinePorts
    steps: tuple[str, ...] = ()
    edges: tuple[tuple[str, str], ...] = ()
    serves: frozenset[tuple[Port, str]] = frozenset()
    points: int = 0
    burden: int = 0
    lacking: tuple[Dependency, ...] = ()

    @property
    def work(self) -> tuple[int, int]:
        """How much there is to do: the steps that it has and will need at least, then their burden."""
        return len(self.steps) + len(self.lacking), self.burden


def starting(ports: PipelinePorts, wanting: Sequence[Dependency]) -> tuple[Chain, ...]:
    """Return the chains of one step that make the first of what is wanted, and perhaps more of it."""
    return _best(_longer(Chain(ports), wanting))


def met(begun: Iterable[Chain], longest: int) -> Iterator[Chain]:
    """Yield the chains of at most so many steps whose own needs are met, those of fewer steps first."""
    chains = sorted(begun, key=_rank)
    while chains:
        yield from (chain for chain in chains if not chain.lacking)
        unmet = [chain for chain in chains if chain.lacking and len(chain.steps) < longest][:FOLLOWED]
        grown = (longer for chain in unmet for longer in _best(_longer(chain, chain.lacking)))
        chains = sorted(grown, key=_rank)


def _rank(chain: Chain) -> tuple[tuple[int, int], int]:
    """Sort chains by what there is to do, then by what has most evidence."""
    return chain.work, -chain.points


def _best(chains: Iterable[Chain]) -> tuple[Chain, ...]:
    """Keep, of chains that serve the same by outputs of the same names, the one with the least to do.

    Of equal ones, the first stays: the order of the library tells what is meant most often.
    """
    found: dict[frozenset[tuple[Port, str]], Chain] = {}
    for chain in chains:
        if chain.serves not in found or chain.work < found[chain.serves].work:
            found[chain.serves] = chain
    return tuple(found.values())


def _longer(chain: Chain, wanting: Sequence[Dependency]) -> Iterator[Chain]:
    """Yield the chain with one more step of the library, which makes the first of what is wanted."""
    for spec in LIBRARY.values():
        if not _may_supply(chain.ports.pipeline, spec, wanting[0].spec):
            continue
        steps = chain.ports.pipeline.steps
        name = free_name(_step_name(spec.step_type), steps)
        after = PipelinePorts(_with_step(chain.ports.pipeline, name, spec, wanting), chain.ports.deadline)
        found = {item.port: best for item in wanting if (best := _best_output(after, item, name))}
        first = found.get(wanting[0].port)
        if first is None or first[1] <= NEUTRAL:
            continue  # its outputs would do as any other's would: nothing says that such a step was meant
        serves = frozenset((port, output) for port, (output, _) in found.items())
        there = any(_is_alike(step.spec, spec) for step in steps.values())
        yield Chain(
            after,
            (*chain.steps, name),
            (*chain.edges, *((name, step) for step in sorted({port.step for port in found}))),
            serves if not chain.steps else chain.serves | serves,
            sum(points for _, points in found.values()) // len(found) if not chain.steps else chain.points,
            chain.burden + (SECOND if there else 0) + (NEEDS_CODE if _needs_code(spec) else 0),
            tuple(_lacking(after, (*chain.steps, name))),
        )


def _lacking(ports: PipelinePorts, steps: Sequence[str]) -> Iterator[Dependency]:
    """Yield the required dependencies of steps for which nothing there is meant."""
    for dependency in ports.dependencies:
        if dependency.port.step in steps and dependency.spec.required:
            best = max((item.score for item in ports.candidates(dependency)), default=NEUTRAL)
            if best <= NEUTRAL or dependency.port in ports.context.unmet:
                yield dependency


def _may_supply(pipeline: PipelineSpec, spec: StepSpecification, wanted: DependencySpec) -> bool:
    """Tell whether some output of a step has a type and data type that is wanted."""
    types = pipeline.lattice.accepted(wanted.dependency_type)
    return any(
        output.output_type in types and travels(wanted.data_type, output.data_type)
        for output in spec.outputs.values()
    )


def _needs_code(spec: StepSpecification) -> bool:
    return "code" in find_kind(spec.kind).takes and not spec.defaults.script


def _is_alike(one: StepSpecification, other: StepSpecification) -> bool:
    """Tell whether two steps do the same kind of work; some kinds may do any."""
    if one.step_type == other.step_type:
        return True
    kinds = find_kind(one.kind), find_kind(other.kind)
    if any(kind.does_any_work or kind.stage is None for kind in kinds):
        return False
    makes, others = (
        {(it.output_type, it.data_type) for it in spec.outputs.values()} for spec in (one, other)
    )
    return kinds[0].stage == kinds[1].stage and (kinds[0] == kinds[1] or not makes.isdisjoint(others))


def _with_step(
    pipeline: PipelineSpec, name: str, spec: StepSpecification, wanting: Sequence[Dependency]
) -> PipelineSpec:
    """Return a pipeline with one more step, which may feed those that want something."""
    edges = pipeline.edges
    if edges is not None:
        edges = (*edges, *((name, item.port.step) for item in wanting))
    return pipeline.model_copy(update={"steps": {**pipeline.steps, name: Step(spec=spec)}, "edges": edges})


def _best_output(ports: PipelinePorts, dependency: Dependency, step: str) -> tuple[str, int] | None:
    """Return the output of a step that a dependency would best take, and its points."""
    found = (
        (item.source.name, item.score) for item in ports.candidates(dependency) if item.source.step == step
    )
    return next(found, None)  # candidates come best first


def _step_name(step_type: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", step_type).lower()
