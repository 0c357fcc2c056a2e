"""The whole problem of a pipeline, stated as sums of things that are so (1) or not (0), and limits of them.

The rules are written down from the design, over pipelines as they are given. Nothing is shared with the
solver but the evidence, and nothing but the unary rules with the brute-force referee. What holds over the
whole pipeline, that nothing runs in circles and that no step is reached from both sides of a condition, is
not stated but looked for in what is found, and then excluded.
"""

from __future__ import annotations

import importlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, pairwise
from typing import Any

import networkx as nx

from stepwire.solver.problem.candidates import PipelinePorts
from stepwire.solver.problem.joint_evidence import joint_evidence
from stepwire.solver.problem.joint_pieces import joint_points
from stepwire.solver.ranking.evidence import Fact, Term
from stepwire.specs import DependencySpec, PipelineSpec, Port

referee: Any = importlib.import_module("property.referee")

Edge = tuple[str, str]

Take = tuple[Port, Port | None]
"""That a dependency takes a source, or nothing."""

Thing = Take | str
"""What is so or not; what is no Take has a name of its own."""

MAX_SHARING, MAX_LOOKED_AT = 6, 100
"""The rule `distinct` yields to so many dependencies of a step, of so many that need their own output."""


@dataclass(frozen=True)
class AtMost:
    """A rule: the things that are so, each times its factor, add up to no more than a limit."""

    factors: Mapping[Thing, int]
    limit: int


@dataclass
class Statement:
    """The rules of a pipeline, and what each thing adds to the score."""

    pipeline: PipelineSpec
    rules: list[AtMost] = field(default_factory=list)
    points: Counter[Thing] = field(default_factory=Counter)
    _made: dict[object, Thing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.alone: dict[Port, list[Port]] = {
            port: self._alone(port, spec) for port, spec in referee.dependencies(self.pipeline).items()
        }
        self.fixed: set[Edge] = {*self.pipeline.order, *(self.pipeline.edges or ())}
        for condition, branch in self.pipeline.branches.items():
            self.fixed |= {(condition, member) for member in (*branch.if_, *branch.else_)}
        self.domains = {port: self._domain(port, found) for port, found in self.alone.items()}
        self.takes: list[Take] = [(port, it) for port, domain in self.domains.items() for it in domain]
        for state in (self._once, self._exclusive, self._distinct, self._same_source, self._score):
            state()

    def at_most(self, limit: int, factors: Mapping[Thing, int]) -> None:
        """State a rule."""
        self.rules.append(AtMost(dict(factors), limit))

    def _alone(self, port: Port, spec: DependencySpec) -> list[Port]:
        """List what a dependency may take on its own account, by types and by the list of its sources."""
        fitting: list[Port] = referee.fitting(self.pipeline, port)
        listed = [it for it in fitting if referee._source_is_named(self.pipeline, spec, it)]
        match self.pipeline.policy.compatible_sources:
            case "prefer":
                return fitting
            case "require":
                return listed
        return listed or fitting

    def _domain(self, port: Port, alone: Sequence[Port]) -> list[Port | None]:
        pinned = self.pipeline.pins.get(str(port))
        forbidden = {source for it, source in self.pipeline.forbid if it == str(port)}
        later = self._surely_later.get(port.step, set())
        found: list[Port | None] = [
            it
            for it in alone
            if pinned in (None, str(it)) and str(it) not in forbidden and it.step not in later
        ]
        spec = self.pipeline.steps[port.step].spec.dependencies[port.name]
        return [*found, *([None] if not spec.required and pinned is None else [])]

    @cached_property
    def _surely_later(self) -> dict[str, set[str]]:
        """Map each step to those that run after it by what is fixed, from which it cannot take."""
        graph: nx.DiGraph[str] = nx.DiGraph(sorted(self.fixed))
        return {step: nx.descendants(graph, step) for step in graph}

    def _once(self) -> None:
        """Every dependency takes one source, or nothing where it may."""
        for port, domain in self.domains.items():
            self.at_most(1, {(port, source): 1 for source in domain})
            self.at_most(-1, {(port, source): -1 for source in domain})

    @cached_property
    def _takers(self) -> Mapping[Port, list[Port]]:
        takers: defaultdict[Port, list[Port]] = defaultdict(list)
        for port, source in self.takes:
            if source is not None:
                takers[source].append(port)
        return takers

    def _exclusive(self) -> None:
        """An output feeds no more than it may."""
        for name, step in self.pipeline.steps.items():
            for output, spec in step.spec.outputs.items():
                source = Port(name, output)
                if spec.max_consumers is not None:
                    self.at_most(
                        spec.max_consumers, {(port, source): 1 for port in self._takers.get(source, ())}
                    )

    def _pairs(self) -> Iterator[tuple[Port, Port]]:
        """Yield every two dependencies of one step."""
        by_step: defaultdict[str, list[Port]] = defaultdict(list)
        for port in self.domains:
            by_step[port.step].append(port)
        for ports in by_step.values():
            yield from combinations(ports, 2)

    def _distinct(self) -> None:
        """Two dependencies of a step that are to differ take no output together, nor, declared, anything.

        Where there is not an output for each, only what is declared keeps them apart.
        """
        for left, right in self._pairs():
            step = self.pipeline.steps[left.step].spec
            specs = [step.dependencies[left.name], step.dependencies[right.name]]
            declared = any({left.name, right.name} <= {*group} for group in step.distinct)
            apart = all(map(_needs_its_own, specs)) and not {left, right} <= self._short[left.step]
            for source in filter(None, self.domains[left]):
                both = source in self.domains[right]
                if both and (declared or (apart and source.step != "inputs")):
                    self.at_most(1, {(left, source): 1, (right, source): 1})

    @cached_property
    def _short(self) -> defaultdict[str, set[Port]]:
        """Find the dependencies of each step that a largest choice of different outputs may leave out.

        Leaving out such a one makes no largest choice smaller. Of many that have to share, nothing is known.
        """
        demanding: defaultdict[str, dict[Port, list[Port]]] = defaultdict(dict)
        needing: Counter[str] = Counter()
        later = self._later()
        for port, spec in referee.dependencies(self.pipeline).items():
            if spec.required and _needs_its_own(spec):
                early = [it for it in self.alone[port] if it.step not in later.get(port.step, ())]
                found = referee.rather_prepared(self.pipeline, port.step, early)
                if found and all(source.step != "inputs" for source in found):
                    demanding[port.step][port] = found
                    needing[port.step] += 1
        short: defaultdict[str, set[Port]] = defaultdict(set)
        for step, options in demanding.items():
            served = _served(options)
            spare = {
                port
                for port in (options if served < len(options) else ())
                if _served({other: options[other] for other in options if other != port}) == served
            }
            if len(spare) <= MAX_SHARING and needing[step] <= MAX_LOOKED_AT:
                short[step] = spare
        return short

    def _later(self) -> dict[str, set[str]]:
        """Map each step to those that surely run after it; nothing is sure where edges contradict."""
        graph: nx.DiGraph[str] = nx.DiGraph(sorted(self.fixed))
        for port, spec in referee.dependencies(self.pipeline).items():
            feeders = {source.step for source in self.alone[port]}
            if spec.required and len(feeders) == 1 and feeders != {"inputs"}:
                graph.add_edges_from((feeder, port.step) for feeder in feeders)
        if not nx.is_directed_acyclic_graph(graph):
            return {}
        return {step: nx.descendants(graph, step) for step in graph}

    def _same_source(self) -> None:
        """What a group takes is of one producer."""
        for name, step in self.pipeline.steps.items():
            for group in step.spec.same_source:
                for left, right in combinations((Port(name, member) for member in group), 2):
                    for source in filter(None, self.domains[left]):
                        others = [it for it in self.domains[right] if it and it.step != source.step]
                        self.at_most(1, {(left, source): 1, **{(right, it): 1 for it in others}})

    def _score(self) -> None:
        """Each binding and each piece of joint evidence adds to the score."""
        ports = PipelinePorts(self.pipeline)
        stated = {*self.takes}
        for dependency in ports.dependencies:
            for candidate in ports.candidates(dependency):
                if (dependency.port, candidate.source) in stated:
                    self.points[dependency.port, candidate.source] += candidate.score
        joints = list(joint_evidence(ports))  # facts are told apart by which object they are
        for joint in joints:
            self.points[self._fact(joint.fact)] += joint.points
        shared = joint_points(ports.ranking, "shared-output")
        for left, right in self._pairs():
            if {left, right} <= self._short[left.step]:
                for source in filter(None, self.domains[left]):
                    if source in self.domains[right] and source.step != "inputs":
                        both = self._counted(2, [(left, source), (right, source)], (left, right, source))
                        self.points[both] += shared

    def _fact(self, fact: Fact) -> Thing:
        """State that a thing is so when a fact holds, and is not when it does not."""
        key = fact if isinstance(fact, Term) else id(fact)
        if key in self._made:
            return self._made[key]
        if isinstance(fact, Term):
            sources = [source for source in fact.sources if source in self.domains[fact.port]]
            return self._counted(1, [(fact.port, source) for source in sources], key)
        return self._counted(fact.least, [self._fact(each) for each in fact.facts], key)

    def _counted(self, least: int, parts: Sequence[Thing], key: object) -> Thing:
        """State that a thing is so when so many others are, and is not when fewer are."""
        if least == 1 and len(parts) == 1:
            return parts[0]
        thing = self._made[key] = f"thing {len(self._made)}"
        number = Counter(parts)
        self.at_most(0, {thing: least, **{part: -times for part, times in number.items()}})
        self.at_most(least - 1, {thing: least - 1 - len(parts), **number} if parts else {thing: least - 1})
        return thing

    def exclude_what_breaks(self, taken: Mapping[Port, Port | None]) -> bool:
        """State, of the rules over the whole pipeline, what a choice of sources breaks; tell whether any.

        A rule that is stated so holds of every wiring.
        """
        before = len(self.rules)
        bound = {(it.step, port.step) for port, it in taken.items() if it and it.step != "inputs"}
        graph: nx.DiGraph[str] = nx.DiGraph(sorted({*bound, *self.fixed}))
        for edges in (*_cycles_of(graph), *self._ways_to_both_sides(graph)):
            free = sorted({*edges} - self.fixed)
            self.at_most(len(free) - 1, {self._drawn(edge): 1 for edge in free})
        return len(self.rules) > before

    def _drawn(self, edge: Edge) -> Thing:
        """Make a thing that is so at least when a binding draws an edge."""
        if edge not in self._made:
            thing = self._made[edge] = f"thing {len(self._made)}"
            for port, source in self.takes:
                if source is not None and (source.step, port.step) == edge:
                    self.at_most(0, {(port, source): 1, thing: -1})
        return self._made[edge]

    def _ways_to_both_sides(self, graph: nx.DiGraph[str]) -> Iterator[list[Edge]]:
        """Yield the edges by which a step is reached from both sides of a condition, in the shortest way."""
        for branch in self.pipeline.branches.values():
            if not (branch.if_ and branch.else_):
                continue
            ways = [nx.multi_source_dijkstra_path(graph, {*side}) for side in (branch.if_, branch.else_)]
            for step in sorted({*ways[0]} & {*ways[1]}):
                yield [*pairwise(ways[0][step]), *pairwise(ways[1][step])]


def _needs_its_own(spec: DependencySpec) -> bool:
    return spec.data_type == "S3Uri" and not spec.may_share


def _served(options: Mapping[Port, Sequence[Port]]) -> int:
    """Count the dependencies that can have a source of their own, all at once."""
    graph: nx.Graph[tuple[str, Port]] = nx.Graph()
    takers = [("taker", port) for port in options]
    graph.add_nodes_from(takers)
    graph.add_edges_from((("taker", port), ("source", it)) for port, found in options.items() for it in found)
    return len(nx.bipartite.maximum_matching(graph, takers)) // 2


def _cycles_of(graph: nx.DiGraph[str]) -> Iterator[list[Edge]]:
    """Yield a shortest cycle through each edge that lies in one."""
    for steps in nx.strongly_connected_components(graph):
        if len(steps) > 1:
            part = graph.subgraph(steps)
            for before, after in sorted(part.edges):
                path = nx.shortest_path(part, after, before)
                yield [*pairwise(path), (before, after)]
