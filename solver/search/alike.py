"""Counts the acyclic choices of feeders where steps are alike: only how many of each kind a set has matters.

The recursion is that of `acyclic`, over numbers of steps instead of sets: a set with s steps of a kind has
s over t parts with t of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import product
from math import comb, prod

from .effort import Effort
from .feeding import Feeding, FeedingWay, Ways

Kinds = Sequence[Sequence[int]]
"""The steps of each kind."""


def kinds_of_steps(feeding: Feeding, effort: Effort) -> Kinds:
    """Divide steps into kinds: any two of a kind can change places, and nothing else changes."""
    shapes = [Counter(frozenset(ways.items()) for ways in groups) for groups in feeding.groups]
    kinds: list[list[int]] = []
    for step in range(feeding.size):
        same = next((kind for kind in kinds if _can_change_places(shapes, kind[0], step, effort)), None)
        if same is None:
            kinds.append([step])
        else:
            same.append(step)
    return kinds


_Shape = Mapping[frozenset[tuple[FeedingWay, int]], int]


def _can_change_places(shapes: Sequence[_Shape], one: int, other: int, effort: Effort) -> bool:
    if sorted(map(len, shapes[one])) != sorted(map(len, shapes[other])):
        return False
    return _swapped(shapes[one], one, other, effort) == shapes[other] and all(
        _swapped(shape, one, other, effort) == shape
        for step, shape in enumerate(shapes)
        if step not in (one, other)
    )


def _swapped(shape: _Shape, one: int, other: int, effort: Effort) -> _Shape:
    effort.spend(sum(map(len, shape)))
    both = 1 << one | 1 << other
    return {
        frozenset(
            (
                way._replace(feeders=way.feeders ^ both) if (way.feeders & both).bit_count() == 1 else way,
                number,
            )
            for way, number in ways
        ): times
        for ways, times in shape.items()
    }


def count_alike(feeding: Feeding, kinds: Kinds, effort: Effort) -> int:
    """Count the choices for all steps, without limited outputs or branches; raises TooMuch and TimeIsUp."""
    sizes = tuple(map(len, kinds))
    levels: list[defaultdict[tuple[int, ...], int]] = [defaultdict(int) for _ in range(sum(sizes) + 1)]
    levels[0][(0,) * len(sizes)] = 1
    for level in levels[:-1]:
        for counts, number in level.items():
            inside = sum(
                1 << step for kind, count in zip(kinds, counts, strict=True) for step in kind[:count]
            )
            ways = [
                _fed(feeding.groups[kind[-1]], inside, effort) if count < len(kind) else 0
                for kind, count in zip(kinds, counts, strict=True)
            ]
            ranges = [
                range(1 + (it and size - had)) for it, size, had in zip(ways, sizes, counts, strict=True)
            ]
            effort.spend(prod(map(len, ranges)) if number else 1)
            for added in product(*ranges) if number else ():
                if not any(added):
                    continue
                after = tuple(map(sum, zip(counts, added, strict=True)))
                parts = prod(map(comb, after, added)) * prod(map(pow, ways, added))
                levels[sum(after)][after] -= (-1) ** sum(added) * parts * number
    return sum(levels[-1].values())


def _fed(groups: Sequence[Ways], inside: int, effort: Effort) -> int:
    """Count the ways in which a step is fed from within a set."""
    total = 1
    for ways in groups:
        effort.spend(len(ways))
        total *= sum(number for way, number in ways.items() if not way.feeders & ~inside)
        if not total:
            break
    return total
