"""The reasons why a pipeline has no wiring, each for itself, as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..problems.problem import Position
from ..solver.binding_ends import Dependency
from ..solver.conflicts.minimal import Conflict, find_conflicts
from ..solver.conflicts.smallest import smallest_conflict
from ..solver.deadline import Deadline, TimeIsUp
from ..solver.engines import Engine
from ..solver.problem.candidates import NearMiss, PipelinePorts
from ..solver.problem.rules_over_several import Acyclic, AtMost
from ..solver.problem.wiring_problem import WiringProblem
from ..specs import INPUTS, PipelineSpec, Port


@dataclass(frozen=True)
class Link:
    """A step that needs another: `dependency` takes an output of it, or, without one, only runs after it."""

    step: str
    dependency: str
    needs: str


@dataclass(frozen=True)
class Need:
    """A dependency with its place, and the way down to its step from a step at the end of the pipeline."""

    port: Port
    type: str
    data_type: str
    position: Position | None
    chain: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Missing:
    """A required dependency that no source may supply.

    `near_misses` has every source, those first that fail the fewest rules. `pinned` is the source that it is
    pinned to, which then is the only one that counts. `also` are other dependencies that go without for the
    same reason: what one of them lacks would do for the others.
    """

    need: Need
    near_misses: tuple[NearMiss, ...]
    pinned: Port | None = None
    also: tuple[Need, ...] = ()

    @property
    def dependencies(self) -> tuple[Port, ...]:
        """The dependencies that have no source."""
        return (self.need.port, *(need.port for need in self.also))


@dataclass(frozen=True)
class Contradiction:
    """Dependencies that have sources, and rules, that cannot hold together; none of them can be spared.

    `also` are other dependencies that cannot be bound for the same reason: an edge or a rule of the conflict,
    or that nothing but the same sources would do for them.
    """

    conflict: Conflict
    needs: tuple[Need, ...]
    also: tuple[Port, ...] = ()

    @property
    def dependencies(self) -> tuple[Port, ...]:
        """The dependencies that cannot all be bound."""
        return (*(need.port for need in self.needs), *self.also)


Failure = Missing | Contradiction


def find_failures(
    pipeline: PipelineSpec, problem: WiringProblem, engine: Engine, deadline: Deadline
) -> tuple[tuple[Failure, ...], bool]:
    """Find every independent reason why a pipeline, and its `problem`, has no wiring; tell if time sufficed.

    First the dependencies that nothing may supply, then what the others cannot agree on, each in the order of
    addresses. Dependencies that lack the same thing are one failure.
    """
    ports, missing = PipelinePorts(pipeline, deadline), list[Missing]()
    try:
        relaxed = WiringProblem.of(pipeline, relaxed=True, deadline=deadline)
        needs = _Needs(pipeline, relaxed)
        lost = {item.port for item in problem.missing}
        starved = [item for item in ports.dependencies if item.port in lost]
        for group in _alike(ports, starved):
            missing.append(_missing(ports, group, needs))
    except TimeIsUp:
        return tuple(missing), False
    fed = relaxed.without(lost)
    conflicts, complete = find_conflicts(fed, engine, deadline, smallest_conflict)
    contradictions = [
        Contradiction(first, tuple(needs.of(item.port) for item in first.variables), tuple(also))
        for first, also in _independent(conflicts, pipeline, fed)
    ]
    return (*missing, *contradictions), complete


def _independent(
    conflicts: Sequence[Conflict], pipeline: PipelineSpec, stated: WiringProblem
) -> Iterator[tuple[Conflict, list[Port]]]:
    """Yield conflicts that have no order and no rule in common, and who else cannot be bound for those.

    Of several with the same order or rule, the first and smallest stands for all.
    """
    left = [*conflicts]
    while left:
        first, *others = left
        blamed = _blamed(first, pipeline)
        same = [item for item in others if blamed & _blamed(item, pipeline)]
        left = [item for item in others if item not in same]
        elsewhere = {variable.port for item in left for variable in item.variables}
        rivals = {port for port in _rivals(first, stated) if port not in elsewhere}
        yield first, sorted(rivals | {variable.port for item in same for variable in item.variables})


def _blamed(conflict: Conflict, pipeline: PipelineSpec) -> frozenset[object]:
    """Gather what the user wrote that has part in a conflict, and may be a mistake."""
    rules = (rule for rule in conflict.rules if not isinstance(rule, Acyclic))
    return frozenset((*rules, *(edge for edge in conflict.edges if edge in pipeline.order)))


def _rivals(conflict: Conflict, stated: WiringProblem) -> Iterator[Port]:
    """Yield the dependencies that compete for what those of a conflict have not enough of."""
    if not conflict.rules or not all(isinstance(rule, AtMost) for rule in conflict.rules):
        return
    scarce = {item.source for variable in conflict.variables for item in variable.candidates}
    for variable in stated.variables:
        sources = {item.source for item in variable.candidates}
        if variable.required and sources and sources <= scarce and variable not in conflict.variables:
            yield variable.port


def _missing(ports: PipelinePorts, group: Sequence[Dependency], needs: _Needs) -> Missing:
    first, *others = group
    return Missing(
        needs.of(first.port),
        ports.near_misses(first),
        ports.context.pins.get(first.port),
        tuple(needs.of(other.port) for other in others),
    )


def _alike(ports: PipelinePorts, starved: Sequence[Dependency]) -> Iterator[list[Dependency]]:
    """Group dependencies of which one output could supply any two that follow; pinned ones stay alone."""
    import networkx as nx  # takes long to load

    links: nx.Graph[int] = nx.Graph()
    links.add_nodes_from(range(len(starved)))
    offers = [_would_take(ports, dependency) for dependency in starved]
    for number, one in ports.deadline.watch(enumerate(offers)):
        links.add_edges_from((number, other) for other in range(number) if _overlap(one, offers[other]))
    groups = (sorted(members) for members in nx.connected_components(links))
    for members in sorted(groups):
        yield [starved[number] for number in members]


_Taken = tuple[frozenset[str], frozenset[str]]
"""Types, and the names that a source must bear; no names when any source will do."""


def _would_take(ports: PipelinePorts, dependency: Dependency) -> _Taken | None:
    """Say what a dependency would take; None for a pinned one, which takes one source only."""
    if dependency.port in ports.context.pins:
        return None
    types = frozenset(ports.context.lattice.accepted(dependency.spec.dependency_type)) - {"any"}
    return types, frozenset(ports.context.required_names(dependency))


def _overlap(one: _Taken | None, other: _Taken | None) -> bool:
    if one is None or other is None or not one[0] & other[0]:
        return False
    return one[1] == other[1] or bool(one[1] & other[1])


class _Needs:
    """Looks up dependencies with the way that leads to them from the end of the pipeline.

    The way follows what each dependency would take first, since no wiring says what it does take.
    """

    def __init__(self, pipeline: PipelineSpec, stated: WiringProblem) -> None:
        self._pipeline = pipeline
        self._links: dict[tuple[str, str], str] = dict.fromkeys(sorted(stated.fixed_edges), "")
        for variable in reversed(stated.variables):  # of several, the first in order of address stays
            if variable.candidates and variable.candidates[0].source.step != INPUTS:
                self._links[variable.candidates[0].source.step, variable.port.step] = variable.port.name
        import networkx as nx

        self._graph: nx.DiGraph[str] = nx.DiGraph(sorted(self._links))

    def of(self, port: Port) -> Need:
        spec = self._pipeline.steps[port.step].spec.dependencies[port.name]
        place = self._pipeline.place_of_dependency(port)
        return Need(port, spec.dependency_type, spec.data_type, place, self._chain(port.step))

    def _chain(self, step: str) -> tuple[Link, ...]:
        """Follow the shortest way from a last step down to this one, the first by name among several."""
        if step not in self._graph:
            return ()
        import networkx as nx

        ways = nx.single_source_shortest_path(self._graph, step)
        ends = [way for end, way in ways.items() if not self._graph.out_degree(end)]
        if not ends:
            return ()
        way = min(ends, key=lambda steps: (len(steps), steps))
        return tuple(
            Link(after, self._links[before, after], before) for before, after in reversed([*pairwise(way)])
        )
