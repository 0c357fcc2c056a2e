"""Finds the smallest changes after which a pipeline has a wiring; each is tried before it is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ...specs import PipelineSpec, Port
from ...specs.edits import Edit
from ..candidates import Ports
from ..corrections import find_all
from ..counting import WiringCount
from ..deadline import TimeIsUp
from ..problem import Acyclic, Element, Problem, Variable
from ..wiring import Wiring
from .bridging import bridges
from .cover import Wound, covers
from .failures import Contradiction, Failure
from .loosening import loosened
from .remedies import Remedy, Way, cheapest, cost, edits
from .supplying import supplies
from .trial import Trials, changed, without

TRIED = 10
"""How many ways to mend one dependency are tried, besides those that are always there."""

NEAREST = 12
"""How many near misses are looked at for each dependency."""

HAS_SOURCES = 4
"""The burden of a new source for a dependency that has some; twice that, of bending what is there."""

CORRECTIONS = 20
SECONDS = 2.0
"""How many minimal corrections are tried where no single change mends, and how long they are looked for."""

WINDOW = 36
"""A repair that costs so much more than the best, for each wound, is not worth a reader's time."""


@dataclass(frozen=True)
class Move:
    """A dependency that takes something else than it did; None for nothing."""

    dependency: Port
    before: Port | None
    after: Port | None


@dataclass(frozen=True)
class Repair:
    """A change after which a wiring exists, tried by solving again.

    `count` is how many wirings there are then. `takes` is what the failing dependencies take in the best of
    them, and `moves` which others take something else than they would if nothing had failed.
    """

    remedies: Way
    count: WiringCount
    takes: tuple[Move, ...]
    moves: tuple[Move, ...]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits of the document that make the change."""
        return edits(self.remedies)

    @property
    def cost(self) -> int:
        """What it changes, less what speaks for the outcome; the lower, the better."""
        return cost(self.remedies)


@dataclass(frozen=True)
class _Case:
    """A pipeline that fails, and what fails in it: the wounds, numbered."""

    pipeline: PipelineSpec
    stated: Problem
    failures: tuple[Failure, ...]
    trials: Trials

    @property
    def starved(self) -> tuple[Port, ...]:
        return tuple(
            port
            for item in self.failures
            if not isinstance(item, Contradiction)
            for port in item.dependencies
        )

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        return tuple(item for item in self.failures if isinstance(item, Contradiction))

    @property
    def wounds(self) -> int:
        """How many wounds there are: the dependencies without a source come first."""
        return len(self.starved) + len(self.contradictions)

    @property
    def failing(self) -> frozenset[Port]:
        return frozenset(port for failure in self.failures for port in failure.dependencies)

    def meant(self, way: Way) -> frozenset[Wound]:
        """Tell which wounds a way is meant for: a source for one dependency is no cure for others."""
        meant = frozenset(port for remedy in way for port in remedy.serves)
        lost = (number for number, port in enumerate(self.starved) if not meant or port in meant)
        return frozenset((*lost, *range(len(self.starved), self.wounds)))

    def mended(self, changes: tuple[Edit, ...]) -> frozenset[Wound]:
        """Tell which wounds some edits mend by themselves; none when they make new ones."""
        after = changed(self.pipeline, changes)
        if after is None:
            return frozenset()
        stated = Problem.of(after)
        starved = {item.port for item in stated.variables if not item.values}
        if starved - self.failing:
            return frozenset()
        found = {number for number, port in enumerate(self.starved) if port not in starved}
        for number, contradiction in enumerate(self.contradictions, len(self.starved)):
            others = {
                port
                for item in self.contradictions
                if item is not contradiction
                for port in item.dependencies
            }
            aside = starved | (others - set(contradiction.dependencies))
            if self.trials.solve(after, without(stated, aside)) is not None:
                found.add(number)
        return frozenset(found)


def find_repairs(
    pipeline: PipelineSpec, stated: Problem, failures: tuple[Failure, ...], trials: Trials, most: int
) -> tuple[tuple[Repair, ...], bool]:
    """Find at most so many repairs, the smallest first; tell whether there was time to look at all."""
    case = _Case(pipeline, stated, failures, trials)
    found: list[Repair] = []
    try:
        effects = _effects(case)
        before = trials.solve(pipeline, without(stated, case.failing))
        for chosen in islice(covers(effects, case.wounds), 4 * most):
            if found and cost(chosen) > found[0].cost + WINDOW * case.wounds:
                break
            if any(_changes(chosen) >= _changes(other.remedies) for other in found):
                continue  # the same with another value, or with more besides
            repair = _tried(case, chosen, before)
            if repair:
                found.append(repair)
            if len(found) == most:
                break
    except TimeIsUp:
        return _ranked(found), False
    return _ranked(found), True


def _ranked(found: Sequence[Repair]) -> tuple[Repair, ...]:
    return tuple(sorted(found, key=lambda repair: repair.cost))


def _changes(way: Way) -> frozenset[tuple[str, str]]:
    """Tell what remedies change, whatever they change it to."""
    return frozenset((remedy.kind, remedy.target) for remedy in way)


def _effects(case: _Case) -> dict[Way, frozenset[Wound]]:
    """Try each way by itself, and keep those that mend something."""
    ports = Ports(case.pipeline)
    effects = _tried_alone(
        case, (way for failure in case.failures for way in _proposals(case, ports, failure))
    )
    if frozenset(range(len(case.starved), case.wounds)) - frozenset().union(*effects.values()):
        effects |= _tried_alone(case, _corrected(case, ports))
    return effects


def _tried_alone(case: _Case, ways: Iterable[Way]) -> dict[Way, frozenset[Wound]]:
    effects = {way: case.mended(edits(way)) & case.meant(way) for way in dict.fromkeys(ways)}
    return {way: mended for way, mended in effects.items() if mended}


def _proposals(case: _Case, ports: Ports, failure: Failure) -> Iterator[Way]:
    if isinstance(failure, Contradiction):
        for element in failure.conflict:
            yield from ((remedy,) for remedy in loosened(case.pipeline, case.stated, element))
    burden = 0 if failure.is_missing else HAS_SOURCES
    found = {item.port: item for item in ports.dependencies}
    for number, port in enumerate(failure.dependencies):
        near = ports.near_misses(found[port])[:NEAREST]
        ways = cheapest(way for miss in near for way in bridges(case.pipeline, port, miss))[:TRIED]
        supplied = supplies(case.pipeline, ports, failure.dependencies[number:])
        for first, *others in ways:
            yield (replace(first, burden=first.burden + 2 * burden), *others)
        for remedy in supplied:
            yield (replace(remedy, burden=remedy.burden + burden),)


def _corrected(case: _Case, ports: Ports) -> Iterator[Way]:
    """Yield, for contradictions that no single change mends, one way for each minimal correction."""
    relaxed = without(Problem.of(case.pipeline, relaxed=True), case.starved)
    clashes, _ = find_all(
        relaxed, case.trials.deadline.or_after(SECONDS), lambda item: isinstance(item, Acyclic)
    )
    for correction in (item for clash in clashes for item in clash.corrections[:CORRECTIONS]):
        remedies = [_cheapest_of(case, ports, element) for element in correction]
        if all(remedies):
            yield tuple(remedy for remedy in remedies if remedy)


def _cheapest_of(case: _Case, ports: Ports, element: Element) -> Remedy | None:
    """Return the cheapest change that takes an element out of a conflict."""
    if isinstance(element, Variable):
        return min(supplies(case.pipeline, ports, [element.port]), key=lambda remedy: remedy.cost)
    return min(loosened(case.pipeline, case.stated, element), key=lambda remedy: remedy.cost, default=None)


def _tried(case: _Case, chosen: Way, before: Wiring | None) -> Repair | None:
    """Make all edits and solve again; None when that gives no wiring."""
    after = changed(case.pipeline, edits(chosen))
    if after is None:
        return None
    wiring = case.trials.solve(after, Problem.of(after))
    if wiring is None:
        return None
    changes = tuple(moves(before, wiring))
    return Repair(
        chosen,
        case.trials.count(wiring),
        tuple(move for move in changes if move.dependency in case.failing),
        tuple(move for move in changes if before and move.dependency not in case.failing),
    )


def moves(before: Wiring | None, after: Wiring) -> Iterator[Move]:
    """Yield what two wirings bind otherwise, by address."""
    old = {port: binding.source for port, binding in before.bindings.items()} if before else {}
    new = {port: binding.source for port, binding in after.bindings.items()}
    for port in sorted({*old, *new}):
        if old.get(port) != new.get(port):
            yield Move(port, old.get(port), new.get(port))
