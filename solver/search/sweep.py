"""Counts the choices of feeders step by step, in an order in which little must be remembered.

Of the steps that are done, those are remembered that may still feed others; of each step to come, which of
them run after it by what was chosen. Branch sides are like steps that never come, from which their members
take. Of limited outputs the uses are remembered. Source: frontier-based search, J. Kawahara et al., 2017.

How much must be remembered depends on the order, which no look at the steps alone can tell: it is found on
the way, by trying which step leaves the fewest states.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from .effort import Effort, TooMuch
from .feeding import Feeding, Ways

REMEMBERED_WEIGHT = 3
"""A step to come of which something is remembered weighs so many times what one that is done weighs."""

LOOKED_AT, TRIED = 16, 6
"""Of the steps to come, so many that weigh least are done on a sample, and so many of these on all states."""

CHOICES_AT_ONCE = 4
"""So many choices are looked at while one is taken."""

SAMPLE = 16
"""The number of states in a sample."""

MAX_STATES = 20_000
"""Where more would be left, what is still to do is too much."""


def count_by_sweep(feeding: Feeding, effort: Effort) -> int:
    """Count the choices for all steps that keep all rules; raises TooMuch and TimeIsUp."""
    if feeding.acyclic and any(before >> step & 1 for step, before in enumerate(feeding.sure)):
        return 0
    ways = [feeding.merged(step, effort) for step in range(feeding.size)]
    states, done = {0: 1}, 0
    while states and done.bit_count() < feeding.size:
        step, states = _next(feeding, ways, done, states, effort)
        done |= 1 << step
    return sum(states.values())


def _next(
    feeding: Feeding, ways: Sequence[Ways], done: int, states: dict[int, int], effort: Effort
) -> tuple[int, dict[int, int]]:
    """Do the step after which the fewest states are left, of some; one that adds none is as good as any."""
    sample = dict(islice(states.items(), 0, None, -(-len(states) // SAMPLE)))
    steps = sorted(_members(~done & (1 << feeding.size) - 1), key=lambda it: _weight(feeding, done | 1 << it))
    sweeps = [_Sweep.of(feeding, step, ways[step], done, effort) for step in steps[:LOOKED_AT]]
    sweeps.sort(key=lambda it: len(it.extended(sample, effort)))
    best, fewest, most = 0, states, MAX_STATES
    for sweep in sweeps[: TRIED if len(states) > SAMPLE else 1]:
        found = sweep.extended(states, effort, most)
        if len(found) <= most:
            best, fewest, most = sweep.step, found, len(found) - 1
        if most < len(states):
            break
    if most == MAX_STATES:
        raise TooMuch
    return best, fewest


class _Choice(NamedTuple):
    """A way to feed a step: by which steps, a bit at each row that then leads to it, the uses, how often."""

    feeders: int
    rows: int
    uses: int
    number: int


@dataclass(frozen=True)
class _Sweep:
    """One step of the sweep: what may be chosen, and what is remembered after it.

    A state is a number: the uses of outputs, above them a row of bits for each step, then for each side.
    """

    feeding: Feeding
    step: int
    choices: tuple[_Choice, ...]
    rows: tuple[int, ...]
    sides: tuple[tuple[int, int], ...]
    kept: int
    closing: int
    """What no state may have: a step that runs after one to come, and surely before it."""

    @classmethod
    def of(cls, feeding: Feeding, step: int, ways: Ways, done: int, effort: Effort) -> _Sweep:
        """Prepare a step that is fed in one of some ways, after those that are done."""
        size, done = feeding.size, done | 1 << step
        effort.spend(size + len(ways))
        at = [feeding.width + size * row for row in range(size + 2 * len(feeding.sides))]
        left = ((1 << size) - 1) & ~done
        members = [side >> step & 1 for both in feeding.sides for side in both]
        from_sides = sum(1 << at[size + number] for number, member in enumerate(members) if member)
        choices = tuple(
            _Choice(
                way.feeders,
                from_sides + sum(1 << at[row] for row in _members(way.feeders & left)),
                feeding.uses(way.taken),
                number,
            )
            for way, number in ways.items()
        )
        rows = (*(at[row] for row in _members(left)), *at[size:])
        columns = _remembered(feeding, done)
        kept = feeding.still_of_use(left) | sum(columns << row for row in rows)
        sides = tuple(zip(at[size::2], at[size + 1 :: 2], strict=True))
        sure = feeding.sure if feeding.acyclic else ()
        closing = sum((sure[other] & done) << at[other] for other in _members(left)) if sure else 0
        return cls(feeding, step, choices, rows, sides, kept, closing)

    def extended(self, states: Mapping[int, int], effort: Effort, most: int = MAX_STATES) -> dict[int, int]:
        """Return the states after the step, with the number of choices that lead to each.

        Of more than `most` not all are found.
        """
        found: defaultdict[int, int] = defaultdict(int)
        feeders, row = self.feeding.feeders[self.step], (1 << self.feeding.size) - 1
        own = self.feeding.width + self.feeding.size * self.step
        for state, number in states.items():
            after_it = state >> own & row | 1 << self.step
            rest = state & ~(row << own)
            rows = [(shift, reached) for shift in self.rows if (reached := rest >> shift & row)]
            seen = after_it
            for _, reached in rows:
                seen |= reached
            open_ = self._open(seen & feeders, after_it & feeders, effort)
            effort.spend(1 + len(open_))
            for choice in open_:
                after = (rest + choice.uses) | after_it * choice.rows
                for shift, reached in rows:
                    if reached & choice.feeders:
                        after |= after_it << shift
                if after & self.closing:
                    continue
                if not (choice.uses or self.sides) or self._is_allowed(after):
                    found[after & self.kept] += number * choice.number
            if len(found) > most:
                break
        return found

    @cached_property
    def _known(self) -> dict[tuple[int, int], Sequence[_Choice]]:
        return {}

    def _open(self, seen: int, after_it: int, effort: Effort) -> Sequence[_Choice]:
        """Return the choices that close no cycle; those that differ in steps never seen in a row are one."""
        if (seen, after_it) not in self._known:
            effort.spend(len(self.choices) // CHOICES_AT_ONCE)
            together: Counter[tuple[int, int, int]] = Counter()
            for choice in self.choices:
                if not (self.feeding.acyclic and choice.feeders & after_it):
                    together[choice.feeders & seen, choice.rows, choice.uses] += choice.number
            self._known[seen, after_it] = [_Choice(*key, number) for key, number in together.items()]
        return self._known[seen, after_it]

    def _is_allowed(self, state: int) -> bool:
        row = (1 << self.feeding.size) - 1
        return self.feeding.allows(state & (1 << self.feeding.width) - 1) and not any(
            state >> if_ & state >> else_ & row for if_, else_ in self.sides
        )


def _remembered(feeding: Feeding, done: int) -> int:
    """Return the steps done that may feed one to come, or come after one that a side may still reach."""
    left = ((1 << feeding.size) - 1) & ~done
    kept = sum(1 << step for step in _members(done) if feeding.takers[step] & left)
    if feeding.sides:
        reached, before = left, 0
        while reached != before:
            before = reached
            for step in _members(reached):
                reached |= feeding.takers[step]
        kept |= reached & done
    return kept


def _members(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _weight(feeding: Feeding, done: int) -> int:
    """Say how much must be remembered at most when so many steps are done."""
    left = ((1 << feeding.size) - 1) & ~done
    sending = sum(1 for step in _members(done) if feeding.takers[step] & left)
    receiving = sum(1 for step in _members(left) if feeding.takers[step] & done)
    open_ = feeding.still_of_use(done) & feeding.still_of_use(left)
    return REMEMBERED_WEIGHT * receiving + sending + open_.bit_count()
