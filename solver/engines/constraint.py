"""Searches a component with python-constraint.

A fresh `constraint.Problem` is made for every search, since two live iterators on one share their domains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import constraint

from ...specs import INPUTS
from ..components import Component
from ..problem import AtMost, Distinct, SameSource, Variable
from . import Assignment, Scored
from .flow import Reachability


class ConstraintEngine:
    """The engine for components of ordinary size."""

    def solutions(
        self, component: Component, *, at_least: int | None = None, at_most: int | None = None
    ) -> Iterator[Scored]:
        """Yield each assignment that keeps the component's rules, once, within the bounds of the score."""
        bound = _ScoreBound(component, at_least, at_most)
        for assignment in _search(component, bound):
            yield component.score(assignment), assignment

    def best_score(self, component: Component) -> int | None:
        """Return the highest score of any assignment; None when there is none."""
        return self._best(component, None)

    def best_below(self, component: Component, score: int) -> int | None:
        """Return the highest score below `score` that an assignment has; None when there is none."""
        return self._best(component, score - 1)

    def with_score(self, component: Component, score: int) -> Iterator[Assignment]:
        """Yield the assignments that have a score, in canonical order."""
        found = self.solutions(component, at_least=score, at_most=score)
        yield from sorted(assignment for _, assignment in found)

    def _best(self, component: Component, at_most: int | None) -> int | None:
        bound = _ScoreBound(component, None, at_most)
        best: int | None = None
        for assignment in _search(component, bound):
            score = component.score(assignment)
            # Constraints over one variable are settled before the search starts: for them, no floor rises.
            best = score if best is None else max(best, score)
            bound.floor = best + 1  # the floor rises with every assignment found
        return best


def _search(component: Component, bound: _ScoreBound) -> Iterator[Assignment]:
    reachability = Reachability(component.flow) if component.flow else None
    if reachability and not reachability.consistent:
        return
    if not component.variables:
        yield ()  # python-constraint has no answer for a problem without variables; the one answer is this
        return
    if not all(variable.values for variable in component.variables):
        return
    problem = constraint.Problem()
    numbers = list(range(len(component.variables)))
    for number, variable in enumerate(component.variables):
        # Values are taken from the end of a domain: the best candidate goes there.
        problem.addVariable(number, list(reversed(range(len(variable.values)))))
    _add_local_rules(problem, component)
    if reachability:
        problem.addConstraint(_FlowConstraint(component.variables, reachability), numbers)
    problem.addConstraint(bound, numbers)
    for found in problem.getSolutionIter():
        yield tuple(found[number] for number in numbers)


def _add_local_rules(problem: Any, component: Component) -> None:
    number = {variable.port: index for index, variable in enumerate(component.variables)}
    sources = [
        [item.source if item else None for item in variable.values] for variable in component.variables
    ]
    for rule in component.rules:
        scope = [number[port] for port in rule.ports if port in number]
        match rule:
            case AtMost(source=source, limit=limit):
                places = {index: sources[index].index(source) for index in scope if source in sources[index]}
                problem.addConstraint(_AtMost(places, limit), sorted(places))
            case Distinct():
                apart = {
                    (sources[scope[0]].index(source), sources[scope[1]].index(source))
                    for source in sources[scope[0]]
                    if source is not None and source in sources[scope[1]] and rule.forbids_sharing(source)
                }
                problem.addConstraint(constraint.FunctionConstraint(_Apart(apart)), scope)
            case SameSource():
                producers = [
                    [source.step if source else None for source in sources[index]] for index in scope
                ]
                problem.addConstraint(constraint.FunctionConstraint(_Together(producers)), scope)


class _Apart:
    """Two variables whose values may not stand together in the pairs given."""

    def __init__(self, pairs: set[tuple[int, int]]) -> None:
        self.pairs = pairs

    def __call__(self, left: int, right: int) -> bool:
        return (left, right) not in self.pairs


class _Together:
    """Variables whose bound values have one producer."""

    def __init__(self, producers: Sequence[Sequence[str | None]]) -> None:
        self.producers = producers

    def __call__(self, *values: int) -> bool:
        taken = {names[value] for names, value in zip(self.producers, values, strict=True)}
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
            [_edge(variable, place, reachability) for place in range(len(variable.values))]
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


def _edge(variable: Variable, place: int, reachability: Reachability) -> tuple[str, str] | None:
    candidate = variable.values[place]
    if candidate is None or candidate.source.step == INPUTS:
        return None
    edge = (candidate.source.step, variable.port.step)
    return edge if reachability.inside(*edge) else None


class _ScoreBound(constraint.Constraint):  # type: ignore[misc]
    """Keeps the whole score between a floor, which may rise during the search, and a ceiling."""

    def __init__(self, component: Component, floor: int | None, ceiling: int | None) -> None:
        self.scores = [variable.scores for variable in component.variables]
        self.best = [max(scores, default=0) for scores in self.scores]
        self.worst = [min(scores, default=0) for scores in self.scores]
        self.most = sum(self.best)
        self.least = sum(self.worst)
        self.floor = self.least if floor is None else floor
        self.ceiling = self.most if ceiling is None else ceiling

    def __call__(
        self, _variables: Any, _domains: Any, assignments: dict[int, int], _forwardcheck: bool = False
    ) -> bool:
        highest, lowest = self.most, self.least
        for variable, value in assignments.items():
            score = self.scores[variable][value]
            highest += score - self.best[variable]
            lowest += score - self.worst[variable]
        return highest >= self.floor and lowest <= self.ceiling


def _hide(domain: Any, value: int) -> bool:
    """Take a value out of an open domain; False when none is left."""
    if value in domain:
        domain.hideValue(value)
    return bool(domain)
