"""Finds what is as good as the best wiring, or almost, and the fewest pins that would settle it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ..solver.deadline import Deadline, TimeIsUp
from ..solver.engines import Assignment, Engine, Solver
from ..solver.presolve.components import Component
from ..solver.problem.rules_over_several import Pinned
from ..solver.ranking.ambiguity_limits import AMBIGUOUS_BELOW
from ..solver.search.wiring import Wiring
from ..specs import Port
from .moves import BindingMove

MAX_RIVALS = 50
"""How many rivals of the best wiring are listed at most for one part of a pipeline."""

MOST_PINS = 6
"""Sets of more pins than this are not searched for the smallest."""


@dataclass(frozen=True)
class Rival:
    """Another wiring of a part of the pipeline: what it scores less than the best, and how it differs."""

    loss: int
    moves: tuple[BindingMove, ...]


@dataclass(frozen=True)
class Ambiguity:
    """A part of a pipeline of which another wiring is as good as the best, or almost.

    `choices` are what the dependency that decides most could take, what it does take first. `pins` are a
    smallest set that leaves no rival: proven by solving again. Both are empty when time was up.
    """

    rivals: tuple[Rival, ...]
    more: bool
    question: Port
    choices: tuple[Port | None, ...]
    pins: Mapping[Port, Port]

    @property
    def dependencies(self) -> tuple[Port, ...]:
        """The dependencies that some rival binds otherwise."""
        return tuple(sorted({move.dependency for rival in self.rivals for move in rival.moves}))


def find_ambiguities(
    wiring: Wiring, solvers: Sequence[Solver], engine: Engine, deadline: Deadline
) -> tuple[tuple[Ambiguity, ...], bool]:
    """Find every part of a pipeline in which the best wiring has rivals; tell whether time sufficed."""
    found: list[Ambiguity] = []
    try:
        for solver in solvers:
            best = tuple(wiring.places[place] for place in solver.component.places)
            ambiguity = _ambiguity(solver, best, engine, deadline)
            if ambiguity:
                found.append(ambiguity)
    except TimeIsUp:
        return tuple(found), False
    return tuple(found), True


def _ambiguity(solver: Solver, best: Assignment, engine: Engine, deadline: Deadline) -> Ambiguity | None:
    component = solver.component
    rivals = tuple(islice(_rivals(solver, best, deadline), MAX_RIVALS + 1))
    if not rivals:
        return None
    listed, more = rivals[:MAX_RIVALS], len(rivals) > MAX_RIVALS
    pins = _smallest_pins(component, best, listed, engine, deadline)
    times = Counter(move.dependency for rival in listed for move in rival.moves)
    # Pins bind: the question is asked of one, so that its answer goes on to settle what it can.
    question = min(pins or times, key=lambda port: (-times[port], port))
    moves = [move for rival in listed for move in rival.moves if move.dependency == question]
    choices = (
        moves[0].before,
        *sorted({move.after for move in moves}, key=lambda port: (port is None, port)),
    )
    return Ambiguity(listed, more, question, choices, pins)


def _rivals(solver: Solver, best: Assignment, deadline: Deadline) -> Iterator[Rival]:
    component = solver.component
    most = component.score(best)
    for score, found in solver.best_first(deadline):
        if most - score >= AMBIGUOUS_BELOW:
            return
        if tuple(found) != best:
            yield Rival(most - score, tuple(_moves(component, best, found)))


def _moves(component: Component, best: Assignment, other: Sequence[int]) -> Iterator[BindingMove]:
    for variable, old, new in zip(component.variables, best, other, strict=True):
        if old != new:
            before, after = variable.values[old], variable.values[new]
            yield BindingMove(
                variable.port, before.source if before else None, after.source if after else None
            )


def _smallest_pins(
    component: Component, best: Assignment, rivals: Sequence[Rival], engine: Engine, deadline: Deadline
) -> dict[Port, Port]:
    """Find a smallest set of bindings of the best wiring that, pinned, leave it without a rival.

    The smallest set that hits all rivals known so far is tried by solving again; each rival that is left is
    known from then on. Source: implicit hitting sets, Moreno-Centeno and Karp, 2013.
    """
    taken = {
        variable.port: value.source
        for variable, place in zip(component.variables, best, strict=True)
        if (value := variable.values[place]) is not None
    }
    known = [frozenset(move.dependency for move in rival.moves if move.before) for rival in rivals]
    while True:
        pins = _hitting(known)
        if pins is None:
            return {}
        left = _left(component, best, {port: taken[port] for port in pins}, engine, deadline)
        if not left:
            return {port: taken[port] for port in sorted(pins)}
        known += left


def _left(
    component: Component, best: Assignment, pins: Mapping[Port, Port], engine: Engine, deadline: Deadline
) -> list[frozenset[Port]]:
    """Return by what each rival that pins leave differs from the best."""
    # By rules: joint evidence goes by the places of values, which stay where they are.
    pinned = replace(component, rules=(*component.rules, *(Pinned(*pin) for pin in pins.items())))
    left = islice(_rivals(engine(pinned), best, deadline), MAX_RIVALS)
    return [frozenset(move.dependency for move in rival.moves if move.before) for rival in left]


def _hitting(sets: Sequence[frozenset[Port]]) -> frozenset[Port] | None:
    """Return a smallest set that meets all sets, the first among several; None when it is too large."""

    def search(chosen: frozenset[Port], size: int) -> frozenset[Port] | None:
        missed = next((each for each in sets if not each & chosen), None)
        if missed is None:
            return chosen
        if len(chosen) == size:
            return None
        tries = (search(chosen | {port}, size) for port in sorted(missed))
        return next((found for found in tries if found is not None), None)

    return next(
        (found for size in range(MOST_PINS + 1) if (found := search(frozenset(), size)) is not None), None
    )
