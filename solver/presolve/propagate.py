"""Removes candidates that no wiring can use, as far as each rule alone can tell, until nothing changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from ...specs import Port
from ..deadline import NEVER, Deadline
from ..problem.candidates import Candidate
from ..problem.rules_over_several import (
    Acyclic,
    AtMost,
    Constraint,
    Distinct,
    Edge,
    Forbidden,
    LocalRule,
    Pinned,
    SameSource,
    UserChoice,
)
from ..problem.wiring_problem import Variable, WiringProblem
from .deadlock import find_deadlock
from .matching import find_shortage
from .step_graph import graph_of, reached, step_graph, tangles

VariablesByPort = dict[Port, Variable]

Removed = Sequence[Candidate]


class Reason(NamedTuple):
    """What excludes some candidates: the domains of some dependencies, with rules and edges."""

    ports: frozenset[Port]
    elements: frozenset[Constraint | Edge]


class Removal(NamedTuple):
    """Candidates that a rule took from a dependency (none: that it may stay unbound), and how to see why."""

    port: Port
    removed: Removed
    reason: Callable[[Removed], Reason]


class _Limit(NamedTuple):
    """A test that a dependency's candidates must pass, and why those must that do not."""

    port: Port
    allows: Callable[[Candidate], bool]
    reason: Callable[[Removed], Reason]


PortLimits = Iterator[_Limit]


@dataclass(frozen=True)
class _Tangle:
    """Rule `acyclic` among steps that possible edges join in cycles: nowhere else can it bind."""

    steps: frozenset[str]
    ports: tuple[Port, ...]
    fixed_edges: tuple[Edge, ...]


@dataclass(frozen=True)
class Propagated:
    """A problem after propagation: what candidates are left, what was removed in which order.

    `impossible` is a reason why there is no wiring, if one was found.
    """

    domains: VariablesByPort
    removals: Sequence[Removal]
    impossible: Reason | None


def propagate(problem: WiringProblem, deadline: Deadline = NEVER) -> WiringProblem | None:
    """Return the problem with fewer candidates and the same wirings; None when it plainly has none.

    Raises TimeIsUp at the deadline.
    """
    done = propagate_with_reasons(problem, deadline)
    return None if done.impossible else narrowed(problem, done.domains)


def narrowed(problem: WiringProblem, domains: VariablesByPort) -> WiringProblem:
    """Return the problem with the candidates that are left."""
    return replace(problem, variables=tuple(domains[variable.port] for variable in problem.variables))


def propagate_with_reasons(problem: WiringProblem, deadline: Deadline = NEVER) -> Propagated:
    """Remove candidates, and remember why; raises TimeIsUp at the deadline."""
    deadline.check()
    domains: VariablesByPort = {variable.port: variable for variable in problem.variables}
    removals: list[Removal] = []
    for rule in problem.local_rules:
        if isinstance(rule, Pinned) and rule.port in domains and not domains[rule.port].required:
            domains[rule.port] = replace(domains[rule.port], required=True)
            removals.append(Removal(rule.port, (), _because(rule, ())))
    impossible = _fixed_cycle(problem) or _settle(
        (*problem.local_rules, *_tangles(problem)), domains, removals, deadline
    )
    return Propagated(
        domains, removals, impossible or _short(problem, domains, deadline) or _waiting(problem, domains)
    )


def _fixed_cycle(problem: WiringProblem) -> Reason | None:
    if Acyclic() not in problem.flow_rules or not any(tangles(graph_of(sorted(problem.fixed_edges)))):
        return None
    import networkx as nx

    fixed: nx.DiGraph[str] = nx.DiGraph(sorted(problem.fixed_edges))
    edges = [(first, second) for first, second, *_ in nx.find_cycle(fixed)]
    return Reason(frozenset(), frozenset((Acyclic(), *edges)))


def _short(problem: WiringProblem, domains: VariablesByPort, deadline: Deadline) -> Reason | None:
    short = find_shortage(problem, domains, deadline)
    if not short:
        return None
    ports = frozenset(variable.port for variable in short)
    sources = {candidate.source for variable in short for candidate in variable.candidates}
    rules = (
        rule
        for rule in problem.local_rules
        if (isinstance(rule, AtMost) and rule.source in sources)
        or (isinstance(rule, Distinct) and len(ports.intersection(rule.ports)) > 1)
    )
    return Reason(ports, frozenset(rules))


def _waiting(problem: WiringProblem, domains: VariablesByPort) -> Reason | None:
    if Acyclic() not in problem.flow_rules:
        return None
    variables, edges = find_deadlock(domains.values(), problem.fixed_edges)
    if not variables:
        return None
    return Reason(frozenset(item.port for item in variables), frozenset((Acyclic(), *edges)))


def _tangles(problem: WiringProblem) -> Iterator[_Tangle]:
    if Acyclic() not in problem.flow_rules:
        return
    fixed = graph_of(sorted(problem.fixed_edges))
    for steps in tangles(step_graph(problem)):
        places = sorted(place for step in steps for place in problem.places.get(step, ()))
        yield _Tangle(
            frozenset(steps),
            tuple(problem.variables[place].port for place in places),
            tuple(sorted((step, end) for step in steps for end in fixed.get(step, ()) if end in steps)),
        )


def _settle(
    rules: Sequence[LocalRule | _Tangle],
    domains: VariablesByPort,
    removals: list[Removal],
    deadline: Deadline,
) -> Reason | None:
    """Apply rules until none takes anything more away, or a dependency cannot be met any more.

    A rule is looked at again only when a domain that it binds has shrunk.
    """
    binding: defaultdict[Port, list[int]] = defaultdict(list)
    for number, rule in enumerate(rules):
        for port in rule.ports:
            binding[port].append(number)
    shrunk = set(domains)
    while shrunk:
        unmet = [port for port in shrunk if domains[port].required and not domains[port].candidates]
        if unmet:
            return Reason(frozenset((min(unmet),)), frozenset())
        touched = sorted({number for port in shrunk for number in binding[port]})
        before = len(removals)
        for number in touched:
            deadline.check()
            removals += _apply(rules[number], domains)
        shrunk = {removal.port for removal in removals[before:]}
    return None


def _apply(rule: LocalRule | _Tangle, domains: VariablesByPort) -> Iterator[Removal]:
    """Take away what a rule does not allow."""
    for port, allows, reason in _limits(rule, domains):
        variable = domains[port]
        kept = tuple(candidate for candidate in variable.candidates if allows(candidate))
        if len(kept) < len(variable.candidates):
            domains[port] = replace(variable, candidates=kept)
            yield Removal(port, [item for item in variable.candidates if not allows(item)], reason)


def _limits(rule: LocalRule | _Tangle, domains: VariablesByPort) -> PortLimits:
    ports = [port for port in rule.ports if port in domains]  # part of a problem may lack some
    match rule:
        case AtMost():
            return _limits_of_at_most(rule, ports, domains)
        case Distinct():
            return _limits_of_distinct(rule, ports, domains)
        case SameSource():
            return _limits_of_same_source(rule, ports, domains)
        case Pinned() | Forbidden():
            return _limits_of_choice(rule, ports)
        case _Tangle():
            return _limits_of_tangle(rule, domains)


def _forced(domains: VariablesByPort, port: Port) -> Port | None:
    """Return the one source that a dependency must take, if there is just one."""
    variable = domains[port]
    return variable.candidates[0].source if variable.required and len(variable.candidates) == 1 else None


def _other_than(source: Port) -> Callable[[Candidate], bool]:
    return lambda candidate: candidate.source != source


def _because(rule: Constraint, ports: Iterable[Port]) -> Callable[[Removed], Reason]:
    return lambda _: Reason(frozenset(ports), frozenset((rule,)))


def _limits_of_at_most(rule: AtMost, ports: list[Port], domains: VariablesByPort) -> PortLimits:
    takers = [port for port in ports if _forced(domains, port) == rule.source]
    if len(takers) >= rule.limit:
        for port in ports:
            others = [taker for taker in takers if taker != port][: rule.limit]
            if len(others) == rule.limit:
                yield _Limit(port, _other_than(rule.source), _because(rule, others))


def _limits_of_distinct(rule: Distinct, ports: list[Port], domains: VariablesByPort) -> PortLimits:
    crowds: defaultdict[Port, list[tuple[Port, ...]]] = defaultdict(list)
    offers = {port: [it.source for it in domains[port].candidates] for port in ports}
    for source, crowd in rule.crowds(offers):
        crowds[source].append(crowd)
    waiting = [port for port in ports if _forced(domains, port) in crowds]
    while waiting:
        port = waiting.pop()
        taken = _forced(domains, port)
        if taken is None:  # it lost its one source itself
            continue
        for other in (each for crowd in crowds[taken] if port in crowd for each in crowd):
            if other != port and any(it.source == taken for it in domains[other].candidates):
                yield _Limit(other, _other_than(taken), _because(rule, (port,)))
                if _forced(domains, other) in crowds:
                    waiting.append(other)


def _limits_of_same_source(rule: SameSource, ports: list[Port], domains: VariablesByPort) -> PortLimits:
    required = [port for port in ports if domains[port].required]
    offered = [{candidate.source.step for candidate in domains[port].candidates} for port in required]
    if offered:
        common = set.intersection(*offered)
        for port in ports:
            yield _Limit(port, lambda candidate: candidate.source.step in common, _because(rule, required))


def _limits_of_choice(rule: UserChoice, ports: list[Port]) -> PortLimits:
    for port in ports:
        yield _Limit(port, lambda candidate: rule.allows(candidate.source), _because(rule, ()))


def _limits_of_tangle(tangle: _Tangle, domains: VariablesByPort) -> PortLimits:
    sure: Sure = dict.fromkeys(tangle.fixed_edges)
    for port in tangle.ports:
        source = _forced(domains, port)
        if source is not None and source.step in tangle.steps:
            sure.setdefault((source.step, port.step), port)
    graph = graph_of(sure)
    after = {step: reached(graph, graph[step]) for step in graph}
    for port in tangle.ports:
        if after.get(port.step):
            yield _Limit(port, _not_after(after[port.step]), _along(sure, port.step))


def _not_after(later: set[str]) -> Callable[[Candidate], bool]:
    return lambda candidate: candidate.source.step not in later


Sure = dict[Edge, Port | None]
"""Edges that are drawn in every wiring, each with the dependency that draws it; None where it is fixed."""


def _along(sure: Sure, start: str) -> Callable[[Removed], Reason]:
    """Say by which edges each source runs after a step."""

    def reason(removed: Removed) -> Reason:
        import networkx as nx

        graph: nx.DiGraph[str] = nx.DiGraph(list(sure))
        ports: set[Port] = set()
        elements: set[Constraint | Edge] = {Acyclic()}
        for candidate in removed:
            for edge in pairwise(nx.shortest_path(graph, start, candidate.source.step)):
                port = sure[edge]
                if port is None:
                    elements.add(edge)
                else:
                    ports.add(port)
        return Reason(frozenset(ports), frozenset(elements))

    return reason
