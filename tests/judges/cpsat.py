"""A second solver's judgement: the whole problem of a pipeline as one model of OR-tools' CP-SAT.

The rules are written down from the design, over pipelines as they are given. Nothing is shared with the
solver but the evidence, and nothing but the unary rules with the brute-force referee.
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
from ortools.sat.python import cp_model

from stepwire.solver.problem.candidates import PipelinePorts
from stepwire.solver.problem.joint_evidence import joint_evidence
from stepwire.solver.problem.joint_pieces import joint_points
from stepwire.solver.ranking.evidence import Fact, Term
from stepwire.specs import DependencySpec, PipelineSpec, Port

referee: Any = importlib.import_module("property.referee")

Edge = tuple[str, str]

MAX_SHARING, MAX_LOOKED_AT = 6, 100
"""The rule `distinct` yields to so many dependencies of a step, of so many that need their own output."""


@dataclass(frozen=True)
class Verdict:
    """Whether there is a wiring, and what the best scores; where time did not do, what is known.

    No wiring scores more than `most`. Both are None where that is not known.
    """

    has_wiring: bool | None
    score: int | None = None
    most: int | None = None

    def agrees(self, score: int | None) -> bool:
        """Tell whether what the best wiring is said to score, None for no wiring, can be so."""
        if self.has_wiring is None or score is None:
            return (self.most is None or score is None or score <= self.most) and self.has_wiring is not True
        return score == self.score


@dataclass
class _Model:
    """A model that is being stated."""

    pipeline: PipelineSpec
    model: Any = field(default_factory=cp_model.CpModel)
    takes: dict[tuple[Port, Port | None], Any] = field(default_factory=dict)
    draws: dict[Edge, Any] = field(default_factory=dict)
    facts: dict[int | Term, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.domains: dict[Port, list[Port | None]] = referee.domains(self.pipeline)
        self.alone: dict[Port, list[Port]] = {
            port: referee.alone(self.pipeline, port) for port in self.domains
        }
        self.fixed: set[Edge] = {*self.pipeline.order, *(self.pipeline.edges or ())}
        for condition, branch in self.pipeline.branches.items():
            self.fixed |= {(condition, member) for member in (*branch.if_, *branch.else_)}
        for rule in (self.once, self.exclusive, self.distinct, self.same_source, self.edges, self.branches):
            rule()
        self.model.maximize(sum(self.points()))

    def once(self) -> None:
        """Every dependency takes one source, or nothing where it may."""
        for port, domain in self.domains.items():
            for source in domain:
                self.takes[port, source] = self.model.new_bool_var(f"{port} takes {source}")
            self.model.add_exactly_one([self.takes[port, source] for source in domain])

    def exclusive(self) -> None:
        """An output feeds no more than it may."""
        for name, step in self.pipeline.steps.items():
            for output, spec in step.spec.outputs.items():
                if spec.max_consumers is not None:
                    source = Port(name, output)
                    takers = [taken for (_, it), taken in self.takes.items() if it == source]
                    self.model.add(sum(takers) <= spec.max_consumers)

    def distinct(self) -> None:
        """Two dependencies of a step that are to differ take no output together, nor, declared, anything.

        Where there is not an output for each, only what is declared keeps them apart.
        """
        for left, right in self.pairs():
            step = self.pipeline.steps[left.step].spec
            specs = [step.dependencies[left.name], step.dependencies[right.name]]
            declared = any({left.name, right.name} <= {*group} for group in step.distinct)
            apart = all(map(_needs_its_own, specs)) and not {left, right} <= self.short[left.step]
            for source in filter(None, self.domains[left]):
                both = (right, source) in self.takes
                if both and (declared or (apart and source.step != "inputs")):
                    self.model.add_at_most_one([self.takes[left, source], self.takes[right, source]])

    @cached_property
    def short(self) -> defaultdict[str, set[Port]]:
        """Find the dependencies of each step that a largest choice of different outputs may leave out.

        Leaving out such a one makes no largest choice smaller. Of many that have to share, nothing is known.
        """
        demanding: defaultdict[str, dict[Port, list[Port]]] = defaultdict(dict)
        needing: Counter[str] = Counter()
        later = self.later()
        for port, spec in referee.dependencies(self.pipeline).items():
            if spec.required and _needs_its_own(spec):
                found = [it for it in self.alone[port] if it.step not in later.get(port.step, ())]
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

    def later(self) -> dict[str, set[str]]:
        """Map each step to those that surely run after it; nothing is sure where edges contradict."""
        graph: nx.DiGraph[str] = nx.DiGraph(sorted(self.fixed))
        for port, spec in referee.dependencies(self.pipeline).items():
            feeders = {source.step for source in self.alone[port]}
            if spec.required and len(feeders) == 1 and feeders != {"inputs"}:
                graph.add_edges_from((feeder, port.step) for feeder in feeders)
        if not nx.is_directed_acyclic_graph(graph):
            return {}
        return {step: nx.descendants(graph, step) for step in graph}

    def pairs(self) -> Iterator[tuple[Port, Port]]:
        """Yield every two dependencies of one step."""
        by_step: defaultdict[str, list[Port]] = defaultdict(list)
        for port in self.domains:
            by_step[port.step].append(port)
        for ports in by_step.values():
            yield from combinations(ports, 2)

    def same_source(self) -> None:
        """What a group takes is of one producer."""
        for name, step in self.pipeline.steps.items():
            for group in step.spec.same_source:
                producers: dict[str, Any] = {}
                for port in (Port(name, member) for member in group):
                    for source in filter(None, self.domains[port]):
                        if source.step not in producers:
                            producers[source.step] = self.model.new_bool_var(f"{port} of {source.step}")
                        self.model.add_implication(self.takes[port, source], producers[source.step])
                self.model.add_at_most_one(producers.values())

    def edges(self) -> None:
        """A binding draws an edge between steps; two steps do not feed each other."""
        for (port, source), taken in self.takes.items():
            if source is not None and source.step != "inputs":
                edge = source.step, port.step
                if edge not in self.draws:
                    self.draws[edge] = self.model.new_bool_var(f"{edge}")
                self.model.add_implication(taken, self.draws[edge])
        for edge in self.draws:
            if (edge[1], edge[0]) in self.fixed:
                self.model.add(self.draws[edge] == 0)
            if edge < (edge[1], edge[0]) and (edge[1], edge[0]) in self.draws:
                self.model.add_at_most_one([self.draws[edge], self.draws[edge[1], edge[0]]])

    def branches(self) -> None:
        """No step is reached from both sides of a condition."""
        for condition, branch in self.pipeline.branches.items():
            reached = [
                {
                    name: self.model.new_bool_var(f"{name} from {condition} {side}")
                    for name in self.pipeline.steps
                }
                for side in ("if", "else")
            ]
            for side, members in zip(reached, (branch.if_, branch.else_), strict=True):
                for member in members:
                    self.model.add(side[member] == 1)
                for before, after in self.fixed:
                    self.model.add_implication(side[before], side[after])
                for (before, after), drawn in self.draws.items():
                    self.model.add_bool_or([~drawn, ~side[before], side[after]])
            for name in self.pipeline.steps:
                self.model.add_at_most_one([side[name] for side in reached])

    def cycles(self, solver: Any) -> list[list[Edge]]:
        """List cycles of what is bound in a solution."""
        bound = {
            (source.step, port.step)
            for (port, source), taken in self.takes.items()
            if source is not None and source.step != "inputs" and solver.boolean_value(taken)
        }
        return list(_cycles_of([*bound, *self.fixed]))

    def exclude(self, cycles: Sequence[Sequence[Edge]]) -> None:
        """Let no wiring have all edges of one of the cycles."""
        for cycle in cycles:
            free = [edge for edge in cycle if edge not in self.fixed]
            self.model.add(sum(self.draws[edge] for edge in free) <= len(free) - 1)

    def points(self) -> Iterator[Any]:
        """Yield what each binding and each piece of joint evidence adds to the score."""
        ports = PipelinePorts(self.pipeline)
        for dependency in ports.dependencies:
            for candidate in ports.candidates(dependency):
                yield candidate.score * self.takes[dependency.port, candidate.source]
        for joint in joint_evidence(ports):
            yield joint.points * self.fact(joint.fact)
        yield from (joint_points(ports.ranking, "shared-output") * both for both in self.shared())

    def shared(self) -> Iterator[Any]:
        """Yield, for two dependencies to which the rule `distinct` yields, that both take an output."""
        for left, right in self.pairs():
            if {left, right} <= self.short[left.step]:
                for source in filter(None, self.domains[left]):
                    if (right, source) in self.takes and source.step != "inputs":
                        both = self.model.new_bool_var(f"{left} and {right} take {source}")
                        self.model.add_min_equality(
                            both, [self.takes[left, source], self.takes[right, source]]
                        )
                        yield both

    def fact(self, fact: Fact) -> Any:
        """State that a variable is 1 when a fact holds, and 0 when it does not."""
        key = fact if isinstance(fact, Term) else id(fact)
        if key not in self.facts:
            if isinstance(fact, Term):
                least, parts = 1, [self.takes.get((fact.port, source), 0) for source in fact.sources]
            else:
                least, parts = fact.least, [self.fact(each) for each in fact.facts]
            holds = self.model.new_bool_var(f"fact {len(self.facts)}")
            self.model.add(sum(parts) >= least).only_enforce_if(holds)
            self.model.add(sum(parts) <= least - 1).only_enforce_if(~holds)
            self.facts[key] = holds
        return self.facts[key]


def judge(pipeline: PipelineSpec, seconds: float, guess: Mapping[str, str] | None = None) -> Verdict:
    """Say whether a pipeline has a wiring and what the best scores, in so many seconds.

    Cycles are excluded when they come up: the best without them is the best of all. A guess at the best, by
    addresses, decides nothing and may save time.
    """
    stated = _Model(pipeline)
    if not nx.is_directed_acyclic_graph(nx.DiGraph(sorted(stated.fixed))):
        return Verdict(False)
    for (port, source), taken in stated.takes.items() if guess is not None else ():
        stated.model.add_hint(taken, (str(source) if source else None) == (guess or {}).get(str(port)))
    solver, most = _solver(), None
    while seconds > 0:
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(stated.model)
        seconds -= solver.wall_time
        if status == cp_model.INFEASIBLE:
            return Verdict(False)
        most = round(solver.best_objective_bound) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else most
        if status != cp_model.OPTIMAL:
            break
        cycles = stated.cycles(solver)
        if not cycles:
            return Verdict(True, most, most)
        stated.exclude(cycles)
    return Verdict(None, most=most)


def is_wiring(pipeline: PipelineSpec, sources: Mapping[str, str], score: int) -> bool:
    """Tell whether some bindings, by addresses, are all of a wiring and score so much."""
    stated = _Model(pipeline)
    for (port, source), taken in stated.takes.items():
        stated.model.add(taken == int((str(source) if source else None) == sources.get(str(port))))
    solver = _solver()
    found = solver.solve(stated.model) == cp_model.OPTIMAL
    return found and not stated.cycles(solver) and round(solver.objective_value) == score


def _needs_its_own(spec: DependencySpec) -> bool:
    return spec.data_type == "S3Uri" and not spec.may_share


def _served(options: Mapping[Port, Sequence[Port]]) -> int:
    """Count the dependencies that can have a source of their own, all at once."""
    graph: nx.Graph[tuple[str, Port]] = nx.Graph()
    takers = [("taker", port) for port in options]
    graph.add_nodes_from(takers)
    graph.add_edges_from((("taker", port), ("source", it)) for port, found in options.items() for it in found)
    return len(nx.bipartite.maximum_matching(graph, takers)) // 2


def _solver() -> Any:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    return solver


def _cycles_of(edges: Sequence[Edge]) -> Iterator[list[Edge]]:
    """Yield a shortest cycle through each edge that lies in one."""
    graph: nx.DiGraph[str] = nx.DiGraph(sorted(edges))
    for steps in nx.strongly_connected_components(graph):
        if len(steps) > 1:
            part = graph.subgraph(steps)
            for before, after in sorted(part.edges):
                path = nx.shortest_path(part, after, before)
                yield [*pairwise(path), (before, after)]
