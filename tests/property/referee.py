"""A brute-force referee: the rules of a pipeline, each written down naively from the design.

It shares nothing with the solver but the evidence: the scores of single bindings, what several give together,
and what the names and kinds of steps say that they are for. It is meant to be slow and obvious.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from math import prod

import networkx as nx

from stepwire.solver.ranking.evidence import Joint
from stepwire.solver.ranking.ranking import Ranking
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
    return [wired for wired in assignments if not any(broken(pipeline, wired))]


def may_take(pipeline: PipelineSpec, dependency: Port, source: Port) -> bool:
    """Judge one dependency and one source by the rules that look at nothing else."""
    return (
        _fits(pipeline, dependency, source)
        and _list_is_met(pipeline, dependency, source)
        and pipeline.pins.get(str(dependency), str(source)) == str(source)
        and (str(dependency), str(source)) not in pipeline.forbid
    )


def _fits(pipeline: PipelineSpec, dependency: Port, source: Port) -> bool:
    wanted, offered = pipeline.dependency(dependency), pipeline.output(source)
    assert wanted is not None
    assert offered is not None
    return (
        _type_is_accepted(pipeline, wanted.dependency_type, offered.output_type)
        and (wanted.data_type == "Python" or offered.data_type in TRAVELS[wanted.data_type])
        and dependency.step != source.step
        and _loop(pipeline, source) in (None, _loop(pipeline, dependency))
        and (pipeline.edges is None or source.step == "inputs" or _edge(pipeline, source, dependency))
    )


def _type_is_accepted(pipeline: PipelineSpec, wanted: str, offered: str) -> bool:
    parents: dict[str, tuple[str, ...]] = {"evaluation_report": ("processing_output",), **pipeline.types}

    def is_below(name: str) -> bool:
        return name == wanted or any(is_below(parent) for parent in parents.get(name, ()))

    return "any" in (wanted, offered) or offered in ACCEPTS.get(wanted, set()) or is_below(offered)


def _source_is_named(pipeline: PipelineSpec, wanted: DependencySpec, source: Port) -> bool:
    if not wanted.compatible_sources:
        return True
    if source.step == "inputs":
        names = {source.name, *pipeline.inputs[source.name].roles}
    else:
        spec = pipeline.steps[source.step].spec
        names = {source.step, spec.step_type, spec.kind, *spec.roles}
    return any(name in names for name in wanted.compatible_sources)


def _list_is_met(pipeline: PipelineSpec, dependency: Port, source: Port) -> bool:
    """Judge by `compatible_sources`: by default it binds only where it leaves something to take."""
    wanted = pipeline.dependency(dependency)
    assert wanted is not None
    match pipeline.policy.compatible_sources:
        case "prefer":
            return True
        case "require":
            return _source_is_named(pipeline, wanted, source)
    listed = [item for item in fitting(pipeline, dependency) if _source_is_named(pipeline, wanted, item)]
    return _source_is_named(pipeline, wanted, source) or (not listed and bool(fitting(pipeline, dependency)))


def fitting(pipeline: PipelineSpec, dependency: Port) -> list[Port]:
    """List what a dependency could take for all that `compatible_sources`, pins and `forbid` say."""
    return [source for source in sources(pipeline) if _fits(pipeline, dependency, source)]


def _loop(pipeline: PipelineSpec, port: Port) -> str | None:
    return next((name for name, step in pipeline.steps.items() if port.step in step.body), None)


def _edge(pipeline: PipelineSpec, source: Port, dependency: Port) -> bool:
    return (source.step, dependency.step) in (pipeline.edges or ())


def broken(pipeline: PipelineSpec, wired: Wired) -> Iterator[str]:
    """Name the rules over several dependencies that an assignment breaks."""
    rules: dict[str, Callable[[PipelineSpec, Wired], bool]] = {
        "exclusive": _keeps_exclusive,
        "distinct": _keeps_distinct,
        "same-source": _keeps_same_source,
        "acyclic": _keeps_acyclic,
        "branch": _keeps_branches,
    }
    return (code for code, keeps in rules.items() if not keeps(pipeline, wired))


def _keeps_exclusive(pipeline: PipelineSpec, wired: Wired) -> bool:
    taken = list(wired.values())
    return all(
        output.max_consumers is None or taken.count(Port(name, port)) <= output.max_consumers
        for name, step in pipeline.steps.items()
        for port, output in step.spec.outputs.items()
    )


def _keeps_distinct(pipeline: PipelineSpec, wired: Wired) -> bool:
    for (left, one), (right, other) in combinations(wired.items(), 2):
        if left.step != right.step or one is None or one != other:
            continue
        step = pipeline.steps[left.step].spec
        if any(left.name in group and right.name in group for group in step.distinct):
            return False
        specs = [step.dependencies[left.name], step.dependencies[right.name]]
        automatic = all(spec.data_type == "S3Uri" and not spec.may_share for spec in specs)
        yields = {left, right} <= without_their_own(pipeline, left.step)
        if automatic and one.step != "inputs" and not yields:
            return False
    return True


def without_their_own(pipeline: PipelineSpec, step: str) -> set[Port]:
    """Find the dependencies of a step that some largest choice of different outputs leaves out."""
    later = nx.descendants(_surely(pipeline), step) if step in _surely(pipeline) else set()
    options = {
        port: rather_prepared(
            pipeline, step, [item for item in alone(pipeline, port) if item.step not in later]
        )
        for port, spec in dependencies(pipeline).items()
        if port.step == step and spec.required and spec.data_type == "S3Uri" and not spec.may_share
    }
    options = {
        port: found for port, found in options.items() if {source.step for source in found} - {"inputs"}
    }
    options = {port: found for port, found in options.items() if all(item.step != "inputs" for item in found)}
    choices = [
        dict(zip(options, taken, strict=True))
        for taken in product(*([*found, None] for found in options.values()))
        if len(set(taken) - {None}) == sum(item is not None for item in taken)
    ]
    most = max(sum(item is not None for item in chosen.values()) for chosen in choices)
    largest = (chosen for chosen in choices if sum(item is not None for item in chosen.values()) == most)
    found = {port for chosen in largest for port, taken in chosen.items() if taken is None}
    return found if len(found) <= 6 else set()


def rather_prepared(pipeline: PipelineSpec, step: str, options: list[Port]) -> list[Port]:
    """Keep what others prepared, and did not only fetch, of what fits a step that comes after them."""
    steps = Ranking.of(pipeline).meaning.steps
    made = {item: pipeline.steps[item.step].spec.outputs for item in options if item.step != "inputs"}
    data = {"training_data", "processing_output", "payload_samples"}
    typed = [item for item, outputs in made.items() if outputs[item.name].output_type in data]
    prepared = [item for item in typed if steps[item.step].prepares != 0]
    return prepared if prepared and (steps[step].stage or 0) > 1 else options


def alone(pipeline: PipelineSpec, dependency: Port) -> list[Port]:
    """List what a dependency may take on its own account, whatever is pinned or forbidden."""
    return [item for item in fitting(pipeline, dependency) if _list_is_met(pipeline, dependency, item)]


def _surely(pipeline: PipelineSpec) -> nx.DiGraph[str]:
    """Draw what surely runs before what: fixed edges, and the one step that can supply a need."""
    graph = _flow(pipeline, {})
    for port, spec in dependencies(pipeline).items():
        steps = {source.step for source in alone(pipeline, port)}
        if spec.required and len(steps) == 1 and steps != {"inputs"}:
            graph.add_edges_from((step, port.step) for step in steps)
    return graph if nx.is_directed_acyclic_graph(graph) else nx.DiGraph()


def _keeps_same_source(pipeline: PipelineSpec, wired: Wired) -> bool:
    for name, step in pipeline.steps.items():
        for group in step.spec.same_source:
            taken = [wired[Port(name, member)] for member in group]
            if len({source.step for source in taken if source}) > 1:
                return False
    return True


def _flow(pipeline: PipelineSpec, wired: Wired) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(pipeline.steps)
    graph.add_edges_from(pipeline.order)
    graph.add_edges_from(pipeline.edges or ())
    for condition, branch in pipeline.branches.items():
        graph.add_edges_from((condition, member) for member in (*branch.if_, *branch.else_))
    for dependency, source in wired.items():
        if source is not None and source.step != "inputs":
            graph.add_edge(source.step, dependency.step)
    return graph


def _keeps_acyclic(pipeline: PipelineSpec, wired: Wired) -> bool:
    return nx.is_directed_acyclic_graph(_flow(pipeline, wired))


def _keeps_branches(pipeline: PipelineSpec, wired: Wired) -> bool:
    if not pipeline.branches:
        return True
    graph = _flow(pipeline, wired)

    def reached(members: tuple[str, ...]) -> set[str]:
        return set(members).union(*(nx.descendants(graph, member) for member in members))

    return all(not reached(branch.if_) & reached(branch.else_) for branch in pipeline.branches.values())


Score = Callable[[Port, Port], int]


@dataclass(frozen=True, repr=False)
class Truth:
    """All that there is to know of a pipeline's wirings, given what each binding scores."""

    pipeline: PipelineSpec
    points: Score
    joints: tuple[Joint, ...] = ()

    def __repr__(self) -> str:
        return f"PipelineSpec(**{self.pipeline.model_dump(mode='json', exclude_defaults=True)})"

    @cached_property
    def wirings(self) -> list[Wired]:
        """Every valid wiring in canonical order.

        The better score comes first, then the one that, at the first dependency (in order of address) where
        two differ, takes the better source, at equal points the one of the smaller address, nothing last.
        """

        def key(wired: Wired) -> tuple[int, list[tuple[int, int, Port]]]:
            taken = [
                (0, -self.points(dependency, source), source) if source else (1, 0, Port("", ""))
                for dependency, source in wired.items()
            ]
            return -self.score(wired), taken

        return sorted(wirings(self.pipeline), key=key)

    @property
    def sources(self) -> list[dict[str, str]]:
        """The wirings, in order, as pins would be written."""
        return [_as_pins(wired) for wired in self.wirings]

    @property
    def scores(self) -> list[int]:
        """The wirings' scores, in order."""
        return [self.score(wired) for wired in self.wirings]

    def score(self, wired: Wired) -> int:
        """Add up the points of a wiring's bindings, and of what they give together."""
        alone = sum(self.points(dependency, source) for dependency, source in wired.items() if source)
        return alone + sum(joint.points for joint in self.joints if counts(joint, wired))

    @property
    def margins(self) -> dict[Port, int | None]:
        """What the best score loses when a bound dependency takes any other source; None when it cannot."""
        return {
            dependency: self._margin(dependency) for dependency, source in self.wirings[0].items() if source
        }

    def _margin(self, dependency: Port) -> int | None:
        best = self.wirings[0]
        others = [wired for wired in self.wirings if wired[dependency] not in (None, best[dependency])]
        return self.score(best) - max(map(self.score, others)) if others else None

    @property
    def forced(self) -> list[Port]:
        """The dependencies that every wiring binds, and binds alike."""
        taken = {dependency: {wired[dependency] for wired in self.wirings} for dependency in self.wirings[0]}
        return [dependency for dependency, found in taken.items() if len(found) == 1 and None not in found]

    @property
    def dead(self) -> list[tuple[Port, Port]]:
        """The dependencies and sources that may be joined on their own account, and are in no wiring."""
        return [
            (dependency, source)
            for dependency, domain in domains(self.pipeline).items()
            for source in domain
            if source and all(wired[dependency] != source for wired in self.wirings)
        ]


def counts(joint: Joint, wired: Wired) -> bool:
    """Tell whether in some way of joint evidence each dependency takes one of the sources named."""
    return any(all(wired[port] in sources for port, sources in way) for way in joint.ways)


def _as_pins(wired: Wired) -> dict[str, str]:
    return {str(dependency): str(source) for dependency, source in wired.items() if source}
