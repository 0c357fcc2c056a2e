"""Finds dependencies for which there are not enough sources to go round, by a maximum matching.

A pigeonhole (twelve dependencies, eleven sources that feed one each) is soon proven by a maximum matching and
hardly by a search. Source: P. Hall's marriage theorem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from ...specs import Port
from ..deadline import NEVER, Deadline
from ..problem.rules_over_several import AtMost, Distinct
from ..problem.serving import Serving
from ..problem.wiring_problem import Variable, WiringProblem

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
    options = {item.port: [each.source for each in item.candidates] for item in group}
    serving = Serving.of(options, seats, deadline)
    # Of those that are left over and have the same sources, one speaks for all.
    alike = {frozenset(options[port]): port for port in sorted(serving.unserved)}
    crowds = [serving.contending((port,)) for port in deadline.watch(alike.values())]
    takers, _ = min(
        crowds, key=lambda crowd: (sum(map(len, crowd)), *map(sorted, crowd)), default=(set[Port](), None)
    )
    return [variable for variable in group if variable.port in takers]


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
