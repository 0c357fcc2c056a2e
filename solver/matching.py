"""Tells whether there are enough sources to go round, by matching dependencies to sources.

A pigeonhole (twelve dependencies, eleven sources that feed one each) is soon proven by a maximum matching and
hardly by a search. Source: P. Hall's marriage theorem; the matching is Hopcroft and Karp's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

import networkx as nx

from ..specs import INPUTS, Port
from .problem import AtMost, Distinct, Problem, Variable

Seats = Mapping[Port, int]
"""How many dependencies of a group each source can feed."""


def has_shortage(problem: Problem, domains: Mapping[Port, Variable]) -> bool:
    """Tell whether some dependencies surely cannot all be bound: a sufficient test, not a necessary one."""
    return any(_is_short(group, seats) for group, seats in _groups(problem, domains))


def _groups(problem: Problem, domains: Mapping[Port, Variable]) -> Iterator[tuple[list[Variable], Seats]]:
    limits = {rule.source: rule.limit for rule in problem.local_rules if isinstance(rule, AtMost)}
    yield [variable for variable in domains.values() if _takes_only(variable, limits)], limits
    for clique, strict in _cliques(problem):
        members = [domains[port] for port in clique if port in domains]
        apart = {
            candidate.source: 1
            for variable in members
            for candidate in variable.candidates
            if strict or candidate.source.step != INPUTS
        }
        yield [variable for variable in members if _takes_only(variable, apart)], apart


def _takes_only(variable: Variable, seats: Seats) -> bool:
    return variable.required and all(candidate.source in seats for candidate in variable.candidates)


def _cliques(problem: Problem) -> Iterator[tuple[list[Port], bool]]:
    """Yield the largest sets of dependencies of one step that pairwise share no source."""
    for strict in (False, True):
        by_step: defaultdict[str, list[tuple[Port, Port]]] = defaultdict(list)
        for rule in problem.local_rules:
            if isinstance(rule, Distinct) and (rule.strict or not strict):
                by_step[rule.ports[0].step].append(rule.ports)
        for pairs in by_step.values():
            ports = list(dict.fromkeys(chain.from_iterable(pairs)))
            if 2 * len(pairs) == len(ports) * (len(ports) - 1):  # all are pairwise apart
                yield ports, strict


def _is_short(group: list[Variable], seats: Seats) -> bool:
    fewest_first = sorted(len(variable.candidates) for variable in group)
    if all(choices >= place for place, choices in enumerate(fewest_first, start=1)):
        return False  # served in this order, each finds a source that those before it have left
    graph: nx.Graph[object] = nx.Graph()
    for variable in group:
        graph.add_edges_from(
            (("taker", variable.port), ("seat", candidate.source, number))
            for candidate in variable.candidates
            for number in range(min(seats[candidate.source], len(group)))
        )
    takers = [("taker", variable.port) for variable in group]
    if len(takers) < 2 or not all(taker in graph for taker in takers):
        return False
    matched = nx.bipartite.hopcroft_karp_matching(graph, takers)
    return sum(taker in matched for taker in takers) < len(takers)
