"""Merges the solutions of components into whole assignments, best first or as fast as they come.

The canonical order of assignments is: higher score first; at equal scores the one whose first differing
variable, in the order of addresses, takes the earlier value. It does not depend on the cut into components.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

from .components import Component
from .engines import Assignment, Engine, Scored
from .engines.choice import SMALL, assignments


def best_first(engine: Engine, component: Component) -> Iterator[Scored]:
    """Yield the solutions of one component in canonical order."""
    if assignments(component) <= SMALL:
        yield from sorted(engine.solutions(component), key=_canonical)
        return
    score = engine.best_score(component)
    while score is not None:
        for assignment in engine.with_score(component, score):
            yield score, assignment
        score = engine.best_below(component, score)


def _canonical(item: Scored) -> tuple[int, Assignment]:
    return -item[0], item[1]


class Stream:
    """A lazy sequence of scored assignments over some variables, that can be read again and again."""

    def __init__(self, places: Sequence[int], items: Iterator[Scored]) -> None:
        self.places = tuple(places)
        self._items = items
        self._read: list[Scored] = []

    def at(self, index: int) -> Scored | None:
        """Return the item at an index; None past the end."""
        while len(self._read) <= index:
            item = next(self._items, None)
            if item is None:
                return None
            self._read.append(item)
        return self._read[index]

    def __iter__(self) -> Iterator[Scored]:
        index = 0
        while (item := self.at(index)) is not None:
            yield item
            index += 1


def merge(streams: Sequence[Stream]) -> Stream:
    """Combine streams over different variables into one over all of them, in canonical order."""
    if not streams:
        return Stream((), iter([(0, ())]))
    layer = list(streams)
    while len(layer) > 1:
        pairs = [_merged(*layer[index : index + 2]) for index in range(0, len(layer) - 1, 2)]
        layer = pairs + layer[2 * len(pairs) :]
    return layer[0]


def _merged(left: Stream, right: Stream) -> Stream:
    together = (*left.places, *right.places)
    order = sorted(range(len(together)), key=together.__getitem__)
    return Stream([together[index] for index in order], _sums(left, right, order))


def _sums(left: Stream, right: Stream, order: Sequence[int]) -> Iterator[Scored]:
    """Yield all pairs by descending sum: each pair enters the heap once, after one that precedes it."""
    heap: list[tuple[int, Assignment, int, int]] = []

    def push(i: int, j: int) -> None:
        one, other = left.at(i), right.at(j)
        if one is not None and other is not None:
            together = (*one[1], *other[1])
            heapq.heappush(heap, (-one[0] - other[0], tuple(together[index] for index in order), i, j))

    push(0, 0)
    while heap:
        negative, assignment, i, j = heapq.heappop(heap)
        yield -negative, assignment
        push(i, j + 1)
        if j == 0:
            push(i + 1, 0)


def product(streams: Sequence[Stream]) -> Iterator[Scored]:
    """Yield every combination of one item from each stream, in no promised order, without sorting."""
    if not streams:
        yield 0, ()
        return
    # Those with one item first: going on from one combination to the next seldom comes back to them.
    layers = sorted(streams, key=lambda stream: stream.at(1) is not None)
    together = [0] * sum(len(stream.places) for stream in layers)
    readers, scores = [iter(layers[0])], [0]
    while readers:
        item = next(readers[-1], None)
        if item is None:
            readers.pop()
            scores.pop()
            continue
        score, assignment = item
        for place, value in zip(layers[len(readers) - 1].places, assignment, strict=True):
            together[place] = value
        if len(readers) == len(layers):
            yield scores[-1] + score, tuple(together)
        else:
            readers.append(iter(layers[len(readers)]))
            scores.append(scores[-1] + score)
