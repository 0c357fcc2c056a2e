"""Wires cases and compares every binding with the one its author wrote."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

import stepwire
from stepwire.solver.ranking.doubt import UP_TO

from .cases import Case


class Judged(NamedTuple):
    """One dependency of a case: what it takes, what it should take, and what another source would cost.

    `is_warned` tells that a user is warned of it.
    """

    case: str
    kind: str
    dependency: str
    found: str | None
    expected: str
    margin: int | None
    is_warned: bool = False

    @property
    def repository(self) -> str:
        """Name where a case comes from: cases of one repository are numbered, and begin alike."""
        words = [word for word in self.case.split("-") if not word.lstrip("n").isdigit()]
        return "-".join(words[:2])

    @property
    def is_right(self) -> bool:
        """Tell whether it takes what its author meant."""
        return self.found == self.expected

    @property
    def name(self) -> str:
        """The dependency's name, without its step."""
        return self.dependency.partition(".")[2]

    def is_flagged(self, below: int | None) -> bool:
        """Tell whether it carries a warning, or would when all margins `below` that did."""
        return self.is_warned if below is None else self.margin is not None and self.margin < below


def judge(case: Case) -> list[Judged]:
    """Wire a case and judge every dependency that it knows the source of."""
    wiring = stepwire.resolve(case.pipeline)
    bindings = {str(port): binding for port, binding in wiring.bindings.items()}
    found = []
    for dependency, expected in sorted(case.wiring.items()):
        binding = bindings.get(dependency)
        source, margin = (str(binding.source), binding.margin) if binding else (None, None)
        kind = case.kind(dependency.partition(".")[0])
        is_warned = binding is not None and binding.is_ambiguous
        found.append(Judged(case.name, kind, dependency, source, expected, margin, is_warned))
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
    def of(cls, judged: Sequence[Judged], below: int | None = None) -> Figures:
        """Count, with the warnings there are, or one on every margin that is smaller than `below`."""
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


UNSEEN = (0.58, 0.67, 0.32, 0.34, 0.05, 0.14, 0.02, 0.01)
"""The share of wrong bindings in each band, of 95 pipelines that nobody had seen when points were set."""


def fitted(judged: Iterable[Judged]) -> list[float]:
    """Fit the share of wrong bindings in each band: never more for a larger margin."""
    counts = by_margin(judged)
    return _falling([(count + 1, wrong + 0.5 * (not band)) for band, (count, wrong) in enumerate(counts)])


def told(judged: Sequence[Judged]) -> list[int]:
    """Say what is told of each band but the forced, in a hundred: between what is counted and the unseen."""
    counts, shares = by_margin(judged), [*fitted(judged)]
    between = [(share + unseen) / 2 for share, unseen in zip(shares, UNSEEN, strict=False)]
    weighted = [(count + 1, (count + 1) * share) for (count, _), share in zip(counts, between, strict=False)]
    return [ceil(100 * share) for share in _falling(weighted)]


def _falling(counted: Iterable[tuple[float, float]]) -> list[float]:
    """Pool neighbours, each a weight and what of it is wrong, until shares never rise."""
    pools: list[tuple[float, float, int]] = []
    for weight, wrong in counted:
        pools.append((weight, wrong, 1))
        while len(pools) > 1 and pools[-1][1] * pools[-2][0] > pools[-2][1] * pools[-1][0]:
            (left, some, first), (right, more, then) = pools[-2:]
            pools[-2:] = [(left + right, some + more, first + then)]
    return [wrong / weight for weight, wrong, bands in pools for _ in range(bands)]


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
