"""Searches a component with clingo, an answer set solver, by the logic program in `wiring.lp`."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

import clingo

from ..deadline import Deadline, TimeIsUp
from ..presolve.components import Component
from ..problem.elements import Elements
from ..problem.wiring_problem import WiringProblem
from . import Assignment, Scored
from .clingo_cores import find_core
from .clingo_facts import facts
from .clingo_program import Part, ground, grounded, literals
from .clingo_runs import last, models, open_search, race, wait

_BEST: Part = ("best", [])
_IN_ORDER: Part = ("in_order", [])
_SHOW_TAKEN: Part = ("show_taken", [])
_SHOW_ALL: Part = ("show_all", [])

ALL = ("--models=0",)
IN_USE = ("--models=0", "--enum-mode=brave")
# Optima lie near the sum of the best values, so the proof comes from cores, not from bounds.
OPTIMUM = ("--opt-mode=opt", "--opt-strategy=usc,oll")
# The assignments of one score come in order by either of two ways, and either may be hopeless where the other
# is fast: to prove by cores, once more, that no more can be scored, or to bound the sum of the losses.
BY_CORES = ("--opt-strategy=usc,oll", "--heuristic=Domain")
BY_BOUNDS = ("--heuristic=Domain",)

PRIORITIES = 2**15 - 1
"""clingo's priorities have 16 bits; of more values than that, the last are not tried in canonical order."""

_TAKEN = re.compile(r"(\d+),(\d+)")


class ClingoSolver:
    """Answers for a component that is large or hard."""

    def __init__(self, component: Component) -> None:
        self.component = component
        self._bound: int | None = None
        self._best: Scored | None = None
        self._best_with: dict[tuple[int, int], int] = {}  # by variable and place, of what was listed in order
        self._facts: str | None = None
        self._assumable: tuple[clingo.Control, Mapping[tuple[int, ...], int]] | None = None

    def solutions(self, deadline: Deadline) -> Iterator[Scored]:
        """Yield each assignment that keeps the component's rules once, in no promised order."""
        for model in models(self._grounded([], ALL, deadline), deadline):
            yield self._read(model)

    def best_first(self, deadline: Deadline) -> Iterator[Scored]:
        """Yield the same in canonical order: all that score best, then all that score best below that."""
        control = self._grounded([_BEST, _IN_ORDER], BY_CORES, deadline)
        at_least = _losing("at_least", 0)
        start = time.monotonic()
        while (score := self._best_score(control, deadline)) is not None:
            lost = self.component.most - score
            patience = 2 * (time.monotonic() - start) if self._all_have_priorities else math.inf
            bounds = [_IN_ORDER, at_least, _losing("at_most", lost)]
            by_bounds = partial(self._by_bounds, bounds, deadline)
            for model in race(_ordered(control), by_bounds, patience, deadline):
                found = self._read(model)
                for taken in enumerate(found[1]):
                    self._best_with.setdefault(taken, found[0])
                yield found
            at_least = _losing("at_least", lost + 1)
            ground(control, [at_least], deadline)
            start = time.monotonic()

    def _by_bounds(self, bounds: Sequence[Part], deadline: Deadline) -> clingo.Control:
        return _ordered(self._grounded(bounds, BY_BOUNDS, deadline))

    def _best_score(self, control: clingo.Control, deadline: Deadline) -> int | None:
        control.configuration.solve.opt_mode = "opt"  # type: ignore[union-attr]
        control.configuration.solve.models = -1  # type: ignore[union-attr]  # one, where nothing can be lost
        control.assign_external(clingo.Function("in_order"), False)
        try:
            best = last(control, deadline)
        except TimeIsUp:
            for lost in control.statistics["summary"]["lower"]:  # one number, or none
                self._note_bound(self.component.most - int(lost))
            raise
        if best is None:
            return None
        found = self._read(best)
        self._best = self._best or found
        self._note_bound(found[0])
        return found[0]

    def example(self, deadline: Deadline) -> Scored | None:
        """Return the best assignment where it is known, else any; None when there is none."""
        return self._best or next(self.solutions(deadline), None)

    def best_elsewhere(self, variable: int, place: int, deadline: Deadline) -> int | None:
        """Return the best score with a variable bound to another source than the one at a place."""
        deadline.check()
        item = self.component.variables[variable]
        others = ((variable, other) for other in range(len(item.candidates)) if other != place)
        listed = [self._best_with[other] for other in others if other in self._best_with]
        if listed:  # what is listed later scores no more
            return max(listed)
        avoided = (place, *range(len(item.candidates), len(item.values)))
        optimiser, take = self._optimiser(deadline)
        best = last(optimiser, deadline, [-take[variable, value] for value in avoided])
        return None if best is None else self._read(best)[0]

    def places_in_use(self, deadline: Deadline) -> Sequence[frozenset[int]]:
        """Tell for each variable which places of its values occur in some assignment."""
        used = set(_taken(last(self._grounded([_SHOW_ALL], IN_USE, deadline), deadline) or ""))
        return [
            frozenset(place for place in range(len(variable.values)) if (number, place) in used)
            for number, variable in enumerate(self.component.variables)
        ]

    def count(self, deadline: Deadline) -> tuple[int, bool]:
        """Count the assignments; at the deadline, return how many were found, and False."""
        try:
            control = self._grounded([], ALL, deadline)
        except TimeIsUp:
            return 0, False
        exact = True
        with open_search(control) as handle:
            try:
                wait(handle, deadline)
            except TimeIsUp:
                exact = False
                handle.cancel()
        return int(control.statistics["summary"]["models"]["enumerated"]), exact

    def core(self, deadline: Deadline) -> WiringProblem:
        """Return a part, maybe not the least, that has no solution either; only where there is none."""
        elements = self.component.problem.elements
        return Elements.of(elements[number] for number in sorted(find_core(self.component, deadline))).problem

    def bound(self) -> int:
        """Return a score that no assignment surpasses, as far as is known by now."""
        return self.component.most if self._bound is None else self._bound

    def _note_bound(self, score: int) -> None:
        if self._bound is None:  # later ones are of what lies below the best
            self._bound = score

    @property
    def _all_have_priorities(self) -> bool:
        """Tell whether both ways to the ties lead there in one order."""
        return sum(len(variable.values) - 1 for variable in self.component.variables) <= PRIORITIES

    def _optimiser(self, deadline: Deadline) -> tuple[clingo.Control, Mapping[tuple[int, ...], int]]:
        """Return what answers for the best under assumptions, and the literals to assume."""
        if self._assumable is None:
            control = self._grounded([_BEST], OPTIMUM, deadline)
            self._assumable = control, literals(control, "take", deadline)
        return self._assumable

    def _grounded(self, parts: Sequence[Part], options: Sequence[str], deadline: Deadline) -> clingo.Control:
        if self._facts is None:
            stated = deadline.watch(chain(facts(self.component), _priorities(self.component)))
            self._facts = "\n".join(stated)
        return grounded("wiring.lp", self._facts, [_SHOW_TAKEN, *parts], options, deadline)

    def _read(self, model: str) -> Scored:
        places = [0] * len(self.component.variables)
        for variable, place in _taken(model):
            places[variable] = place
        assignment: Assignment = tuple(places)
        return self.component.score(assignment), assignment


def _losing(at: str, points: int) -> Part:
    return f"lose_{at}", [clingo.Number(points)]


def _ordered(control: clingo.Control) -> clingo.Control:
    control.configuration.solve.opt_mode = "optN"  # type: ignore[union-attr]
    control.configuration.solve.models = 0  # type: ignore[union-attr]
    control.assign_external(clingo.Function("in_order"), True)
    return control


def _priorities(component: Component) -> Iterator[str]:
    """Give each value its priority: greater for those that come first.

    The last value of a variable needs none: it is taken when the others are not.
    """
    values = [
        (number, place)
        for number, variable in enumerate(component.variables)
        for place in range(len(variable.values) - 1)
    ][:PRIORITIES]
    for rest, (number, place) in enumerate(reversed(values), 1):
        yield f"priority({number},{place},{rest})."


def _taken(model: str) -> Iterator[tuple[int, int]]:
    """Yield the variables and places that a model shows; those at place 0 are not shown and left out."""
    for variable, place in _TAKEN.findall(model):
        yield int(variable), int(place)
