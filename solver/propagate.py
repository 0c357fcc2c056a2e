"""Removes candidates that no wiring can use, as far as each rule alone can tell, until nothing changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

import networkx as nx

from ..specs import INPUTS, Port
from .candidates import Candidate
from .matching import find_shortage
from .problem import (
    Acyclic,
    AtMost,
    Distinct,
    Edge,
    Forbidden,
    LocalRule,
    Pinned,
    Problem,
    SameSource,
    Variable,
)

Domains = dict[Port, Variable]
Limits = Iterator[tuple[Port, Callable[[Candidate], bool]]]
"""Dependencies, each with a test that its candidates must pass."""


@dataclass(frozen=True)
class _Tangle:
    """Rule `acyclic` among steps that possible edges join in cycles: nowhere else can it bind."""

    steps: frozenset[str]
    ports: tuple[Port, ...]
    fixed_edges: tuple[Edge, ...]


def propagate(problem: Problem) -> Problem | None:
    """Return the problem with fewer candidates and the same wirings; None when it plainly has none."""
    if _has_fixed_cycle(problem):
        return None
    domains: Domains = {variable.port: variable for variable in problem.variables}
    for rule in problem.local_rules:
        if isinstance(rule, Pinned) and rule.port in domains:
            domains[rule.port] = replace(domains[rule.port], required=True)
    rules = (*problem.local_rules, *_tangles(problem))
    if not _settle(rules, domains) or find_shortage(problem, domains):
        return None
    return replace(problem, variables=tuple(domains[variable.port] for variable in problem.variables))


def _has_fixed_cycle(problem: Problem) -> bool:
    fixed: nx.DiGraph[str] = nx.DiGraph(sorted(problem.fixed_edges))
    return Acyclic() in problem.flow_rules and not nx.is_directed_acyclic_graph(fixed)


def step_graph(problem: Problem) -> nx.DiGraph[str]:
    """Draw every edge between steps that some wiring might have."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(sorted(problem.fixed_edges))
    graph.add_edges_from(
        (candidate.source.step, variable.port.step)
        for variable in problem.variables
        for candidate in variable.candidates
        if candidate.source.step != INPUTS
    )
    return graph


def tangles(graph: nx.DiGraph[str]) -> Iterator[set[str]]:
    """Yield the sets of steps that possible edges join in cycles."""
    for steps in nx.strongly_connected_components(graph):
        if len(steps) > 1 or any(graph.has_edge(step, step) for step in steps):
            yield steps


def _tangles(problem: Problem) -> Iterator[_Tangle]:
    if Acyclic() not in problem.flow_rules:
        return
    fixed: nx.DiGraph[str] = nx.DiGraph(sorted(problem.fixed_edges))
    for steps in tangles(step_graph(problem)):
        places = sorted(place for step in steps for place in problem.places.get(step, ()))
        yield _Tangle(
            frozenset(steps),
            tuple(problem.variables[place].port for place in places),
            tuple(edge for edge in fixed.out_edges(steps) if edge[1] in steps),
        )


def _settle(rules: Sequence[LocalRule | _Tangle], domains: Domains) -> bool:
    """Apply rules until none takes anything more away; tell whether all dependencies still can be met.

    A rule is looked at again only when a domain that it binds has shrunk.
    """
    binding: defaultdict[Port, list[int]] = defaultdict(list)
    for number, rule in enumerate(rules):
        for port in rule.ports:
            binding[port].append(number)
    shrunk = set(domains)
    while shrunk:
        if any(domains[port].required and not domains[port].candidates for port in shrunk):
            return False
        touched = sorted({number for port in shrunk for number in binding[port]})
        shrunk = {port for number in touched for port in _apply(rules[number], domains)}
    return True


def _apply(rule: LocalRule | _Tangle, domains: Domains) -> Iterator[Port]:
    """Take away what a rule does not allow; yield the dependencies that lost candidates."""
    for port, allowed in _limits(rule, domains):
        variable = domains[port]
        kept = tuple(candidate for candidate in variable.candidates if allowed(candidate))
        if len(kept) < len(variable.candidates):
            domains[port] = replace(variable, candidates=kept)
            yield port


def _limits(rule: LocalRule | _Tangle, domains: Domains) -> Limits:
    ports = [port for port in rule.ports if port in domains]  # part of a problem may lack some
    match rule:
        case AtMost():
            return _limits_of_at_most(rule, ports, domains)
        case Distinct():
            return _limits_of_distinct(rule, ports, domains)
        case SameSource():
            return _limits_of_same_source(ports, domains)
        case Pinned() | Forbidden():
            return ((port, lambda candidate: rule.allows(candidate.source)) for port in ports)
        case _Tangle():
            return _limits_of_tangle(rule, domains)


def _forced(domains: Domains, port: Port) -> Port | None:
    """Return the one source that a dependency must take, if there is just one."""
    variable = domains[port]
    return variable.candidates[0].source if variable.required and len(variable.candidates) == 1 else None


def _other_than(source: Port) -> Callable[[Candidate], bool]:
    return lambda candidate: candidate.source != source


def _limits_of_at_most(rule: AtMost, ports: list[Port], domains: Domains) -> Limits:
    takers = {port for port in ports if _forced(domains, port) == rule.source}
    if len(takers) >= rule.limit:
        for port in ports:
            if port not in takers or len(takers) > rule.limit:
                yield port, _other_than(rule.source)


def _limits_of_distinct(rule: Distinct, ports: list[Port], domains: Domains) -> Limits:
    for port, other in permutations(ports, 2):
        taken = _forced(domains, port)
        if taken is not None and rule.forbids_sharing(taken):
            yield other, _other_than(taken)


def _limits_of_same_source(ports: list[Port], domains: Domains) -> Limits:
    offered = [
        {candidate.source.step for candidate in domains[port].candidates}
        for port in ports
        if domains[port].required
    ]
    if offered:
        common = set.intersection(*offered)
        for port in ports:
            yield port, lambda candidate: candidate.source.step in common


def _limits_of_tangle(tangle: _Tangle, domains: Domains) -> Limits:
    sure: nx.DiGraph[str] = nx.DiGraph(tangle.fixed_edges)
    for port in tangle.ports:
        source = _forced(domains, port)
        if source is not None and source.step in tangle.steps:
            sure.add_edge(source.step, port.step)
    after = {step: nx.descendants(sure, step) for step in sure}
    for port in tangle.ports:
        if after.get(port.step):
            yield port, _not_after(after[port.step])


def _not_after(later: set[str]) -> Callable[[Candidate], bool]:
    return lambda candidate: candidate.source.step not in later
