"""What the other wirings say of the best one: margins, what holds in all of them, and what in none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...specs import Port
from ..deadline import Deadline, TimeIsUp
from ..engines import Assignment, Engine, Solver
from ..presolve.components import Component, decompose
from ..problem.wiring_problem import WiringProblem


@dataclass(frozen=True)
class Alternatives:
    """What is known of the other wirings.

    `margins` tells for a bound dependency what the whole score loses when it takes another source; None when
    no wiring gives it another. `forced` are the dependencies bound alike in every wiring. `dead` are the
    pairs of a dependency and a source that pass every unary rule and stand in no wiring. Without `complete`
    there was no time to prove all: what is missing is unknown.
    """

    margins: Mapping[Port, int | None]
    forced: tuple[Port, ...]
    dead: tuple[tuple[Port, Port], ...]
    complete: bool


@dataclass(frozen=True)
class Solved:
    """The solver of a component and the best assignment that it found."""

    solver: Solver
    best: Assignment

    @property
    def component(self) -> Component:
        """The component that was solved."""
        return self.solver.component


def find_alternatives(
    stated: WiringProblem, parts: Sequence[Solved], engine: Engine, deadline: Deadline
) -> Alternatives:
    """Look beyond the best wiring as far as the time goes; small components come first.

    `stated` is the problem before propagation, which removes sources that stand in no wiring.
    """
    margins: dict[Port, int | None] = {}
    usable = {
        variable.port: frozenset(item.source if item else None for item in variable.values)
        for part in parts
        for variable in part.component.variables
    }
    complete = True
    ordered = sorted(parts, key=lambda part: len(part.component.variables))
    for done, part in enumerate(ordered):
        share = deadline.share(len(ordered) - done)
        try:
            usable |= _usable(part, engine, share.or_after(share.left / 2))
        except TimeIsUp:
            complete = False
        try:
            for port, margin in _margins(part, usable, share):
                margins[port] = margin  # one by one: what was found before time was up stays
        except TimeIsUp:
            complete = False
    forced = [port for port, used in usable.items() if len(used) == 1 and None not in used]
    return Alternatives(margins, tuple(sorted(forced)), tuple(_dead(stated, usable)), complete)


def _usable(part: Solved, engine: Engine, deadline: Deadline) -> dict[Port, frozenset[Port | None]]:
    """Tell for each variable which sources, None for unbound, stand in some wiring.

    Joint evidence says nothing of that, and what only it ties together is looked at piece by piece.
    """
    found: dict[Port, frozenset[Port | None]] = {}
    whole = part.component
    pieces = decompose(whole.problem, deadline) if whole.joints else ()
    for component in pieces if len(pieces) > 1 else (whole,):
        variables = component.variables
        if len(variables) == 1 and component.is_free:
            places: Sequence[frozenset[int]] = [frozenset(range(len(variables[0].values)))]
        else:
            solver = part.solver if component is whole else engine(component)
            places = solver.places_in_use(deadline)
        for variable, used in zip(variables, places, strict=True):
            values = (variable.values[place] for place in used)
            found[variable.port] = frozenset(item.source if item else None for item in values)
    return found


def _margins(
    part: Solved, usable: Mapping[Port, frozenset[Port | None]], deadline: Deadline
) -> Iterator[tuple[Port, int | None]]:
    """Yield the margins of a component's bindings, those first that look closest."""
    variables = part.component.variables
    for number in sorted(range(len(variables)), key=lambda each: _gap(variables[each].scores)):
        variable, place = variables[number], part.best[number]
        taken = variable.values[place]
        if taken is None:
            continue
        if usable[variable.port] <= {taken.source, None}:
            yield variable.port, None
            continue
        score = part.solver.best_elsewhere(number, place, deadline)
        yield variable.port, None if score is None else part.component.score(part.best) - score


def _gap(scores: Sequence[int]) -> int:
    best, *others = sorted(scores, reverse=True)
    return best - others[0] if others else best


def _dead(
    stated: WiringProblem, usable: Mapping[Port, frozenset[Port | None]]
) -> Iterator[tuple[Port, Port]]:
    for variable in stated.variables:
        for candidate in variable.candidates:
            if candidate.source not in usable[variable.port]:
                yield variable.port, candidate.source
