"""Finds the smallest changes after which a pipeline has a wiring; each is tried before it is offered."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice

from ...specs import PipelineSpec, Port
from ...specs.edits import Edit
from ..candidates import Ports
from ..counting import WiringCount
from ..deadline import TimeIsUp
from ..problem import Problem
from ..wiring import Wiring
from .bridging import bridges
from .failures import Contradiction, Failure
from .loosening import loosened
from .remedies import Way, cheapest, cost, edits
from .supplying import supplies
from .trial import Trials, changed, without

TRIED = 10
"""How many ways to mend one dependency are tried, besides those that are always there."""

NEAREST = 12
"""How many near misses are looked at for each dependency."""

HAS_SOURCES = 4
"""The burden of giving something new to a dependency that has sources, and only may not take them."""

MOST_STEPS = 500
"""How many combinations of remedies are looked at to find those that mend everything."""


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


Wound = int
"""The number of a dependency without a source, or of a contradiction."""


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
    def failing(self) -> frozenset[Port]:
        return frozenset(port for failure in self.failures for port in failure.dependencies)

    def mended(self, changes: tuple[Edit, ...]) -> frozenset[Wound]:
        """Tell which wounds some edits mend by themselves; none when they make new ones."""
        after = changed(self.pipeline, changes)
        if after is None:
            return frozenset()
        stated = Problem.of(after)
        starved = {item.port for item in stated.variables if not item.values}
        if starved - set(self.starved):
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
        for chosen in islice(_covers(case, effects), 4 * most):
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
    proposed = dict.fromkeys(
        way for failure in case.failures for way in _proposals(case.pipeline, case.stated, ports, failure)
    )
    effects = {way: case.mended(edits(way)) for way in proposed}
    return {way: mended for way, mended in effects.items() if mended}


def _proposals(pipeline: PipelineSpec, stated: Problem, ports: Ports, failure: Failure) -> Iterator[Way]:
    found = {item.port: item for item in ports.dependencies}
    if isinstance(failure, Contradiction):
        yield from ((remedy,) for remedy in loosened(pipeline, stated, failure.conflict))
    for number, port in enumerate(failure.dependencies):
        near = ports.near_misses(found[port])[:NEAREST]
        burden = 0 if failure.is_missing else HAS_SOURCES
        ways = cheapest(way for miss in near for way in bridges(pipeline, port, miss))[:TRIED]
        supplied = ((remedy,) for remedy in supplies(pipeline, ports, failure.dependencies[number:]))
        for first, *others in (*ways, *supplied):
            yield (replace(first, burden=first.burden + burden), *others)


def _covers(case: _Case, effects: Mapping[Way, frozenset[Wound]]) -> Iterator[Way]:
    """Yield remedies that mend all wounds between them, the cheapest first."""
    every = frozenset(range(len(case.starved) + len(case.contradictions)))
    by_wound = {
        wound: sorted(
            ((cost(way), number, way) for number, way in enumerate(effects) if wound in effects[way]),
            key=lambda item: item[:2],
        )
        for wound in every
    }
    if not all(by_wound.values()):
        return
    # What is left costs at least, for each wound, the least share of a way that mends it.
    least = {
        wound: min(max(price, 0) / len(effects[way]) for price, _, way in ways)
        for wound, ways in by_wound.items()
    }
    number = count()
    heap = [(sum(least.values()), next(number), (), every)]
    seen: set[frozenset[Way]] = set()
    for _ in range(MOST_STEPS):
        if not heap:
            return
        _, _, chosen, open_ = heapq.heappop(heap)
        if not open_:
            yield tuple(remedy for way in chosen for remedy in way)
            continue
        for _, _, way in by_wound[min(open_)]:
            together = frozenset((*chosen, way))
            if together not in seen:
                seen.add(together)
                rest = open_ - effects[way]
                price = sum(map(cost, together)) + sum(least[wound] for wound in rest)
                heapq.heappush(heap, (price, next(number), (*chosen, way), rest))


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
