"""Proposes the changes that give a dependency something new to take, or let it go without."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import chain, count

from ...solver.binding_ends import Dependency
from ...solver.problem.candidates import PipelinePorts
from ...specs import LIBRARY, DependencySpec, PipelineSpec, Port, Step, StepSpecification
from ...specs.edits.apply import Append, Put
from ...specs.kinds.catalogue import find_kind
from ...specs.kinds.processing import PROCESSING
from .from_near_misses import step_place
from .remedies import NEUTRAL, Remedy

PER_INPUT = 2
"""The burden of each input that a new step needs for itself."""

SECOND = 6
"""The burden of a new step where there is one like it already."""

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


def declared_input(pipeline: PipelineSpec, dependency: Dependency) -> Remedy:
    """Declare an input that a dependency could take."""
    name = _free(re.sub(r"\W+", "_", dependency.spec.logical_name).strip("_") or "value", pipeline.inputs)
    return Remedy(
        "declare-input",
        f"inputs.{name}",
        "",
        dependency.spec.dependency_type,
        (Put(("inputs", name), _as_input(pipeline, dependency.spec)),),
    )


def _more_outputs(pipeline: PipelineSpec, dependency: Dependency) -> Iterator[Remedy]:
    """Let the steps that a dependency names give what it wants, where their code is the user's own."""
    port, spec = dependency.port, dependency.spec
    for name, step in sorted(pipeline.steps.items()):
        is_meant = step.spec.kind == OWN_CODE and not {*spec.compatible_sources}.isdisjoint(step.spec.names)
        is_cut_off = pipeline.edges is not None and (name, port.step) not in pipeline.edges
        if not is_meant or is_cut_off or name == port.step or _is_named(pipeline, name):
            continue
        output = _free(spec.logical_name.rpartition(".")[2], step.spec.outputs)
        value: dict[str, object] = {"type": spec.dependency_type}
        if spec.data_type != "S3Uri":
            value["data_type"] = str(spec.data_type)
        edit = Put(("steps", name, "outputs", output), value)
        yield Remedy("give-output", f"{name}.{output}", "", spec.dependency_type, (edit,))


def _is_named(pipeline: PipelineSpec, step: str) -> bool:
    """Tell whether a step takes its specification from a library, where its outputs are not its own."""
    return ("steps", step, "spec") in pipeline.places.keys


def _as_input(pipeline: PipelineSpec, spec: DependencySpec) -> dict[str, object]:
    given: dict[str, object] = {"type": spec.dependency_type}
    if spec.data_type != "S3Uri":
        given["data_type"] = str(spec.data_type)
    if spec.compatible_sources and pipeline.policy.compatible_sources != "prefer":
        given["roles"] = [spec.compatible_sources[0]]
    return given


def _library_steps(ports: PipelinePorts, wanting: Sequence[Dependency]) -> Iterator[Remedy]:
    """Yield the library's steps that would supply the first need, with inputs for what they lack."""
    steps = ports.pipeline.steps
    for spec in LIBRARY.values():
        name = _free(_step_name(spec.step_type), steps)
        after = PipelinePorts(_with_step(ports.pipeline, name, spec, wanting))
        scores = [_best_points(after, dependency, name) for dependency in wanting]
        if scores[0] is None or scores[0] <= NEUTRAL:
            continue  # its outputs would do as any other's would: nothing says that such a step was meant
        served = {
            item.port.step: each for item, each in zip(wanting, scores, strict=True) if each is not None
        }
        inputs = tuple(_own_needs(after, name))
        edges = (Append(("edges",), [name, step]) for step in sorted(served))
        edits = (
            Put(("steps", name), {"spec": spec.step_type}),
            *(edit for item in inputs for edit in item.edits),
            *(edges if ports.pipeline.edges is not None else ()),
        )
        needs = ", ".join(item.target for item in inputs)
        points = sum(served.values()) // len(served)
        there = any(_is_alike(step.spec, spec) for step in steps.values())
        burden = PER_INPUT * len(inputs) + (SECOND if there else 0)
        yield Remedy("add-step", name, needs, spec.step_type, edits, points, burden)


def _is_alike(one: StepSpecification, other: StepSpecification) -> bool:
    """Tell whether two steps do the same kind of work; some kinds may do any."""
    return one.step_type == other.step_type or (
        one.kind == other.kind and not find_kind(one.kind).does_any_work
    )


def _with_step(
    pipeline: PipelineSpec, name: str, spec: StepSpecification, wanting: Sequence[Dependency]
) -> PipelineSpec:
    """Return a pipeline with one more step, which may feed those that want something."""
    edges = pipeline.edges
    if edges is not None:
        edges = (*edges, *((name, item.port.step) for item in wanting))
    return pipeline.model_copy(update={"steps": {**pipeline.steps, name: Step(spec=spec)}, "edges": edges})


def _best_points(ports: PipelinePorts, dependency: Dependency, step: str) -> int | None:
    """Score the best output of a step for a dependency; None when no output would do."""
    scores = (item.score for item in ports.candidates(dependency) if item.source.step == step)
    return max(scores, default=None)


def _own_needs(ports: PipelinePorts, step: str) -> Iterator[Remedy]:
    """Declare inputs for the required dependencies of a step that nothing there is meant to supply."""
    for dependency in ports.dependencies:
        lacks = not ports.candidates(dependency) or dependency.port in ports.context.unmet
        if dependency.port.step == step and dependency.spec.required and lacks:
            yield declared_input(ports.pipeline, dependency)


def _step_name(step_type: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", step_type).lower()


def _free(name: str, taken: Container[str]) -> str:
    """Return a name that is not taken: the one given, or one with a number."""
    return next(
        each for each in chain([name], (f"{name}-{number}" for number in count(2))) if each not in taken
    )
