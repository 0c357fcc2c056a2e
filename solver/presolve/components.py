"""Cuts a problem into components that share no rule, so that each can be solved by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from typing import TypeVar

from ...specs import Port
from ..deadline import NEVER, Deadline
from ..problem.rules_over_several import (
    Acyclic,
    AtMost,
    BranchSides,
    Distinct,
    Edge,
    FlowRule,
    Forbidden,
    LocalRule,
    Pinned,
    SameSource,
    UserChoice,
)
from ..problem.wiring_problem import Variable, WiringProblem
from .compiled import Compiled, compile_rules
from .linked import Linked, link
from .step_graph import reached, step_graph, tangles, turned

T = TypeVar("T")


@dataclass(frozen=True)
class Flow:
    """A part of the step graph inside which cycles, or steps reached from both branch sides, can arise."""

    steps: tuple[str, ...]
    fixed_edges: tuple[Edge, ...]
    branches: tuple[BranchSides, ...]
    tangles: tuple[tuple[str, ...], ...]
    """The strongly connected parts, in which cycles could close; empty where cycles are allowed."""

    @property
    def acyclic(self) -> bool:
        """Tell whether cycles are to be kept out."""
        return bool(self.tangles)


@dataclass(frozen=True)
class Component:
    """Variables that rules or joint evidence tie together; a smaller problem of its own.

    `places` are the variables' places in the whole problem.
    """

    places: tuple[int, ...]
    variables: tuple[Variable, ...]
    rules: tuple[LocalRule, ...] = ()
    flow: Flow | None = None
    joints: Linked = field(default_factory=Linked)

    def score(self, assignment: Sequence[int]) -> int:
        """Add up the scores of an assignment: for each variable, the place of its value in `values`."""
        alone = 0
        for variable, place in zip(self.variables, assignment, strict=True):
            alone += variable.scores[place]
        return alone + self.joints.score(assignment) if self.joints else alone

    @cached_property
    def problem(self) -> WiringProblem:
        """The same as a problem by itself."""
        rules: tuple[FlowRule, ...] = ()
        if self.flow is not None:
            rules = (*((Acyclic(),) if self.flow.acyclic else ()), *self.flow.branches)
        edges = frozenset(self.flow.fixed_edges if self.flow else ())
        return WiringProblem(self.variables, self.rules, rules, edges)

    @cached_property
    def compiled(self) -> tuple[Compiled, ...]:
        """The rules as numbers."""
        return compile_rules(self.variables, self.rules, self.problem.numbering.local_rules)

    @property
    def most(self) -> int:
        """The sum of all that can be gained: no assignment scores more."""
        return sum(max(variable.scores) for variable in self.variables) + self.joints.most

    @property
    def is_free(self) -> bool:
        """Tell whether no rule binds it: every assignment is valid."""
        return self.flow is None and not self.rules

    @property
    def assignments(self) -> int:
        """The number of assignments, valid or not."""
        return prod(len(variable.values) for variable in self.variables)


@dataclass(frozen=True)
class _Region:
    """Steps between which a flow rule binds, and the rule: a branch, or None for cycles."""

    steps: frozenset[str]
    branch: BranchSides | None


def decompose(problem: WiringProblem, deadline: Deadline = NEVER) -> tuple[Component, ...]:
    """Return the components of a problem, in the order of their first variables; raises TimeIsUp.

    Joint evidence ties variables together as rules do, since it decides which wiring is best.

    Every wiring of the problem is one choice for each component, and every such choice is a wiring. A region
    without variables (both sides of a branch joined by fixed edges) gives a component without variables.
    """
    variables = {variable.port: variable for variable in problem.variables}
    place = {port: index for index, port in enumerate(variables)}
    everything = range(len(problem.variables))
    regions, linked = tuple(_regions(problem)), link(problem, deadline)
    scopes = [_scope(problem, region) for region in deadline.watch(regions)]
    binding = [
        (number, sorted(place[port] for port in ports))
        for number, rule in enumerate(deadline.watch(problem.local_rules))
        for ports in tied_by(rule, variables)
    ]
    rule_scopes = [scope for _, scope in binding]
    ties = Ties()
    for scope in deadline.watch((*scopes, *rule_scopes, *linked.scopes)):
        ties.tie(scope)
    rules = _divided((number for number, _ in binding), rule_scopes, ties)
    inside = _divided(regions, scopes, ties)
    facts = _divided(range(len(linked.facts)), ((~fact,) for fact in range(len(linked.facts))), ties)
    pieces = _divided(linked.pieces, ((~fact,) for _, fact in linked.pieces), ties)
    found = [
        Component(
            tuple(members),
            tuple(problem.variables[index] for index in members),
            tuple(problem.local_rules[rule] for rule in dict.fromkeys(rules[number])),
            _flow(problem, inside[number]),
            linked.within(members, facts[number], pieces[number]) if pieces[number] else Linked(),
        )
        for number, members in _divided(everything, ((index,) for index in everything), ties).items()
    ]
    empty = [_bare(problem, region) for region, scope in zip(regions, scopes, strict=True) if not scope]
    return (*empty, *found)


class Ties:
    """Numbers that are tied together, whatever they stand for; each set has one of them as its own."""

    def __init__(self) -> None:
        self._next: dict[int, int] = {}

    def tie(self, numbers: Sequence[int]) -> None:
        """Tie numbers together."""
        for number in numbers[1:]:
            self._next[self.set_of(number)] = self.set_of(numbers[0])

    def set_of(self, number: int) -> int:
        """Return the number that stands for the set of one."""
        following = self._next.setdefault(number, number)
        while following != number:
            self._next[number] = self._next[following]
            number = self._next[number]
            following = self._next[number]
        return number


def _divided(items: Iterable[T], scopes: Iterable[Sequence[int]], ties: Ties) -> defaultdict[int, list[T]]:
    """Divide things among the sets that have their scopes; those without a scope are nobody's."""
    found: defaultdict[int, list[T]] = defaultdict(list)
    for item, scope in zip(items, scopes, strict=True):
        if scope:
            found[ties.set_of(scope[0])].append(item)
    return found


def _bare(problem: WiringProblem, region: _Region) -> Component:
    return Component((), (), (), _flow(problem, [region]))


def tied_by(rule: LocalRule, variables: Mapping[Port, Variable]) -> Iterator[Collection[Port]]:
    """Yield the sets of dependencies that a rule still ties together; of some, it may bind only a part."""
    there = {port: variables[port] for port in rule.ports if port in variables}
    match rule:
        case AtMost():
            takers = [port for port, item in there.items() if _may_take(item, rule.source)]
            if len(takers) > rule.limit:
                yield takers
        case Distinct():
            yield from _crowded(rule, there)
        case SameSource():
            if len(there) > 1:
                yield there
        case Pinned() | Forbidden():
            yield from ((port,) for port, item in there.items() if not _is_settled(item, rule))


def _may_take(variable: Variable, source: Port) -> bool:
    return any(candidate.source == source for candidate in variable.candidates)


def _is_settled(variable: Variable, rule: UserChoice) -> bool:
    return all(rule.allows(value.source if value else None) for value in variable.values)


def _crowded(rule: Distinct, variables: Mapping[Port, Variable]) -> Iterator[Collection[Port]]:
    offers = {port: [it.source for it in item.candidates] for port, item in variables.items()}
    number = {port: place for place, port in enumerate(offers)}
    crowds = [crowd for _, crowd in rule.crowds(offers)]
    ties = Ties()
    for crowd in crowds:
        ties.tie([number[port] for port in crowd])
    scopes = ((number[crowd[0]],) for crowd in crowds)
    for together in _divided(crowds, scopes, ties).values():
        yield {port: None for crowd in together for port in crowd}


def _regions(problem: WiringProblem) -> Iterator[_Region]:
    graph = step_graph(problem)
    if Acyclic() in problem.flow_rules:
        yield from (_Region(frozenset(steps), None) for steps in tangles(graph))
    for rule in problem.flow_rules:
        if isinstance(rule, BranchSides):
            from_if, from_else = reached(graph, rule.if_), reached(graph, rule.else_)
            contested = from_if & from_else
            if contested:
                before = reached(turned(graph), contested)
                yield _Region(frozenset((from_if | from_else) & before), rule)


def _scope(problem: WiringProblem, region: _Region) -> list[int]:
    """List the variables that may draw an edge inside a region."""
    inside = (place for step in region.steps for place in problem.places.get(step, ()))
    return sorted(
        place
        for place in inside
        if any(item.source.step in region.steps for item in problem.variables[place].candidates)
    )


def _flow(problem: WiringProblem, regions: list[_Region]) -> Flow | None:
    if not regions:
        return None
    steps = frozenset().union(*(region.steps for region in regions))
    return Flow(
        steps=tuple(sorted(steps)),
        fixed_edges=tuple(
            sorted(edge for edge in problem.fixed_edges if edge[0] in steps and edge[1] in steps)
        ),
        branches=tuple(region.branch for region in regions if region.branch),
        tangles=tuple(sorted(tuple(sorted(region.steps)) for region in regions if not region.branch)),
    )
