"""Searches a component with python-constraint.

A fresh `constraint.Problem` is made for every search, since two live iterators on one share their domains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import constraint

from ..deadline import NEVER, Deadline
from ..presolve.compiled import Allowed, AtMostOf, OneProducer
from ..presolve.components import Component
from ..problem.wiring_problem import Variable
from . import Assignment
from .listing import ListingSolver
from .reachability import Reachability, edge_of


class ConstraintSolver(ListingSolver):
    """Lists the assignments of a component of ordinary size and answers from the list."""

    def assignments(self, deadline: Deadline) -> Iterator[Assignment]:
        """Yield each assignment that keeps the component's rules once, in no promised order."""
        return _search(self.component, deadline)


def _search(component: Component, deadline: Deadline) -> Iterator[Assignment]:
    reachability = Reachability(component.flow) if component.flow else None
    if reachability and not reachability.consistent:
        return
    if not component.variables:
        yield ()  # python-constraint has no answer for a problem without variables; the one answer is this
        return
    problem = constraint.Problem()
    numbers = list(range(len(component.variables)))
    for number, variable in enumerate(component.variables):
        # Values are taken from the end of a domain: the best candidate goes there.
        problem.addVariable(number, list(reversed(range(len(variable.values)))))
    _add_local_rules(problem, component)
    if reachability:
        problem.addConstraint(_FlowConstraint(component.variables, reachability), numbers)
    if deadline != NEVER:
        problem.addConstraint(_Watch(deadline), numbers)
    for found in problem.getSolutionIter():
        yield tuple(found[number] for number in numbers)


def _add_local_rules(problem: Any, component: Component) -> None:
    for rule in component.compiled:
        match rule:
            case AtMostOf(_, limit, pairs):
                problem.addConstraint(_AtMost(dict(pairs), limit), sorted(number for number, _ in pairs))
            case OneProducer(_, producers):
                scope = [number for number, _ in producers]
                steps = [steps for _, steps in producers]
                problem.addConstraint(constraint.FunctionConstraint(_Together(steps)), scope)
            case Allowed(_, number, places):
                problem.addConstraint(constraint.InSetConstraint(places), [number])


class _Together:
    """Variables whose bound values have one producer."""

    def __init__(self, producers: Sequence[Sequence[int | None]]) -> None:
        self.producers = producers

    def __call__(self, *values: int) -> bool:
        taken = {numbers[value] for numbers, value in zip(self.producers, values, strict=True)}
        return len(taken - {None}) <= 1


class _AtMost(constraint.Constraint):  # type: ignore[misc]  # the library's types stop at its compiled classes
    """At most `limit` of the variables take the value that stands for one output."""

    def __init__(self, places: dict[int, int], limit: int) -> None:
        self.places = places
        self.limit = limit

    def __call__(
        self, _variables: Any, domains: Any, assignments: dict[int, int], forwardcheck: bool = False
    ) -> bool:
        taken = sum(assignments.get(variable) == value for variable, value in self.places.items())
        if taken > self.limit:
            return False
        if forwardcheck and taken == self.limit:
            return all(
                _hide(domains[variable], value)
                for variable, value in self.places.items()
                if variable not in assignments
            )
        return True


class _FlowConstraint(constraint.Constraint):  # type: ignore[misc]
    """Acyclicity and branches as one constraint over all variables that draw edges.

    The library announces assignments but not their undoing: a trail of what was seen is compared with the
    assignments at each call, and reachability is taken back to where they part.
    """

    def __init__(self, variables: tuple[Variable, ...], reachability: Reachability) -> None:
        self.edges = [
            [edge_of(variable, place, reachability) for place in range(len(variable.values))]
            for variable in variables
        ]
        self.reachability = reachability
        self.seen: list[tuple[int, int]] = []

    def __call__(
        self, _variables: Any, domains: Any, assignments: dict[int, int], forwardcheck: bool = False
    ) -> bool:
        if not self._follow(assignments):
            return False
        if not forwardcheck:
            return True
        for variable, edges in enumerate(self.edges):
            if variable in assignments:
                continue
            domain = domains[variable]
            for value in list(domain):
                edge = edges[value]
                if edge and not self.reachability.allows(*edge) and not _hide(domain, value):
                    return False
        return True

    def _follow(self, assignments: dict[int, int]) -> bool:
        current = list(assignments.items())
        kept = 0
        while kept < len(self.seen) and kept < len(current) and self.seen[kept] == current[kept]:
            kept += 1
        while len(self.seen) > kept:
            self.seen.pop()
            self.reachability.undo()
        for variable, value in current[kept:]:
            edge = self.edges[variable][value]
            self.seen.append((variable, value))
            if edge is None:
                self.reachability.skip()
            elif not self.reachability.add(*edge):
                return False
        return True


class _Watch(constraint.Constraint):  # type: ignore[misc]
    """Always holds; ends the search at a deadline."""

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline

    def __call__(self, *_state: Any) -> bool:
        self.deadline.check()
        return True


def _hide(domain: Any, value: int) -> bool:
    """Take a value out of an open domain; False when none is left."""
    if value in domain:
        domain.hideValue(value)
    return bool(domain)
