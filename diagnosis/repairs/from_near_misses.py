"""Proposes the changes that would let a dependency take a source that fails some rules for it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from ...problems.problem import Location
from ...problems.suggestions import closest
from ...solver.problem.candidates import NearMiss
from ...specs import INPUTS, DependencySpec, OutputSpec, PipelineSpec, Port
from ...specs.edits.apply import Append, Drop, Edit, Put
from ...specs.kinds.catalogue import find_kind
from .remedies import INLINE, NEUTRAL, ODD, USUAL, Remedy, RemedySet
from .usual import usual_dependency, usual_output

BORNE = 3
"""Added when a source is to be named, though something there bears a name that is asked for."""

LOOSE_END = -1
"""Added to an edge from a step that feeds no other."""

MOST_RULES = 2
"""A source that fails more rules than this is not worth bending the specifications for."""


def bridges(
    pipeline: PipelineSpec, dependency: Port, miss: NearMiss, sought: Container[Port] = ()
) -> Iterator[RemedySet]:
    """Yield ways after each of which the dependency might take the source.

    `sought` are the sources that dependencies would take first.
    """
    if len(miss.failed) > MOST_RULES:
        return
    wanted, offered = pipeline.dependency(dependency), pipeline.output(miss.source)
    if wanted is None or offered is None:
        return
    gap = _Gap(pipeline, dependency, miss, wanted, offered, sought)
    for first, *others in product(*(tuple(_CROSSINGS[verdict.rule](gap)) for verdict in miss.failed)):
        yield (first, *(replace(other, points=NEUTRAL) for other in others))  # what speaks for it counts once


def step_place(pipeline: PipelineSpec, step: str) -> tuple[Location, int]:
    """Return where a step is written, and the burden of changing its specification."""
    named = ("steps", step, "spec") in pipeline.places.keys
    return ("steps", step), INLINE if named else 0


def allowed(pipeline: PipelineSpec, port: Port, source: Port) -> Remedy:
    """No longer forbid a dependency to take a source."""
    pair = (str(port), str(source))
    edits = tuple(Drop(("forbid", number)) for number, item in enumerate(pipeline.forbid) if item == pair)
    return Remedy("drop-forbid", str(port), str(source), "", edits)


def unpinned(pipeline: PipelineSpec, port: Port) -> Remedy:
    """No longer pin a dependency."""
    address = str(port)
    return Remedy("drop-pin", address, pipeline.pins[address], "", (Drop(("pins", address)),))


@dataclass(frozen=True)
class _Gap:
    """A dependency and a source that some rules keep apart."""

    pipeline: PipelineSpec
    port: Port
    miss: NearMiss
    wanted: DependencySpec
    offered: OutputSpec
    sought: Container[Port]

    @property
    def source(self) -> Port:
        return self.miss.source

    @property
    def is_idle_input(self) -> bool:
        """Tell whether the source is an input that nothing would take: there is a mistake about it."""
        return self.source.step == INPUTS and self.source not in self.sought

    def at_dependency(self, *rest: str | int) -> tuple[Location, int]:
        place, burden = step_place(self.pipeline, self.port.step)
        return (*place, "dependencies", self.port.name, *rest), burden

    def at_source(self, *rest: str | int) -> tuple[Location, int]:
        if self.source.step == INPUTS:
            return (INPUTS, self.source.name, *rest), 0
        place, burden = step_place(self.pipeline, self.source.step)
        return (*place, "outputs", self.source.name, *rest), burden

    def remedy(self, kind: str, target: object, old: str, new: str, edit: Edit, burden: int = 0) -> Remedy:
        return Remedy(kind, str(target), old, new, (edit,), self.miss.points, burden)


def _types(gap: _Gap) -> Iterator[Remedy]:
    wanted, offered = gap.wanted.dependency_type, gap.offered.output_type
    usual = usual_output(gap.offered)
    odd = usual is not None and usual[0] != offered
    accepted = gap.pipeline.lattice.accepted(wanted)
    new = usual[0] if usual and odd and usual[0] in accepted else wanted
    place, burden = gap.at_source("type")
    burden += ODD if gap.is_idle_input else 0
    yield gap.remedy(
        "retype-output", gap.source, offered, new, Put(place, new), burden + _oddity(usual, offered, new, 0)
    )
    place, burden = gap.at_dependency("type")
    burden += _oddity(usual_dependency(gap.wanted), wanted, offered, 0)
    yield gap.remedy("retype-dependency", gap.port, wanted, offered, Put(place, offered), burden)


def _data_types(gap: _Gap) -> Iterator[Remedy]:
    wanted, offered = str(gap.wanted.data_type), str(gap.offered.data_type)
    place, burden = gap.at_source("data_type")
    burden += _oddity(usual_output(gap.offered), offered, wanted, 1)
    yield gap.remedy("retravel-output", gap.source, offered, wanted, Put(place, wanted), burden)
    place, burden = gap.at_dependency("data_type")
    burden += _oddity(usual_dependency(gap.wanted), wanted, offered, 1)
    yield gap.remedy("retravel-dependency", gap.port, wanted, offered, Put(place, offered), burden)


def _oddity(usual: tuple[str, str] | None, old: str, new: str, which: int) -> int:
    if usual is None or usual[which] == new:
        return ODD if usual else 0
    return USUAL if usual[which] == old else 0


def _names(gap: _Gap) -> Iterator[Remedy]:
    """Ask for the source by a name that it bears, or let it bear one that is asked for."""
    listed, borne = gap.wanted.compatible_sources, _all_names(gap.pipeline)
    is_borne = not borne.isdisjoint(listed)
    respelt = tuple(_respelt(gap, borne))
    yield from respelt
    place, burden = gap.at_dependency("compatible_sources")
    step = gap.pipeline.steps.get(gap.source.step)
    own = step.spec.step_type if step else gap.source.name
    burden += BORNE if is_borne else 0
    yield gap.remedy("name-source", gap.port, "", own, Append(place, own), burden)
    if step:
        (place, burden), target = step_place(gap.pipeline, gap.source.step), gap.source.step
        added = Append((*place, "roles"), listed[0])
    else:
        (place, burden), target = gap.at_source("roles"), str(gap.source)
        added = Append(place, listed[0])
    burden += 2 * BORNE if is_borne else ODD if gap.is_idle_input and not respelt else 0
    yield gap.remedy("add-role", target, "", listed[0], added, burden)


def _respelt(gap: _Gap, borne: Container[str]) -> Iterator[Remedy]:
    """Write a name of the source for one like it that nothing bears."""
    source, step = gap.source, gap.pipeline.steps.get(gap.source.step)
    own = step.spec.names | {source.step} if step else {source.name, *gap.pipeline.inputs[source.name].roles}
    place, burden = gap.at_dependency("compatible_sources")
    for number, name in enumerate(gap.wanted.compatible_sources):
        meant = closest(name, own) if name not in borne else None
        if meant:
            yield gap.remedy("respell-source", gap.port, name, meant, Put((*place, number), meant), burden)


def _all_names(pipeline: PipelineSpec) -> frozenset[str]:
    steps = (step.spec.names | {name} for name, step in pipeline.steps.items())
    inputs = ({name, *given.roles} for name, given in pipeline.inputs.items())
    return frozenset().union(*steps, *inputs)


def _edges(gap: _Gap) -> Iterator[Remedy]:
    """Let data flow along one more edge: that it is missing says nothing against the source.

    From a step from which none leads anywhere, it is a little likelier to be what is missing.
    """
    edge = Append(("edges",), [gap.source.step, gap.port.step])
    points = max(gap.miss.points, NEUTRAL)
    ends = all(before != gap.source.step for before, _ in gap.pipeline.edges or ())
    yield Remedy("add-edge", gap.port.step, "", gap.source.step, (edge,), points, LOOSE_END if ends else 0)


def _loops(gap: _Gap) -> Iterator[Remedy]:
    """Let the loop that makes the source run the step that takes it, where it may."""
    loops, step = gap.pipeline.loops(), gap.port.step
    loop = loops[gap.source.step]
    held = {name for branch in gap.pipeline.branches.values() for name in branch.members}
    if step not in (*loops, *held) and find_kind(gap.pipeline.steps[step].spec.kind).in_loops:
        put = Append(("steps", loop, "body"), step)
        yield Remedy("add-to-body", step, "", loop, (put,), max(gap.miss.points, NEUTRAL))


def _pins(gap: _Gap) -> Iterator[Remedy]:
    pinned = gap.pipeline.pins[str(gap.port)]
    yield replace(unpinned(gap.pipeline, gap.port), points=gap.miss.points)
    edit = Put(("pins", str(gap.port)), str(gap.source))
    yield gap.remedy("repin", gap.port, pinned, str(gap.source), edit)


def _forbidden(gap: _Gap) -> Iterator[Remedy]:
    yield replace(allowed(gap.pipeline, gap.port, gap.source), points=gap.miss.points)


def _none(_: _Gap) -> Iterator[Remedy]:
    return iter(())


_CROSSINGS: Mapping[str, Callable[[_Gap], Iterator[Remedy]]] = {
    "type": _types,
    "data-type": _data_types,
    "source": _names,
    "self": _none,
    "edge": _edges,
    "loop": _loops,
    "pin": _pins,
    "forbid": _forbidden,
}
"""What would make each rule hold."""
