"""Combines ways that mend something each into ways that mend everything, the cheapest first."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from itertools import count

from .remedies import RemedySet, cost

Wound = int
"""The number of something that is to be mended."""

MOST_STEPS = 500
"""How many combinations are looked at."""


def covers(effects: Mapping[RemedySet, frozenset[Wound]], wounds: int) -> Iterator[RemedySet]:
    """Yield remedies that mend the wounds 0, 1, … between them, the cheapest first.

    `effects` says what mends what. It is a best-first search, in which what is left is never estimated to
    cost more than it does.
    """
    by_wound = {
        wound: sorted((way for way in effects if wound in effects[way]), key=cost) for wound in range(wounds)
    }
    if not all(by_wound.values()):
        return
    # What is left costs at least, for each wound, the least share of a way that mends it.
    least = {
        wound: min(max(cost(way), 0) // len(effects[way]) for way in ways) for wound, ways in by_wound.items()
    }
    number = count()
    heap: list[tuple[int, int, tuple[RemedySet, ...], frozenset[Wound]]] = [
        (sum(least.values()), next(number), (), frozenset(by_wound))
    ]
    seen: set[frozenset[RemedySet]] = set()
    for _ in range(MOST_STEPS):
        if not heap:
            return
        _, _, chosen, left = heapq.heappop(heap)
        if not left:
            yield tuple(remedy for way in chosen for remedy in way)
            continue
        for way in by_wound[min(left)]:
            together = frozenset((*chosen, way))
            if together not in seen and _is_minimal(together, effects):
                seen.add(together)
                rest = left - effects[way]
                price = sum(map(cost, together)) + sum(least[wound] for wound in rest)
                heapq.heappush(heap, (price, next(number), (*chosen, way), rest))


def _is_minimal(together: frozenset[RemedySet], effects: Mapping[RemedySet, frozenset[Wound]]) -> bool:
    """Tell whether each way mends something that no other of them does."""
    return all(
        effects[way] - frozenset().union(*(effects[other] for other in together if other != way))
        for way in together
    )
