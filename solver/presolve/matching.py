"""Finds dependencies for which there are not enough sources to go round, by maximum flow.

A pigeonhole (twelve dependencies, eleven sources that feed one each) is soon proven by a maximum matching and
hardly by a search. Source: P. Hall's marriage theorem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ...specs import Port
from ..deadline import NEVER, Deadline
from ..problem.rules_over_several import AtMost, Distinct
from ..problem.wiring_problem import Variable, WiringProblem

if TYPE_CHECKING:
    import networkx as nx

Seats = Mapping[Port, int]
"""How many dependencies of a group each source can feed."""


def find_shortage(
    problem: WiringProblem, domains: Mapping[Port, Variable], deadline: Deadline = NEVER
) -> list[Variable]:
    """Return dependencies that surely cannot all be bound, none where it finds none.

    There may be none and still no wiring: the test is sufficient, not necessary. Raises TimeIsUp at the
    deadline.
    """
    found = (_short(group, seats, deadline) for group, seats in _groups(problem, domains, deadline))
    return next((variables for variables in found if variables), [])


def _groups(
    problem: WiringProblem, domains: Mapping[Port, Variable], deadline: Deadline
) -> Iterator[tuple[list[Variable], Seats]]:
    limits = {rule.source: rule.limit for rule in problem.local_rules if isinstance(rule, AtMost)}
    yield [variable for variable in domains.values() if _takes_only(variable, limits)], limits
    for rule in problem.local_rules:
        if isinstance(rule, Distinct):
            members = [domains[port] for port in rule.ports if port in domains and port not in rule.yielding]
            apart = {
                candidate.source: 1
                for variable in deadline.watch(members)
                for candidate in variable.candidates
                if rule.forbids_sharing(candidate.source)
            }
            yield [variable for variable in members if _takes_only(variable, apart)], apart


def _takes_only(variable: Variable, seats: Seats) -> bool:
    return variable.required and all(candidate.source in seats for candidate in variable.candidates)


def _short(group: list[Variable], seats: Seats, deadline: Deadline) -> list[Variable]:
    deadline.check()
    group = _contending(group, seats)
    if _all_served(group, seats):
        return []
    deadline.check()
    import networkx as nx  # takes long to load, and mostly all are served

    # Takers count down from -1, sources up from 1: whole numbers hash alike in every run.
    number = {source: place for place, source in enumerate(sorted(seats), 1)}
    start, end = 0, len(seats) + 1
    flow: nx.DiGraph[int] = nx.DiGraph()
    for taker, variable in enumerate(group, 1):
        flow.add_edge(start, -taker, capacity=1)
        for item in variable.candidates:
            flow.add_edge(-taker, number[item.source], capacity=1)
            flow.add_edge(number[item.source], end, capacity=seats[item.source])
    residual = nx.algorithms.flow.boykov_kolmogorov(flow, start, end)
    unserved = [taker for taker in range(1, len(group) + 1) if not residual.edges[start, -taker]["flow"]]
    # Hall's violators: an unserved taker, and all whose sources it would have to take away.
    residual.remove_node(start)
    reached = (_reached(residual, -taker) for taker in unserved)
    short = min(reached, key=lambda nodes: (len(nodes), sorted(nodes)), default=set())
    return [variable for taker, variable in enumerate(group, 1) if -taker in short]


def _reached(residual: nx.DiGraph[int], taker: int) -> set[int]:
    """Return what flow that starts at a taker, not yet served, could still be sent through."""
    import networkx as nx

    spare = nx.subgraph_view(
        residual, filter_edge=lambda a, b: residual.edges[a, b]["flow"] < residual.edges[a, b]["capacity"]
    )
    return {taker} | nx.descendants(spare, taker)


def _contending(group: list[Variable], seats: Seats) -> list[Variable]:
    """Leave out, again and again, those that may take what has seats for all who may take it."""
    while True:
        wanted = Counter(item.source for variable in group for item in variable.candidates)
        left = [
            variable
            for variable in group
            if all(wanted[item.source] > seats[item.source] for item in variable.candidates)
        ]
        if len(left) == len(group):
            return group
        group = left


def _all_served(group: list[Variable], seats: Seats) -> bool:
    """Try whether each finds a seat when those with fewest candidates go first: mostly it does."""
    free = Counter(seats)
    for variable in sorted(group, key=lambda item: len(item.candidates)):
        found = next((item.source for item in variable.candidates if free[item.source] > 0), None)
        if found is None:
            return False
        free[found] -= 1
    return True
