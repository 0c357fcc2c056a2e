"""Merges the solutions of components into whole assignments, best first or as fast as they come.

The canonical order of assignments is: higher score first; at equal scores the one whose first differing
variable, in the order of addresses, takes the earlier value. It does not depend on the cut into components.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from ..deadline import Deadline
from ..engines import Scored, Solver

KEPT = 4096
"""A component with at most so many solutions is not searched again when they are needed again."""

AssignmentKey = tuple[tuple[int, int], ...]
"""An assignment as its changes against the first of its stream, so written that keys sort as assignments do.

A change is (rank, value). Ranks count from the last variable of the problem: below 0 for a value before the
first's, above 0 for one after it, further from 0 the earlier the variable. (0, 0) ends every key.
"""

END = (0, 0)

Whole = tuple[int, Sequence[int]]
"""A score and, for each variable of the problem, the place of its value."""


class Keyed(NamedTuple):
    """A score and the key of the assignment that has it."""

    score: int
    key: AssignmentKey


class Stream:
    """A lazy sequence of changes against `first`, values by variable, that can be read at any index."""

    def __init__(self, first: dict[int, int], items: Iterator[Keyed]) -> None:
        self.first = first
        self._items = items
        self._read: list[Keyed] = []

    def at(self, index: int) -> Keyed | None:
        """Return the item at an index; None past the end."""
        while len(self._read) <= index:
            item = next(self._items, None)
            if item is None:
                return None
            self._read.append(item)
        return self._read[index]


def stream(solver: Solver, total: int, deadline: Deadline) -> Stream | None:
    """Open the solutions of a component of a problem of `total` variables; None when there are none."""
    places = solver.component.places
    found = solver.best_first(deadline)
    first = next(found, None)
    if first is None:
        return None
    base = first[1]

    def key(assignment: Sequence[int]) -> AssignmentKey:
        changes = zip(places, assignment, base, strict=True)
        ranked = (
            (place - total if value < old else total - place, value)
            for place, value, old in changes
            if value != old
        )
        return (*ranked, END)

    items = (Keyed(score, key(assignment)) for score, assignment in found)
    return Stream(dict(zip(places, base, strict=True)), _chained(Keyed(first[0], (END,)), items))


def _chained(first: Keyed, rest: Iterator[Keyed]) -> Iterator[Keyed]:
    yield first
    yield from rest


def merge(streams: Sequence[Stream], total: int) -> Iterator[Whole]:
    """Combine streams over different variables into assignments of all `total`, in canonical order."""
    layer = [item for item in streams if item.first] or [Stream({}, iter([Keyed(0, (END,))]))]
    while len(layer) > 1:
        pairs = [_merged(*layer[index : index + 2]) for index in range(0, len(layer) - 1, 2)]
        layer = pairs + layer[2 * len(pairs) :]
    (whole,) = layer
    first = array("L", [whole.first[place] for place in range(total)])
    for score, key in _items(whole):
        changed = first[:]
        for rank, value in key[:-1]:
            changed[total - abs(rank)] = value
        yield score, changed


def _items(whole: Stream) -> Iterator[Keyed]:
    index = 0
    while (item := whole.at(index)) is not None:
        yield item
        index += 1


def _merged(left: Stream, right: Stream) -> Stream:
    return Stream(left.first | right.first, _sums(left, right))


def _sums(left: Stream, right: Stream) -> Iterator[Keyed]:
    """Yield all pairs by descending sum: each pair enters the heap once, after one that precedes it."""
    heap: list[tuple[int, AssignmentKey, int, int]] = []

    def push(i: int, j: int) -> None:
        one, other = left.at(i), right.at(j)
        if one is not None and other is not None:
            heapq.heappush(heap, (-one.score - other.score, _joined(one.key, other.key), i, j))

    push(0, 0)
    while heap:
        negative, key, i, j = heapq.heappop(heap)
        yield Keyed(-negative, key)
        push(i, j + 1)
        if j == 0:
            push(i + 1, 0)


def _joined(one: AssignmentKey, other: AssignmentKey) -> AssignmentKey:
    changes = sorted((*one[:-1], *other[:-1]), key=lambda change: -abs(change[0]))
    return (*changes, END)


class Replay:
    """The solutions of a component in no promised order, as often as they are asked for.

    Few are kept; many are searched again, so that memory stays bounded.
    """

    def __init__(self, solver: Solver, deadline: Deadline) -> None:
        self.places = solver.component.places
        self._solver = solver
        self._deadline = deadline
        self._kept: list[Scored] | None = None

    def __iter__(self) -> Iterator[Scored]:
        if self._kept is not None:
            yield from self._kept
            return
        kept: list[Scored] = []
        for item in self._solver.solutions(self._deadline):
            if len(kept) <= KEPT:
                kept.append(item)
            yield item
        if len(kept) <= KEPT:
            self._kept = kept


def product(parts: Sequence[Replay], total: int) -> Iterator[Whole]:
    """Yield every combination of one solution from each part, in no promised order, without sorting."""
    # Those with one solution first: going on from one combination to the next seldom comes back to them.
    layers = sorted(parts, key=lambda part: len(list(islice(part, 2))))
    together = array("L", [0] * total)
    start: Scored = (0, ())
    readers, scores = [iter([start])], [0]
    while readers:
        item = next(readers[-1], None)
        if item is None:
            readers.pop()
            scores.pop()
            continue
        score, assignment = item
        if len(readers) > 1:
            for place, value in zip(layers[len(readers) - 2].places, assignment, strict=True):
                together[place] = value
        if len(readers) > len(layers):
            yield scores[-1] + score, together[:]
        else:
            readers.append(iter(layers[len(readers) - 1]))
            scores.append(scores[-1] + score)
