"""A brute-force referee: the rules of a pipeline, each written down naively from the design.

It shares nothing with the solver but the scores of single bindings; it is meant to be slow and obvious.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, product
from math import prod

import networkx as nx

from stepwire.specs import DependencySpec, PipelineSpec, Port

Wired = Mapping[Port, Port | None]
"""For every dependency of a pipeline, in order of address, its source; None where it stays unbound."""

ACCEPTS = {
    "training_data": {"training_data", "processing_output"},
    "processing_output": {"processing_output", "training_data", "evaluation_report"},
    "evaluation_report": {"evaluation_report", "processing_output"},
    "model_artifacts": {"model_artifacts"},
    "hyperparameters": {"hyperparameters", "custom_property"},
    "payload_samples": {"payload_samples", "processing_output"},
    "property_file": {"property_file"},
    "custom_property": {"custom_property", "property_file", "hyperparameters"},
}
_PLAIN = {"String", "Python"}
_NUMBERS = {"Integer", "Float", "Boolean"}
TRAVELS = {
    "S3Uri": {"S3Uri", *_PLAIN},
    "ModelName": {"ModelName", *_PLAIN},
    "ModelPackageArn": {"ModelPackageArn", *_PLAIN},
    "ImageUri": {"ImageUri", *_PLAIN},
    "ModelObject": {"ModelObject"},
    "String": {"S3Uri", "ModelName", "ModelPackageArn", "ImageUri", "Json", *_NUMBERS, *_PLAIN},
    "Json": {"Json", *_NUMBERS, *_PLAIN},
    "Integer": {"Integer", "Json", *_PLAIN},
    "Float": {"Float", "Integer", "Json", *_PLAIN},
    "Boolean": {"Boolean", "Json", *_PLAIN},
}


def dependencies(pipeline: PipelineSpec) -> dict[Port, DependencySpec]:
    """Map the address of every dependency to its specification, in order of address."""
    found = {
        Port(name, port): spec
        for name, step in pipeline.steps.items()
        for port, spec in step.spec.dependencies.items()
    }
    return dict(sorted(found.items()))


def sources(pipeline: PipelineSpec) -> list[Port]:
    """List the addresses of all inputs and outputs."""
    outputs = [Port(name, port) for name, step in pipeline.steps.items() for port in step.spec.outputs]
    return sorted([*(Port("inputs", name) for name in pipeline.inputs), *outputs])


def domains(pipeline: PipelineSpec) -> dict[Port, list[Port | None]]:
    """Map every dependency to all that it may take on its own account."""
    return {
        dependency: [source for source in sources(pipeline) if may_take(pipeline, dependency, source)]
        + ([None] if not spec.required and str(dependency) not in pipeline.pins else [])
        for dependency, spec in dependencies(pipeline).items()
    }


def size(pipeline: PipelineSpec) -> int:
    """Count the assignments that the referee would have to look at."""
    return prod(len(domain) for domain in domains(pipeline).values())


def wirings(pipeline: PipelineSpec) -> list[Wired]:
    """List every valid wiring."""
    choices = domains(pipeline)
    assignments = (dict(zip(choices, taken, strict=True)) for taken in product(*choices.values()))
    return [wired for wired in assignments if not broken(pipeline, wired)]


def may_take(pipeline: PipelineSpec, dependency: Port, source: Port) -> bool:
    """Judge one dependency and one source by the rules that look at nothing else."""
    wanted, offered = pipeline.dependency(dependency), pipeline.output(source)
    assert wanted is not None
    assert offered is not None
    return (
        _type_is_accepted(pipeline, wanted.dependency_type, offered.output_type)
        and (wanted.data_type == "Python" or offered.data_type in TRAVELS[wanted.data_type])
        and _source_is_named(pipeline, wanted, source)
        and dependency.step != source.step
        and (pipeline.edges is None or source.step == "inputs" or _edge(pipeline, source, dependency))
        and pipeline.pins.get(str(dependency), str(source)) == str(source)
        and (str(dependency), str(source)) not in pipeline.forbid
    )


def _type_is_accepted(pipeline: PipelineSpec, wanted: str, offered: str) -> bool:
    parents: dict[str, tuple[str, ...]] = {"evaluation_report": ("processing_output",), **pipeline.types}
    above: nx.DiGraph[str] = nx.DiGraph([(name, parent) for name in parents for parent in parents[name]])
    is_below = offered in above and wanted in above and nx.has_path(above, offered, wanted)
    return (
        "any" in (wanted, offered)
        or wanted == offered
        or offered in ACCEPTS.get(wanted, set())
        or bool(is_below)
    )


def _source_is_named(pipeline: PipelineSpec, wanted: DependencySpec, source: Port) -> bool:
    if not wanted.compatible_sources or pipeline.policy.compatible_sources == "prefer":
        return True
    if source.step == "inputs":
        names = {source.name, *pipeline.inputs[source.name].roles}
    else:
        spec = pipeline.steps[source.step].spec
        names = {spec.step_type, spec.kind, *spec.roles}
    return any(name in names for name in wanted.compatible_sources)


def _edge(pipeline: PipelineSpec, source: Port, dependency: Port) -> bool:
    return (source.step, dependency.step) in (pipeline.edges or ())


def broken(pipeline: PipelineSpec, wired: Wired) -> list[str]:
    """Name the rules over several dependencies that an assignment breaks."""
    rules: dict[str, Callable[[PipelineSpec, Wired], bool]] = {
        "exclusive": _keeps_exclusive,
        "distinct": _keeps_distinct,
        "same-source": _keeps_same_source,
        "acyclic": _keeps_acyclic,
        "branch": _keeps_branches,
    }
    return [code for code, keeps in rules.items() if not keeps(pipeline, wired)]


def _keeps_exclusive(pipeline: PipelineSpec, wired: Wired) -> bool:
    for name, step in pipeline.steps.items():
        for port, output in step.spec.outputs.items():
            takers = [source for source in wired.values() if source == Port(name, port)]
            if output.max_consumers is not None and len(takers) > output.max_consumers:
                return False
    return True


def _keeps_distinct(pipeline: PipelineSpec, wired: Wired) -> bool:
    for (left, one), (right, other) in combinations(wired.items(), 2):
        if left.step != right.step or one is None or one != other:
            continue
        step = pipeline.steps[left.step].spec
        if any(left.name in group and right.name in group for group in step.distinct):
            return False
        specs = [step.dependencies[left.name], step.dependencies[right.name]]
        automatic = all(spec.data_type == "S3Uri" and not spec.may_share for spec in specs)
        if automatic and one.step != "inputs":
            return False
    return True


def _keeps_same_source(pipeline: PipelineSpec, wired: Wired) -> bool:
    for name, step in pipeline.steps.items():
        for group in step.spec.same_source:
            taken = [wired[Port(name, member)] for member in group]
            if len({source.step for source in taken if source}) > 1:
                return False
    return True


def _flow(pipeline: PipelineSpec, wired: Wired) -> nx.DiGraph[str]:
    def edges() -> Iterator[tuple[str, str]]:
        yield from pipeline.order
        yield from pipeline.edges or ()
        for condition, branch in pipeline.branches.items():
            yield from ((condition, member) for member in (*branch.if_, *branch.else_))
        for dependency, source in wired.items():
            if source is not None and source.step != "inputs":
                yield source.step, dependency.step

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(pipeline.steps)
    graph.add_edges_from(edges())
    return graph


def _keeps_acyclic(pipeline: PipelineSpec, wired: Wired) -> bool:
    return nx.is_directed_acyclic_graph(_flow(pipeline, wired))


def _keeps_branches(pipeline: PipelineSpec, wired: Wired) -> bool:
    graph = _flow(pipeline, wired)

    def reached(members: tuple[str, ...]) -> set[str]:
        return {step for step in graph for member in members if nx.has_path(graph, member, step)}

    return all(not reached(branch.if_) & reached(branch.else_) for branch in pipeline.branches.values())


Score = Callable[[Port, Port], int]


def score(wired: Wired, points: Score) -> int:
    """Add up the points of a wiring's bindings."""
    return sum(points(dependency, source) for dependency, source in wired.items() if source)


def in_order(found: list[Wired], points: Score) -> list[Wired]:
    """Sort wirings canonically: by score, then by what each dependency, in order of address, takes.

    A dependency takes its better source first, at equal points the one of the smaller address, nothing last.
    """

    def key(wired: Wired) -> tuple[int, list[tuple[int, int, Port]]]:
        taken = [
            (0, -points(dependency, source), source) if source else (1, 0, Port("", ""))
            for dependency, source in wired.items()
        ]
        return -score(wired, points), taken

    return sorted(found, key=key)


def margin(found: list[Wired], best: Wired, dependency: Port, points: Score) -> int | None:
    """Say how much of the best score goes when a dependency takes any other source; None when it cannot."""
    others = [score(wired, points) for wired in found if wired[dependency] not in (None, best[dependency])]
    return score(best, points) - max(others) if others else None
