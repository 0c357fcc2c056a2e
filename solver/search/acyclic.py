"""Counts the acyclic choices of feeders by a recursion over sets of steps.

Steps that feed none of a set are put in last: a(S), the choices for the steps of S that are fed from within S
only, is the sum over the non-empty parts T of S of (-1)^(|T|+1) a(S - T) times the ways in which the steps of
T are fed from within S - T. Source: R. W. Robinson, Counting labeled acyclic digraphs, 1973.

Only sets that can be built are looked at, from the smallest on. Beside the steps of a set it is told apart
which of them are reached from which side of a branch, and how often limited outputs are taken: a way in which
a step is fed decides that from what is known of its feeders.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .effort import Effort
from .feeding import Feeding, Ways

Added = Sequence[tuple[int, int]]
"""What a step adds to the number of a state, and in how many ways."""


def count_acyclic(feeding: Feeding, effort: Effort) -> int:
    """Count the choices for all steps that keep all rules; raises TooMuch and TimeIsUp."""
    states = _States(feeding)
    full = (1 << feeding.size) - 1
    levels: list[defaultdict[int, int]] = [defaultdict(int) for _ in range(feeding.size + 1)]
    levels[0][0] = 1
    for level in levels[:-1]:
        for state, number in level.items():
            if not number:
                continue
            found = [(state, -number)]
            for step in range(feeding.size):
                if not state >> step & 1:
                    added = states.added(step, state, effort)
                    effort.spend(len(found) * len(added))
                    found += [
                        (before + more, -times * ways) for before, times in found for more, ways in added
                    ]
            for after, times in found[1:]:
                if states.allows(after):
                    levels[(after & full).bit_count()][after] += times
        level.clear()
    return sum(levels[-1].values())


@dataclass(frozen=True)
class _States:
    """States as numbers: the steps of a set as bits, those that a side reaches, and the uses of outputs."""

    feeding: Feeding
    known: dict[tuple[int, int], Added] = field(default_factory=dict)

    def allows(self, state: int) -> bool:
        """Tell whether limited outputs are taken no more often than they may be."""
        return self.feeding.allows(state >> self._shift_of_uses)

    @property
    def _shift_of_uses(self) -> int:
        return self.feeding.size * (1 + 2 * len(self.feeding.sides))

    def added(self, step: int, state: int, effort: Effort) -> Added:
        """Return what a step may add to a state when it is fed from within it."""
        feeding, feeders = self.feeding, self.feeding.feeders[step]
        size, branches = feeding.size, len(feeding.sides)
        seen = sum(feeders << size * part for part in range(1 + 2 * branches))
        key = step, state & seen
        if key not in self.known:
            effort.spend(sum(map(len, feeding.groups[step])))
            inside = state & feeders
            reached = tuple(
                (state >> size * (1 + 2 * branch) & feeders, state >> size * (2 + 2 * branch) & feeders)
                for branch in range(branches)
            )
            own = sum(
                (members >> step & 1) << side
                for side, members in enumerate(it for sides in feeding.sides for it in sides)
            )
            self.known[key] = tuple(
                (self._number(step, sides, uses), ways)
                for (sides, uses), ways in _fed(feeding, step, inside, own, reached).items()
            )
        return self.known[key]

    def _number(self, step: int, sides: int, uses: int) -> int:
        size = self.feeding.size
        number = 1 << step | uses << self._shift_of_uses
        for side in range(2 * len(self.feeding.sides)):
            number |= (sides >> side & 1) << size * (1 + side) + step
        return number


def _fed(
    feeding: Feeding, step: int, inside: int, own: int, reached: Sequence[tuple[int, int]]
) -> Mapping[tuple[int, int], int]:
    """Count the ways in which a step is fed from within a set, by the sides that reach it and by the uses."""
    found: Mapping[tuple[int, int], int] = {(own, 0): 1}
    for ways in feeding.groups[step]:
        open_ = _by_sides(feeding, ways, inside, reached)
        together: Counter[tuple[int, int]] = Counter()
        for (sides, uses), number in found.items():
            for (more, others), times in open_.items():
                together[sides | more, uses + others] += number * times
        found = together
    both = [0b11 << 2 * branch for branch in range(len(reached))]
    return {key: number for key, number in found.items() if not any(key[0] & it == it for it in both)}


def _by_sides(
    feeding: Feeding, ways: Ways, inside: int, reached: Sequence[tuple[int, int]]
) -> Mapping[tuple[int, int], int]:
    found: Counter[tuple[int, int]] = Counter()
    for way, number in ways.items():
        if not way.feeders & ~inside:
            sides = 0
            for branch, (if_, else_) in enumerate(reached):
                sides |= (bool(way.feeders & if_) | bool(way.feeders & else_) << 1) << 2 * branch
            found[sides, feeding.uses(way.taken) if way.taken else 0] += number
    return found
