"""Joint evidence as numbers: facts over the places that variables take, and the points that hang on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from ...specs import Port
from ..deadline import NEVER, Deadline
from ..problem.wiring_problem import Variable, WiringProblem
from ..ranking.evidence import Fact, Term


class Met(NamedTuple):
    """That a variable takes one of the values at some places."""

    variable: int
    places: frozenset[int]

    def holds(self, assignment: Sequence[int], _held: Sequence[bool]) -> bool:
        """Tell whether an assignment makes it so."""
        return assignment[self.variable] in self.places


class AtLeast(NamedTuple):
    """That so many of some facts hold; they come before it."""

    least: int
    facts: tuple[int, ...]

    def holds(self, _assignment: Sequence[int], held: Sequence[bool]) -> bool:
        """Tell whether it holds, given which of the facts before it do."""
        return sum(held[fact] for fact in self.facts) >= self.least


class LinkedPoints(NamedTuple):
    """Points that count when a fact holds."""

    points: int
    fact: int


@dataclass(frozen=True)
class Linked:
    """Joint evidence among some variables: facts, each after those that it rests on, and pieces."""

    facts: tuple[Met | AtLeast, ...] = ()
    pieces: tuple[LinkedPoints, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def score(self, assignment: Sequence[int]) -> int:
        """Add up the points that count in an assignment."""
        held: list[bool] = []
        for fact in self.facts:
            held.append(fact.holds(assignment, held))
        return sum(points for points, fact in self.pieces if held[fact])

    @cached_property
    def most(self) -> int:
        """The sum of all that can be gained."""
        return sum(points for points, _ in self.pieces if points > 0)

    @property
    def scopes(self) -> Iterator[tuple[int, ...]]:
        """Yield what it ties together: variables by number, the first fact by -1, the next by -2 …"""
        tied: set[int] = set()
        for number, fact in enumerate(self.facts):
            match fact:
                case Met(variable, _):
                    yield ~number, variable
                case AtLeast(_, facts):
                    yield (~number, *(~other for other in (facts[:1] if id(facts) in tied else facts)))
                    tied.add(id(facts))

    def within(self, members: Sequence[int], facts: Iterable[int], pieces: Iterable[LinkedPoints]) -> Linked:
        """Return a part that only some variables are in, which then go by their places among these."""
        variables = {place: number for number, place in enumerate(members)}
        chosen = tuple(facts)
        number = {fact: index for index, fact in enumerate(chosen)}
        renamed: Callable[[tuple[int, ...]], tuple[int, ...]] = cache(
            lambda facts: tuple(number[fact] for fact in facts)
        )
        part = (self.facts[fact] for fact in chosen)
        return Linked(
            tuple(
                Met(variables[fact.variable], fact.places)
                if isinstance(fact, Met)
                else AtLeast(fact.least, renamed(fact.facts))
                for fact in part
            ),
            tuple(LinkedPoints(points, number[fact]) for points, fact in pieces),
        )


def link(problem: WiringProblem, deadline: Deadline = NEVER) -> Linked:
    """Write the joint evidence that can still hold, by places of the problem's variables.

    Raises TimeIsUp at the deadline.
    """
    writer = _Writer(problem.variables)
    stated = [(joint.points, writer.number(joint.fact)) for joint in deadline.watch(problem.joints)]
    return _used(
        tuple(writer.facts), [LinkedPoints(points, fact) for points, fact in stated if fact is not None]
    )


def _used(facts: tuple[Met | AtLeast, ...], pieces: Sequence[LinkedPoints]) -> Linked:
    """Leave out facts on which nothing hangs."""
    used = {fact for _, fact in pieces}
    seen: set[int] = set()
    for number in range(len(facts) - 1, -1, -1):
        fact = facts[number]
        if number in used and isinstance(fact, AtLeast) and id(fact.facts) not in seen:
            seen.add(id(fact.facts))
            used.update(fact.facts)
    whole = Linked(facts, tuple(pieces))
    variables = max((fact.variable for fact in facts if isinstance(fact, Met)), default=-1) + 1
    return whole.within(range(variables), sorted(used), pieces)


@dataclass
class _Writer:
    """Numbers facts; what surely holds is written as a term that any value meets, what cannot not at all."""

    variables: Sequence[Variable]
    facts: list[Met | AtLeast] = field(default_factory=list)
    known: dict[int | Term, tuple[int | None, Fact]] = field(default_factory=dict)
    divided: dict[int, tuple[int | None, int, tuple[int, ...]]] = field(default_factory=dict)

    @cached_property
    def place(self) -> Mapping[Port, int]:
        """The variables' places."""
        return {variable.port: place for place, variable in enumerate(self.variables)}

    @cached_property
    def places_of(self) -> Callable[[int], Mapping[Port | None, int]]:
        """The places of a variable's sources."""
        return cache(
            lambda variable: {
                value.source if value else None: place
                for place, value in enumerate(self.variables[variable].values)
            }
        )

    def number(self, fact: Fact) -> int | None:
        """Return the number of a fact; None when it cannot hold."""
        key = fact if isinstance(fact, Term) else id(fact)
        if key not in self.known:
            found = self.met(fact) if isinstance(fact, Term) else self.several(fact.least, fact.facts)
            self.known[key] = found, fact  # which keeps the id
        return self.known[key][0]

    def is_sure(self, number: int) -> bool:
        """Tell whether a fact surely holds."""
        fact = self.facts[number]
        return isinstance(fact, Met) and len(fact.places) == len(self.variables[fact.variable].values)

    def add(self, fact: Met | AtLeast) -> int:
        """Write a fact down."""
        self.facts.append(fact)
        return len(self.facts) - 1

    def met(self, term: Term) -> int | None:
        """Write that a dependency takes one of some sources; part of a problem may lack the dependency."""
        variable = self.place.get(term.port)
        if variable is None:
            return None
        places = self.places_of(variable)
        wanted = frozenset(places[source] for source in term.sources if source in places)
        return self.add(Met(variable, wanted)) if wanted else None

    def several(self, least: int, facts: tuple[Fact, ...]) -> int | None:
        """Write that so many facts hold."""
        sure, number, others = self.divide(facts)
        if number >= least:
            return sure
        if number + len(others) < least:
            return None
        return others[0] if len(others) == 1 else self.add(AtLeast(least - number, others))

    def divide(self, facts: tuple[Fact, ...]) -> tuple[int | None, int, tuple[int, ...]]:
        """Divide facts: one that is sure, the number of all such, and those that may hold or not."""
        found = self.divided.get(id(facts))
        if found is None:
            possible = [number for fact in facts if (number := self.number(fact)) is not None]
            sure = [number for number in possible if self.is_sure(number)]
            others = tuple(number for number in possible if not self.is_sure(number))
            found = self.divided[id(facts)] = next(iter(sure), None), len(sure), others
        return found
