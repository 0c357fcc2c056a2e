"""Proposes the changes that give a dependency something new to take, or let it go without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from ...solver.binding_ends import Dependency
from ...solver.problem.candidates import PipelinePorts
from ...specs import DependencyType, PipelineSpec, Port
from ...specs.edits.apply import Append, Put
from ...specs.kinds.processing import PROCESSING
from .chains import Chain, met, starting
from .from_near_misses import step_place
from .new_inputs import declared_input, free_name, port_for
from .remedies import Remedy, edits
from .trials import changed

PER_INPUT, PER_STEP, PER_MODEL = 2, 4, 5
"""The burden of each input, of each further step, and of each model from outside that a new step needs."""

LONGEST, MOST_CHAINS = 3, 2
"""How many steps a chain has at most, and how many chains are offered for a need."""

UNASKED = 3
"""The burden of an output that a step would give though nobody names the step for it."""

OWN_CODE = PROCESSING.name
"""The kind of steps that run any code."""


def supplies(pipeline: PipelineSpec, ports: PipelinePorts, needs: Sequence[Port]) -> Iterator[Remedy]:
    """Yield what might supply the first of the needs, or several of them at once."""
    found = {item.port: item for item in ports.dependencies}
    wanting = [found[port] for port in needs]
    alike = [item.port for item in wanting if item.spec == wanting[0].spec]
    yield replace(declared_input(pipeline, wanting[0]), serves=tuple(alike))
    yield from _library_steps(ports, wanting)
    yield from _more_outputs(ports, wanting[0])
    if wanting[0].spec.required and str(wanting[0].port) not in pipeline.pins:
        place, burden = step_place(pipeline, wanting[0].port.step)
        edit = Put((*place, "dependencies", wanting[0].port.name, "required"), False)
        yield Remedy("make-optional", str(wanting[0].port), "", "", (edit,), burden=burden)


def _more_outputs(ports: PipelinePorts, dependency: Dependency) -> Iterator[Remedy]:
    """Let steps whose code is the user's own give what a dependency wants.

    They are those that it names; where it names none, the one that fits best.
    """
    pipeline, port, spec = ports.pipeline, dependency.port, dependency.spec
    found: dict[Port, Remedy] = {}
    for name, step in sorted(pipeline.steps.items()):
        is_cut_off = pipeline.edges is not None and (name, port.step) not in pipeline.edges
        is_after = name == port.step or ports.ranking.meaning.order.follows(name, port.step)
        if step.spec.kind == OWN_CODE and not (is_cut_off or is_after or _is_named(pipeline, name)):
            output = Port(name, free_name(spec.logical_name.rpartition(".")[2], step.spec.outputs))
            edit = Put(("steps", name, "outputs", output.name), port_for(spec))
            found[output] = Remedy("give-output", str(output), "", spec.dependency_type, (edit,))
    if spec.compatible_sources:
        names = {*spec.compatible_sources}
        yield from (item for port, item in found.items() if names & pipeline.steps[port.step].spec.names)
    elif likeliest := _likeliest(ports, dependency, found):
        yield replace(found[likeliest], burden=UNASKED, serves=(port,))


def _likeliest(ports: PipelinePorts, dependency: Dependency, found: Mapping[Port, Remedy]) -> Port | None:
    """Return the output that would fit best with some remedies made; none that something speaks against."""
    after = changed(ports.pipeline, edits(tuple(found.values()))) if found else None
    considered = PipelinePorts(after, ports.deadline).considered(dependency) if after else ()
    best = next((item for item in considered if item.source in found), None)
    return best.source if best and all(piece.points >= 0 for piece in best.evidence) else None


def _is_named(pipeline: PipelineSpec, step: str) -> bool:
    """Tell whether a step takes its specification from a library, where its outputs are not its own."""
    return ("steps", step, "spec") in pipeline.places.keys


def _library_steps(ports: PipelinePorts, wanting: Sequence[Dependency]) -> Iterator[Remedy]:
    """Yield library steps that would supply the first need, with inputs or chains for what they lack."""
    begun = starting(ports, wanting)
    for chain in begun:
        yield _added(ports.pipeline, chain, tuple(_own_needs(chain)))
    chains = (chain for chain in met(begun, LONGEST) if len(chain.steps) > 1)
    for chain in islice(chains, MOST_CHAINS):
        yield _added(ports.pipeline, chain, ())


def _own_needs(chain: Chain) -> Iterator[Remedy]:
    """Declare inputs for those needs of a chain that nothing there could supply."""
    ports = chain.ports
    for dependency in chain.lacking:
        if not ports.candidates(dependency) or dependency.port in ports.context.unmet:
            yield declared_input(ports.pipeline, dependency)


def _added(pipeline: PipelineSpec, chain: Chain, inputs: tuple[Remedy, ...]) -> Remedy:
    """Add the steps of a chain and the inputs that they need."""
    specs = {name: chain.ports.pipeline.steps[name].spec.step_type for name in reversed(chain.steps)}
    edges = (Append(("edges",), [first, then]) for first, then in chain.edges)
    edits = (
        *(Put(("steps", name), {"spec": step_type}) for name, step_type in specs.items()),
        *(edit for item in inputs for edit in item.edits),
        *(edges if pipeline.edges is not None else ()),
    )
    given = sum(PER_MODEL if item.new == DependencyType.MODEL_ARTIFACTS else PER_INPUT for item in inputs)
    burden = chain.burden + given + PER_STEP * (len(specs) - 1)
    burden += len(chain.edges) if pipeline.edges is not None else 0
    if len(specs) == 1:
        [(name, step_type)] = specs.items()
        needs = ", ".join(item.target for item in inputs)
        return Remedy("add-step", name, needs, step_type, edits, chain.points, burden)
    told = " -> ".join(f"'{name}' (spec: {step_type})" for name, step_type in specs.items())
    return Remedy("add-chain", ", ".join(specs), "", told, edits, chain.points, burden)
