"""The constraint problem: dependencies are variables, candidates their values, rules bind several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

from ...specs import PipelineSpec, Port
from ..deadline import NEVER, Deadline
from ..ranking.evidence import Joint
from .candidates import Candidate, PipelinePorts
from .context import RuleContext
from .distinct import DependencyOptions
from .joint_evidence import joint_evidence
from .rules_over_several import (
    Acyclic,
    AtMost,
    BranchSides,
    Constraint,
    Edge,
    FlowRule,
    Forbidden,
    LocalRule,
    Pinned,
    SameSource,
    UserChoice,
)


@dataclass(frozen=True)
class Variable:
    """A dependency and the candidates it may take, best first; without `required` it may stay unbound."""

    port: Port
    candidates: tuple[Candidate, ...]
    required: bool = True

    @cached_property
    def values(self) -> tuple[Candidate | None, ...]:
        """The candidates, and None for unbound where that is allowed."""
        return self.candidates if self.required else (*self.candidates, None)

    def taking(self, source: Port) -> Variable:
        """Return the variable with one source left, which it must take."""
        kept = tuple(item for item in self.candidates if item.source == source)
        return replace(self, candidates=kept, required=True)

    @cached_property
    def scores(self) -> tuple[int, ...]:
        """The score of each value; unbound scores nothing."""
        return tuple(item.score if item else 0 for item in self.values)


Element = Variable | Constraint | Edge
"""A part of a problem that an explanation may name, or that a correction may take away."""


class Numbering(NamedTuple):
    """The numbers of a problem's elements: their places in `elements`."""

    variables: range
    local_rules: range
    flow_rules: range
    fixed_edges: range


@dataclass(frozen=True)
class WiringProblem:
    """Variables in canonical order, the rules over them, and the edges that hold in every wiring.

    `joints` are evidence, not rules: they say which wirings are better.
    """

    variables: tuple[Variable, ...]
    local_rules: tuple[LocalRule, ...] = ()
    flow_rules: tuple[FlowRule, ...] = ()
    fixed_edges: frozenset[Edge] = field(default_factory=frozenset)
    joints: tuple[Joint, ...] = ()

    @cached_property
    def places(self) -> Mapping[str, tuple[int, ...]]:
        """Map every step that has dependencies to their places among the variables."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, variable in enumerate(self.variables):
            found[variable.port.step].append(place)
        return {step: tuple(places) for step, places in found.items()}

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """All that the problem is made of, in canonical order."""
        return (*self.variables, *self.local_rules, *self.flow_rules, *sorted(self.fixed_edges))

    @cached_property
    def numbering(self) -> Numbering:
        """The numbers of the elements."""
        parts = (self.variables, self.local_rules, self.flow_rules, self.fixed_edges)
        return Numbering(*(range(*ends) for ends in pairwise(accumulate(map(len, parts), initial=0))))

    @property
    def missing(self) -> tuple[Variable, ...]:
        """The required dependencies that no source may supply, whatever the others take."""
        return tuple(item for item in self.variables if not item.values)

    @property
    def supplied(self) -> WiringProblem:
        """The problem without the dependencies that are missing a source."""
        return self.without({item.port for item in self.missing})

    def without(self, ports: Collection[Port]) -> WiringProblem:
        """Return the problem without some dependencies."""
        return replace(self, variables=tuple(item for item in self.variables if item.port not in ports))

    @classmethod
    def of(
        cls, pipeline: PipelineSpec, *, relaxed: bool = False, deadline: Deadline = NEVER
    ) -> WiringProblem:
        """State the problem of wiring a pipeline; raises TimeIsUp at the deadline.

        The wirings are the same when it is `relaxed`: pins and forbidden bindings are then rules, which
        explanations can name, and the candidates are those of a pipeline without them.
        """
        chosen: tuple[UserChoice, ...] = ()
        if relaxed:
            chosen = tuple(_choices(pipeline))
            pipeline = pipeline.model_copy(update={"pins": {}, "forbid": ()})
        ports = PipelinePorts(pipeline, deadline)
        needs = DependencyOptions(ports)
        variables = tuple(
            Variable(
                dependency.port,
                ports.candidates(dependency),
                dependency.spec.required or dependency.port in ports.context.pins,
            )
            for dependency in ports.dependencies
        )
        return cls(
            variables,
            (*_exclusive(ports, variables), *needs.rules(), *_same_source(ports), *chosen),
            (Acyclic(), *_branch_sides(pipeline)),
            pipeline.fixed_edges,
            (*joint_evidence(ports), *needs.evidence()),
        )


def _choices(pipeline: PipelineSpec) -> Iterator[UserChoice]:
    context = RuleContext.of(pipeline)
    for port, source in sorted(context.pins.items()):
        yield Pinned(port, source)
    for port, source in sorted(context.forbidden):
        yield Forbidden(port, source)


def _exclusive(ports: PipelinePorts, variables: tuple[Variable, ...]) -> Iterator[AtMost]:
    takers: defaultdict[Port, list[Port]] = defaultdict(list)
    for variable in variables:
        for candidate in variable.candidates:
            takers[candidate.source].append(variable.port)
    for source in ports.sources:
        limit = source.spec.max_consumers
        if limit is not None and len(takers[source.port]) > limit:
            yield AtMost(source.port, limit, tuple(takers[source.port]))


def _same_source(ports: PipelinePorts) -> Iterator[SameSource]:
    for name, step in sorted(ports.pipeline.steps.items()):
        for group in sorted({tuple(sorted(set(group))) for group in step.spec.same_source}):
            yield SameSource(tuple(Port(name, member) for member in group))


def _branch_sides(pipeline: PipelineSpec) -> Iterator[BranchSides]:
    for condition, branch in sorted(pipeline.branches.items()):
        if branch.if_ and branch.else_:
            yield BranchSides(condition, tuple(sorted(branch.if_)), tuple(sorted(branch.else_)))
