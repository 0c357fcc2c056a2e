"""Lists the assignments of a component, and answers from the list; those of a tiny one are tried one by one.

For so few, a search would take longer to set up, and its library longer to load, than all else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from ..deadline import Deadline, TimeIsUp
from ..presolve.compiled import Allowed, AtMostOf, Compiled, OneProducer
from ..presolve.components import Component
from ..problem.wiring_problem import Variable, WiringProblem
from . import Assignment, Scored
from .reachability import Reachability, edge_of


class ListingSolver:
    """Lists the assignments of a component and answers from the list."""

    def __init__(self, component: Component) -> None:
        self.component = component
        self._listed: list[Scored] | None = None

    def assignments(self, deadline: Deadline) -> Iterator[Assignment]:
        """Yield each assignment that keeps the component's rules once, in no promised order."""
        reachability = Reachability(self.component.flow) if self.component.flow else None
        if reachability and not reachability.consistent:
            return
        choices = (range(len(variable.values)) for variable in self.component.variables)
        for found in deadline.watch(product(*choices)):
            if all(_holds(rule, found) for rule in self.component.compiled) and (
                reachability is None or _flows(reachability, self.component.variables, found)
            ):
                yield found

    def solutions(self, deadline: Deadline) -> Iterator[Scored]:
        """Yield each assignment that keeps the component's rules once, in no promised order."""
        if self._listed is not None:
            return iter(self._listed)
        return ((self.component.score(found), found) for found in self.assignments(deadline))

    def best_first(self, deadline: Deadline) -> Iterator[Scored]:
        """Yield the same in canonical order."""
        return iter(self._list(deadline))

    def example(self, deadline: Deadline) -> Scored | None:
        """Return the best assignment where it is known, else any; None when there is none."""
        return next(self.solutions(deadline), None)

    def best_elsewhere(self, variable: int, place: int, deadline: Deadline) -> int | None:
        """Return the best score with a variable bound to another source than the one at a place."""
        sources = self.component.variables[variable].candidates
        others = frozenset(range(len(sources))) - {place}
        return next((score for score, found in self._list(deadline) if found[variable] in others), None)

    def places_in_use(self, deadline: Deadline) -> Sequence[frozenset[int]]:
        """Tell for each variable which places of its values occur in some assignment."""
        columns = zip(*(found for _, found in self._list(deadline)), strict=True)
        return [frozenset(column) for column in columns]

    def count(self, deadline: Deadline) -> tuple[int, bool]:
        """Count the assignments; at the deadline, return how many were found, and False."""
        found = 0
        try:
            for _ in self.solutions(deadline):
                found += 1
        except TimeIsUp:
            return found, False
        return found, True

    def core(self, _deadline: Deadline) -> WiringProblem:
        """Return the component's problem: looking at assignments does not tell what failed."""
        return self.component.problem

    def bound(self) -> int:
        """Return a score that no assignment surpasses, as far as is known by now."""
        return self._listed[0][0] if self._listed else self.component.most

    def _list(self, deadline: Deadline) -> list[Scored]:
        if self._listed is None:
            self._listed = sorted(self.solutions(deadline), key=lambda item: (-item[0], item[1]))
        return self._listed


def _holds(rule: Compiled, found: Assignment) -> bool:
    match rule:
        case AtMostOf(_, limit, pairs):
            return sum(found[number] == place for number, place in pairs) <= limit
        case OneProducer(_, producers):
            return len({steps[found[number]] for number, steps in producers} - {None}) <= 1
        case Allowed(_, number, places):
            return found[number] in places


def _flows(reachability: Reachability, variables: Sequence[Variable], found: Assignment) -> bool:
    """Draw the edges of an assignment, tell whether they all may be, and take them back."""
    drawn, holds = 0, True
    for variable, place in zip(variables, found, strict=True):
        edge = edge_of(variable, place, reachability)
        if edge is not None:
            drawn, holds = drawn + 1, reachability.add(*edge)
        if not holds:
            break
    for _ in range(drawn):
        reachability.undo()
    return holds
