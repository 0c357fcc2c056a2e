"""Chains of library steps: the first makes what is wanted, the others what those before them need."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ...solver.binding_ends import Dependency
from ...solver.problem.candidates import PipelinePorts
from ...specs import (
    LIBRARY,
    DependencySpec,
    DependencyType,
    InputSpec,
    PipelineSpec,
    Port,
    Step,
    StepSpecification,
    travels,
)
from ...specs.kinds.catalogue import find_kind
from ...specs.kinds.training import TRAINING
from ...specs.kinds.tuning import TUNING
from .new_inputs import free_name, new_input
from .remedies import NEUTRAL

NEEDS_CODE = 1
"""The burden of a step that runs a program for which no script is shipped."""

SECOND = 6
"""The burden of a new step where there is one like it already."""

MEANT = -1
"""The burden of a step whose kind the name of what takes from it tells."""

_TELLING = {TUNING.name: re.compile(r"hpo|tun(?:ed|er|ing)", re.IGNORECASE)}
"""By kind, what stands in the names of steps that take from one."""


@dataclass(frozen=True)
class Breadth:
    """How widely chains are looked for: how many are followed further at each length, and how many are kept
    of those that serve the same by outputs of the same names.

    With `settings`, what no step of the library makes and is no data becomes an input of the pipeline.
    """

    followed: int = 3
    alike: int = 1
    settings: bool = False


@dataclass(frozen=True)
class Chain:
    """New steps of a pipeline, the last in the line first.

    `ports` are those of the pipeline with the steps in it, `edges` the pairs of steps of which one feeds the
    other, `serves` which outputs are meant for what was wanted at first. `points` are of those bindings.
    `lacking` are the needs of its steps for which nothing there is meant: the required ones, and those in
    `optional`.
    """

    ports: PipelinePorts
    steps: tuple[str, ...] = ()
    edges: tuple[tuple[str, str], ...] = ()
    serves: frozenset[tuple[Port, str]] = frozenset()
    points: int = 0
    burden: int = 0
    lacking: tuple[Dependency, ...] = ()
    optional: frozenset[Port] = frozenset()

    @property
    def work(self) -> tuple[int, int]:
        """How much there is to do: the steps that it has and will need at least, then their burden."""
        return len(self.steps) + len(self.lacking), self.burden


def starting(ports: PipelinePorts, wanting: Sequence[Dependency]) -> tuple[Chain, ...]:
    """Return the chains of one step that make the first of what is wanted, and perhaps more of it."""
    return _best(_longer(Chain(ports), wanting))


def ending(ports: PipelinePorts, step: str, *, optional: bool = False) -> Chain:
    """Return the chain of a step that is there already, which others are to lead up to.

    With `optional`, what it need not have is wanted, too.
    """
    needs = ports.pipeline.steps[step].spec.dependencies
    wanted = frozenset(Port(step, name) for name, port in needs.items() if optional and not port.required)
    return Chain(ports, (step,), lacking=tuple(_lacking(ports, (step,), wanted)), optional=wanted)


def met(begun: Iterable[Chain], longest: int, breadth: Breadth = Breadth()) -> Iterator[Chain]:
    """Yield the chains of at most so many steps whose own needs are met, those of fewer steps first."""
    chains = sorted(begun, key=_rank)
    while chains:
        yield from (chain for chain in chains if not chain.lacking)
        unmet = [chain for chain in chains if chain.lacking][: breadth.followed]
        chains = sorted((longer for chain in unmet for longer in _grown(chain, longest, breadth)), key=_rank)


def _grown(chain: Chain, longest: int, breadth: Breadth) -> tuple[Chain, ...]:
    """Return the chains that meet the first of a chain's needs: by a step, or an input where none would."""
    if not breadth.settings or not _is_setting(chain.ports.pipeline, chain.lacking[0]):
        room = len(chain.steps) < longest
        return _best(_longer(chain, chain.lacking), breadth.alike) if room else ()
    name, given = new_input(chain.ports.pipeline, chain.lacking[0].spec)
    inputs = {**chain.ports.pipeline.inputs, name: InputSpec.model_validate(given)}
    after = PipelinePorts(chain.ports.pipeline.model_copy(update={"inputs": inputs}), chain.ports.deadline)
    lacking = tuple(_lacking(after, chain.steps, chain.optional))
    return (replace(chain, ports=after, lacking=lacking),) if len(lacking) < len(chain.lacking) else ()


def _is_setting(pipeline: PipelineSpec, dependency: Dependency) -> bool:
    """Tell whether a dependency is no data, and no step of the library makes what it is called."""
    names = {dependency.spec.logical_name, *dependency.spec.aliases}
    return dependency.spec.dependency_type == DependencyType.CUSTOM_PROPERTY and all(
        names.isdisjoint((output.logical_name, *output.aliases))
        for spec in LIBRARY.values()
        if _may_supply(pipeline, spec, dependency.spec)
        for output in spec.outputs.values()
    )


def _rank(chain: Chain) -> tuple[tuple[int, int], int]:
    """Sort chains by what there is to do, then by what has most evidence."""
    return chain.work, -chain.points


def _best(chains: Iterable[Chain], alike: int = 1) -> tuple[Chain, ...]:
    """Keep, of chains that serve the same by outputs of the same names, those with the least to do.

    Of equal ones, the first stay: the order of the library tells what is meant most often.
    """
    found: defaultdict[frozenset[tuple[Port, str]], list[Chain]] = defaultdict(list)
    for chain in chains:
        found[chain.serves].append(chain)
    return tuple(
        chain for same in found.values() for chain in sorted(same, key=lambda item: item.work)[:alike]
    )


def _longer(chain: Chain, wanting: Sequence[Dependency]) -> Iterator[Chain]:
    """Yield the chain with one more step of the library, which makes the first of what is wanted."""
    taker = chain.ports.pipeline.steps[wanting[0].port.step].spec
    for spec in LIBRARY.values():
        if spec == taker or not _may_supply(chain.ports.pipeline, spec, wanting[0].spec):
            continue
        steps = chain.ports.pipeline.steps
        name = free_name(step_name(spec.step_type), steps)
        after = PipelinePorts(_with_step(chain.ports.pipeline, name, spec, wanting), chain.ports.deadline)
        found = {item.port: best for item in wanting if (best := _best_output(after, item, name))}
        first = found.get(wanting[0].port)
        if first is None or first[1] <= NEUTRAL:
            continue  # its outputs would do as any other's would: nothing says that such a step was meant
        serves = frozenset((port, output) for port, (output, _) in found.items())
        yield Chain(
            after,
            (*chain.steps, name),
            (*chain.edges, *((name, step) for step in sorted({port.step for port in found}))),
            serves if not chain.steps else chain.serves | serves,
            sum(points for _, points in found.values()) // len(found) if not chain.steps else chain.points,
            chain.burden + _burden(spec, steps, sorted({port.step for port in found})),
            tuple(_lacking(after, (*chain.steps, name), chain.optional)),
            chain.optional,
        )


def _burden(spec: StepSpecification, steps: Mapping[str, Step], takers: Sequence[str]) -> int:
    """Tell what a new step costs besides being one, for the steps that are to take from it."""
    there = any(_is_alike(step.spec, spec) for step in steps.values())
    telling = _TELLING.get(spec.kind)
    meant = telling is not None and any(map(telling.search, takers))
    return (SECOND if there else 0) + (NEEDS_CODE if needs_code(spec) else 0) + (MEANT if meant else 0)


def _lacking(
    ports: PipelinePorts, steps: Sequence[str], optional: frozenset[Port] = frozenset()
) -> Iterator[Dependency]:
    """Yield the required dependencies of steps, and some optional ones, for which nothing there is meant."""
    for dependency in ports.dependencies:
        is_wanted = dependency.spec.required or dependency.port in optional
        if dependency.port.step in steps and is_wanted:
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


def needs_code(spec: StepSpecification) -> bool:
    """Tell whether a step runs a program for which no script is shipped."""
    return "code" in find_kind(spec.kind).takes and not spec.defaults.script


def _is_alike(one: StepSpecification, other: StepSpecification) -> bool:
    """Tell whether two steps do the same kind of work; some kinds may do any."""
    if one.step_type == other.step_type:
        return True
    kinds = find_kind(one.kind), find_kind(other.kind)
    if any(kind.does_any_work or kind.stage is None for kind in kinds):
        return False
    if kinds[0].stage == kinds[1].stage == TRAINING.stage:
        return True  # whatever its outputs are declared to be: they may be what is wrong
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


def step_name(step_type: str) -> str:
    """Name a step after what it does: `xgboost-training`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z]{3})(?=[A-Z][a-z])", "-", step_type).lower()
