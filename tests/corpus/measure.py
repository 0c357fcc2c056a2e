"""Wires cases and compares every binding with the one its author wrote."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import stepwire
from stepwire.solver.ranking.doubt import UP_TO

from .cases import Case


class Judged(NamedTuple):
    """One dependency of a case: what it takes, what it should take, and what another source would cost."""

    case: str
    kind: str
    dependency: str
    found: str | None
    expected: str
    margin: int | None

    @property
    def is_right(self) -> bool:
        """Tell whether it takes what its author meant."""
        return self.found == self.expected

    @property
    def name(self) -> str:
        """The dependency's name, without its step."""
        return self.dependency.partition(".")[2]

    def is_flagged(self, below: int) -> bool:
        """Tell whether it carries a warning when margins `below` that do."""
        return self.margin is not None and self.margin < below


def judge(case: Case) -> list[Judged]:
    """Wire a case and judge every dependency that it knows the source of."""
    wiring = stepwire.resolve(case.pipeline)
    bindings = {str(port): binding for port, binding in wiring.bindings.items()}
    found = []
    for dependency, expected in sorted(case.wiring.items()):
        binding = bindings.get(dependency)
        source, margin = (str(binding.source), binding.margin) if binding else (None, None)
        kind = case.kind(dependency.partition(".")[0])
        found.append(Judged(case.name, kind, dependency, source, expected, margin))
    return found


@dataclass(frozen=True)
class Figures:
    """What is counted over the judged dependencies of many cases."""

    bindings: int
    right: int
    pipelines: int
    pipelines_right: int
    warned: int
    wrong_flagged: int

    @classmethod
    def of(cls, judged: Sequence[Judged], below: int) -> Figures:
        """Count, with a warning on every margin that is smaller than `below`."""
        cases = {item.case for item in judged}
        wrong = [item for item in judged if not item.is_right]
        return cls(
            len(judged),
            len(judged) - len(wrong),
            len(cases),
            len(cases - {item.case for item in wrong}),
            sum(item.is_flagged(below) for item in judged),
            sum(item.is_flagged(below) for item in wrong),
        )

    @property
    def wrong(self) -> int:
        """The number of bindings that are not their authors'."""
        return self.bindings - self.right


MOST_WARNED = 0.12
"""The share of bindings that may carry a warning."""


def threshold(judged: Sequence[Judged]) -> int:
    """Learn the largest threshold at which not too many bindings carry a warning."""
    highest = max((item.margin for item in judged if item.margin is not None), default=0) + 1
    allowed = MOST_WARNED * len(judged)
    return max(
        below for below in range(highest + 1) if sum(item.is_flagged(below) for item in judged) <= allowed
    )


def by_margin(judged: Iterable[Judged]) -> list[tuple[int, int]]:
    """Count, for each band of margins, the bindings and the wrong ones among them; the last are forced."""
    found = [[0, 0] for _ in range(len(UP_TO) + 2)]
    for item in judged:
        band = found[-1 if item.margin is None else bisect_left(UP_TO, item.margin)]
        band[0] += 1
        band[1] += not item.is_right
    return [(count, wrong) for count, wrong in found]


def fitted(judged: Iterable[Judged]) -> list[float]:
    """Fit the share of wrong bindings in each band: never more for a larger margin (pooled neighbours)."""
    pools: list[list[float]] = []
    for count, wrong in by_margin(judged):
        pools.append([count + 1, wrong + 0.5 * (not pools), 1])
        while len(pools) > 1 and pools[-1][1] * pools[-2][0] > pools[-2][1] * pools[-1][0]:
            last = pools.pop()
            pools[-1] = [one + other for one, other in zip(pools[-1], last, strict=True)]
    return [wrong / count for count, wrong, bands in pools for _ in range(int(bands))]


def expected(judged: Sequence[Judged], folds: int) -> list[tuple[float, int]]:
    """Say for each band how many were expected to be wrong by the other folds of the cases, and were."""
    cases = sorted({item.case for item in judged})
    found = [(0.0, 0) for _ in range(len(UP_TO) + 2)]
    for fold in range(folds):
        held_out = set(cases[fold::folds])
        shares = fitted(item for item in judged if item.case not in held_out)
        counts = by_margin(item for item in judged if item.case in held_out)
        found = [
            (before + share * count, was + wrong)
            for (before, was), share, (count, wrong) in zip(found, shares, counts, strict=True)
        ]
    return found


def cross(judged: Sequence[Judged], folds: int, learn: Callable[[Sequence[Judged]], int]) -> list[Figures]:
    """Count each fold of the cases with a threshold learnt from the other folds."""
    cases = sorted({item.case for item in judged})
    found = []
    for fold in range(folds):
        held_out = set(cases[fold::folds])
        below = learn([item for item in judged if item.case not in held_out])
        found.append(Figures.of([item for item in judged if item.case in held_out], below))
    return found


def added(figures: Iterable[Figures]) -> Figures:
    """Add figures up."""
    rows = [vars(item) for item in figures]
    return Figures(**{name: sum(row[name] for row in rows) for name in rows[0]})
