"""Finds the smallest changes after which a pipeline has a wiring; each is tried before it is offered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ...solver.conflicts.minimal import find_conflicts
from ...solver.deadline import TimeIsUp
from ...solver.problem.candidates import PipelinePorts
from ...solver.problem.wiring_problem import WiringProblem
from ...solver.search.counting import WiringCount
from ...solver.search.wiring import Wiring
from ...specs import PipelineSpec
from ...specs.edits.apply import Edit
from ..failures import Failure
from ..moves import BindingMove, moves
from .combinations import covers
from .effects import FailingPipeline, find_effects, reconciling
from .remedies import RemedySet, cost, edits, unlike
from .trials import Trials, changed

MOST_APART, MOST_WHOLE = 4, 3
"""How many repairs are offered at most for one of several failures, and for all of them at once."""

ANEW = frozenset(("add-edge",))
"""Kinds of remedies that change nothing: what they add is what they do."""

MOST_UNCOVERED = 12
"""How many ways out of a contradiction that a repair uncovers are tried."""

WINDOW = 36
"""A repair that costs so much more than the best, for each wound, is not worth a reader's time."""


@dataclass(frozen=True)
class Repair:
    """A change after which a wiring exists, tried by solving again.

    `count` is how many wirings there are then. `takes` is what the failing dependencies take in the best of
    them, and `moves` which others take something else than they would if nothing had failed.
    """

    remedies: RemedySet
    count: WiringCount
    takes: tuple[BindingMove, ...]
    moves: tuple[BindingMove, ...]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits of the document that make the change."""
        return edits(self.remedies)

    @property
    def cost(self) -> int:
        """What it changes, less what speaks for the outcome; the lower, the better."""
        return cost(self.remedies)


@dataclass(frozen=True)
class RepairOffer:
    """What would mend a pipeline.

    `whole` are repairs after each of which it has a wiring. Where several things fail, `apart` has for each
    of them what mends it alone, tried with the others set aside; else it is empty. Without `complete`, time
    was up before all was tried.
    """

    whole: tuple[Repair, ...] = ()
    apart: tuple[tuple[Repair, ...], ...] = ()
    complete: bool = True


def find_repairs(
    pipeline: PipelineSpec, stated: WiringProblem, failures: tuple[Failure, ...], trials: Trials, most: int
) -> RepairOffer:
    """Find repairs, the smallest first: at most so many for each failure, and fewer for several at once."""
    case = FailingPipeline(pipeline, stated, failures, trials)
    if len(failures) == 1:
        whole, complete = _found(case, most)
        return RepairOffer(whole, (), complete)
    whole, complete = _found(
        case, min(most, MOST_WHOLE)
    )  # first: it is what is wanted, and there may be no time
    apart = [_found(case.alone(failure), min(most, MOST_APART)) for failure in failures]
    complete = complete and all(done for _, done in apart)
    return RepairOffer(whole, tuple(repairs for repairs, _ in apart), complete)


def _found(case: FailingPipeline, most: int) -> tuple[tuple[Repair, ...], bool]:
    """Find at most so many repairs of a case; tell whether there was time to look at all."""
    found: list[Repair] = []
    try:
        effects = find_effects(case, most)
        before = case.trials.solve(case.pipeline, case.stated.without(case.failing))
        for chosen in map(unlike, islice(covers(effects, case.wounds), 4 * most)):
            if found and cost(chosen) > found[0].cost + WINDOW * case.wounds:
                break
            if any(_changes(chosen) >= _changes(other.remedies) for other in found):
                continue  # the same with another value, or with more besides
            repair = _tried(case, chosen, before)
            if repair is None and not found:  # cheaper than all that works, and not enough
                further = (_tried(case, (*chosen, *way), before) for way in _uncovered(case, chosen))
                repair = next((each for each in further if each), None)
            if repair:
                found.append(repair)
            if len(found) == most:
                break
    except TimeIsUp:
        return _ranked(found), False
    return _ranked(found), True


def _uncovered(case: FailingPipeline, chosen: RemedySet) -> Iterator[RemedySet]:
    """Yield what might lift a contradiction that some remedies uncover, the cheapest first.

    What has no source contradicts nothing: two mistakes about one dependency show one after the other.
    """
    after = changed(case.pipeline, edits(chosen))
    if after is None:
        return
    stated = WiringProblem.of(after, relaxed=True, deadline=case.trials.deadline).without(case.aside)
    if stated.missing:
        return
    conflicts, _ = find_conflicts(stated, case.trials.engine, case.trials.deadline)
    ports = PipelinePorts(case.pipeline, case.trials.deadline)
    for conflict in conflicts[:1]:
        yield from reconciling(case, ports, conflict, stated)[:MOST_UNCOVERED]


def _ranked(found: Sequence[Repair]) -> tuple[Repair, ...]:
    return tuple(sorted(found, key=lambda repair: repair.cost))


def _changes(way: RemedySet) -> frozenset[tuple[str, str, str]]:
    """Tell what remedies change, whatever they change it to; an edge from another step is another change."""
    return frozenset((item.kind, item.target, item.new if item.kind in ANEW else "") for item in way)


def _tried(case: FailingPipeline, chosen: RemedySet, before: Wiring | None) -> Repair | None:
    """Make all edits and solve again; None when that gives no wiring, or only by letting a rule go."""
    after = changed(case.pipeline, edits(chosen))
    if after is None:
        return None
    wiring = case.trials.solve(after, case.restated(after))
    if wiring is None or wiring.makeshift - (before.makeshift if before else frozenset()):
        return None
    changes = tuple(moves(before, wiring))
    return Repair(
        chosen,
        case.trials.count(wiring),
        tuple(move for move in changes if move.dependency in case.failing),
        tuple(move for move in changes if before and move.dependency not in case.failing),
    )
