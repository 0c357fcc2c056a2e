"""Proposes the changes that give a dependency something new to take, or let it go without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from ...solver.binding_ends import Dependency
from ...solver.problem.candidates import PipelinePorts
from ...specs import PipelineSpec, Port
from ...specs.edits.apply import Append, Put
from ...specs.kinds.processing import PROCESSING
from .chains import Chain, met, starting
from .from_near_misses import step_place
from .new_inputs import declared_input, free_name
from .remedies import Remedy

PER_INPUT, PER_STEP = 2, 4
"""The burden of each input, and of each further step, that a new step needs for itself."""

LONGEST, MOST_CHAINS = 3, 2
"""How many steps a chain has at most, and how many chains are offered for a need."""

OWN_CODE = PROCESSING.name
"""The kind of steps that run any code."""


def supplies(pipeline: PipelineSpec, ports: PipelinePorts, needs: Sequence[Port]) -> Iterator[Remedy]:
    """Yield what might supply the first of the needs, or several of them at once."""
    found = {item.port: item for item in ports.dependencies}
    wanting = [found[port] for port in needs]
    alike = [item.port for item in wanting if item.spec == wanting[0].spec]
    yield replace(declared_input(pipeline, wanting[0]), serves=tuple(alike))
    yield from _library_steps(ports, wanting)
    yield from _more_outputs(pipeline, wanting[0])
    if wanting[0].spec.required and str(wanting[0].port) not in pipeline.pins:
        place, burden = step_place(pipeline, wanting[0].port.step)
        edit = Put((*place, "dependencies", wanting[0].port.name, "required"), False)
        yield Remedy("make-optional", str(wanting[0].port), "", "", (edit,), burden=burden)


def _more_outputs(pipeline: PipelineSpec, dependency: Dependency) -> Iterator[Remedy]:
    """Let the steps that a dependency names give what it wants, where their code is the user's own."""
    port, spec = dependency.port, dependency.spec
    for name, step in sorted(pipeline.steps.items()):
        is_meant = step.spec.kind == OWN_CODE and not {*spec.compatible_sources}.isdisjoint(step.spec.names)
        is_cut_off = pipeline.edges is not None and (name, port.step) not in pipeline.edges
        if not is_meant or is_cut_off or name == port.step or _is_named(pipeline, name):
            continue
        output = free_name(spec.logical_name.rpartition(".")[2], step.spec.outputs)
        value: dict[str, object] = {"type": spec.dependency_type}
        if spec.data_type != "S3Uri":
            value["data_type"] = str(spec.data_type)
        edit = Put(("steps", name, "outputs", output), value)
        yield Remedy("give-output", f"{name}.{output}", "", spec.dependency_type, (edit,))


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
    burden = chain.burden + PER_INPUT * len(inputs) + PER_STEP * (len(specs) - 1)
    if len(specs) == 1:
        [(name, step_type)] = specs.items()
        needs = ", ".join(item.target for item in inputs)
        return Remedy("add-step", name, needs, step_type, edits, chain.points, burden)
    told = " -> ".join(f"'{name}' (spec: {step_type})" for name, step_type in specs.items())
    return Remedy("add-chain", ", ".join(specs), "", told, edits, chain.points, burden)
