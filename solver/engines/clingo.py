"""Searches a component with clingo, an answer set solver.

Solving goes on in clingo's own thread while this one waits in short ticks, so that a deadline and Ctrl-C are
heard at once.
"""

from __future__ import annotations

import atexit
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from importlib import resources

import clingo

from ..components import Component
from ..deadline import Deadline, TimeIsUp
from . import Assignment, Scored
from .facts import facts

TICK = 0.1
"""Seconds between two looks at the deadline."""

ALL = ("--models=0",)
IN_USE = ("--models=0", "--enum-mode=brave")
# Optima lie near the sum of the best values, so the proof comes from cores, not from bounds.
BEST = ("--opt-mode=opt", "--opt-strategy=usc,oll")
ALL_BEST = ("--models=0", "--opt-mode=optN", "--opt-strategy=usc,oll", "--heuristic=Domain")

PRIORITIES = 2**15 - 1
"""clingo's priorities have 16 bits; of more values than that, the last are not tried in canonical order."""

_TAKEN = re.compile(r"(\d+),(\d+)")


@cache
def _program() -> str:
    return resources.files(__package__).joinpath("wiring.lp").read_text("utf-8")


class ClingoSolver:
    """Answers for a component that is large or hard."""

    def __init__(self, component: Component) -> None:
        self.component = component
        self._bound = component.most
        self._best: int | None = None

    def solutions(self, deadline: Deadline) -> Iterator[Scored]:
        """Yield each assignment that keeps the component's rules once, in no promised order."""
        for model in _models(self._grounded((), ALL), deadline):
            yield self._read(str(model))

    def best_first(self, deadline: Deadline) -> Iterator[Scored]:
        """Yield the same in canonical order: all that score best, then all that score best below that."""
        control = self._grounded(("best", "in_order"), ALL_BEST, _priorities(self.component))
        score: int | None = self.component.most + 1
        while score is not None:
            score = None
            for model in self._noting_bound(control, deadline):
                if model.optimality_proven or not model.cost:  # nothing can be lost: all are best
                    found = self._read(str(model))
                    score = found[0]
                    self._best = score if self._best is None else self._best
                    yield found
            if score is not None:
                losses = clingo.Number(self.component.most - score + 1)
                control.ground([("lose_at_least", [losses])])

    def best_elsewhere(self, variable: int, place: int, deadline: Deadline) -> int | None:
        """Return the best score with a variable bound to another source than the one at a place."""
        item = self.component.variables[variable]
        avoided = (place, *range(len(item.candidates), len(item.values)))
        assumed = [-self._literals[variable, value] for value in avoided]
        best = _last(self._optimiser, deadline, assumed)
        return None if best is None else self._read(best)[0]

    def places_in_use(self, deadline: Deadline) -> Sequence[frozenset[int]]:
        """Tell for each variable which places of its values occur in some assignment."""
        used = set(_taken(_last(self._grounded(("show_all",), IN_USE), deadline) or ""))
        return [
            frozenset(place for place in range(len(variable.values)) if (number, place) in used)
            for number, variable in enumerate(self.component.variables)
        ]

    def count(self, deadline: Deadline) -> tuple[int, bool]:
        """Count the assignments; at the deadline, return how many were found, and False."""
        control = self._grounded((), ALL)
        exact = True
        with control.solve(async_=True) as handle:
            try:
                _wait(handle, deadline)
            except TimeIsUp:
                exact = False
                handle.cancel()
        return int(control.statistics["summary"]["models"]["enumerated"]), exact

    def bound(self) -> int:
        """Return a score that no assignment surpasses, as far as is known by now."""
        return self._bound if self._best is None else self._best

    @cached_property
    def _optimiser(self) -> clingo.Control:
        return self._grounded(("best",), BEST)

    def _grounded(
        self, parts: Sequence[str], options: Sequence[str], more: Iterable[str] = ()
    ) -> clingo.Control:
        control = clingo.Control([*options, "--warn=none"])
        control.add("base", (), _program())
        control.add("base", (), "\n".join((*facts(self.component), *more)))
        control.ground([("base", []), *((part, []) for part in parts)])
        return control

    def _noting_bound(self, control: clingo.Control, deadline: Deadline) -> Iterator[clingo.Model]:
        try:
            yield from _models(control, deadline)
        except TimeIsUp:
            for lost in control.statistics["summary"]["lower"]:  # one number, or none
                self._bound = self.component.most - int(lost)
            raise

    @cached_property
    def _literals(self) -> dict[tuple[int, int], int]:
        """What stands, in the optimiser, for a variable taking the value at a place."""
        atoms = self._optimiser.symbolic_atoms.by_signature("take", 2)
        return {
            (atom.symbol.arguments[0].number, atom.symbol.arguments[1].number): atom.literal for atom in atoms
        }

    def _read(self, model: str) -> Scored:
        places = [0] * len(self.component.variables)
        for variable, place in _taken(model):
            places[variable] = place
        assignment: Assignment = tuple(places)
        return self.component.score(assignment), assignment


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


def _models(control: clingo.Control, deadline: Deadline) -> Iterator[clingo.Model]:
    with control.solve(yield_=True, async_=True) as handle:
        atexit.register(handle.cancel)  # an interpreter that ends while a search is suspended would abort
        try:
            while (model := _next(handle, deadline)) is not None:
                yield model
        finally:
            atexit.unregister(handle.cancel)


def _next(handle: clingo.SolveHandle, deadline: Deadline) -> clingo.Model | None:
    handle.resume()
    _wait(handle, deadline)
    return handle.model()


def _last(control: clingo.Control, deadline: Deadline, assumed: Sequence[int] = ()) -> str | None:
    """Return the last model, which is the best, or the union of all, as the options have it."""
    with control.solve(async_=True, assumptions=assumed) as handle:
        _wait(handle, deadline)
        model = handle.last()
        return None if model is None else str(model)


def _wait(handle: clingo.SolveHandle, deadline: Deadline) -> None:
    deadline.check()
    while not handle.wait(min(TICK, deadline.left)):
        deadline.check()


def _taken(model: str) -> Iterator[tuple[int, int]]:
    """Yield the variables and places that a model shows; those at place 0 are not shown and left out."""
    for variable, place in _TAKEN.findall(model):
        yield int(variable), int(place)
