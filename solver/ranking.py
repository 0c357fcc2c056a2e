"""Says how well a source fits a dependency, as named pieces of evidence whose integer points add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from ..specs import Match, PipelineSpec
from .context import Context, Dependency, Source
from .words import Label, words


class Evidence(NamedTuple):
    """One reason for or against a binding; the points of a binding's evidence sum to its score."""

    kind: str
    points: int


OUTSIDE_BRANCH = "outside-branch"
"""The evidence against a source that runs on one side of a condition only, where its taker may not."""

POINTS: Mapping[str, int] = {
    "exact-name": 14,
    "alias": 14,
    "same-words": 12,
    "contained-words": 8,
    "shared-words": 3,
    "other-split": -10,
    "keywords": 2,
    "exact-type": 6,
    "accepted-type": 3,
    "untyped": -2,
    "exact-data-type": 5,
    "accepted-data-type": 1,
    "named-source": 4,
    "made-by-step": 4,
    "step-name": 5,
    "step-names-alike": 3,
    OUTSIDE_BRANCH: -12,
}
"""What each kind of evidence is worth; source: set by hand on real pipelines."""

_PIECES = {kind: Evidence(kind, points) for kind, points in POINTS.items()}
_TYPE_KINDS: Mapping[Match | None, str] = {Match.EXACT: "exact-type", Match.UNTYPED: "untyped"}
_SPLITS = frozenset(("raw", "train", "validation", "test"))


@dataclass(frozen=True)
class Ranking:
    """What scoring needs to know of the whole pipeline, gathered once.

    `telling` maps a step to the words of its name but for those found in over half of the step names, which
    tell nothing; `sides` maps a step to the branch sides that it stands on, those around its own condition
    included.
    """

    telling: Mapping[str, frozenset[str]]
    sides: Mapping[str, frozenset[tuple[str, str]]]

    @classmethod
    def of(cls, pipeline: PipelineSpec) -> Ranking:
        """Gather what scoring needs from a pipeline."""
        steps = pipeline.steps
        counted = Counter(word for name in steps for word in words(name))
        common = {word for word, count in counted.items() if len(steps) > 2 and 2 * count > len(steps)}
        return cls({name: words(name) - common for name in steps}, _sides(pipeline))

    @cached_property
    def likened(self) -> Callable[[Label, Label], tuple[Evidence, ...]]:
        """The evidence that two labels give; steps call their ports alike, so each pair is weighed once."""
        return cache(lambda wanted, offered: tuple(_name_evidence(wanted, offered)))


def _sides(pipeline: PipelineSpec) -> Mapping[str, frozenset[tuple[str, str]]]:
    home = {
        member: (condition, side)
        for condition, branch in sorted(pipeline.branches.items())
        for side, members in (("if", branch.if_), ("else", branch.else_))
        for member in members
    }
    sides: dict[str, frozenset[tuple[str, str]]] = {}
    for member in home:
        around: set[tuple[str, str]] = set()
        step = member
        while step in home and home[step] not in around:
            around.add(home[step])
            step = home[step][0]
        sides[member] = frozenset(around)
    return sides


def evidence(
    ranking: Ranking, context: Context, dependency: Dependency, source: Source
) -> tuple[Evidence, ...]:
    """Gather the evidence for binding a dependency to a source."""
    return (
        *ranking.likened(dependency.label, source.label),
        *_type_evidence(context, dependency, source),
        *_step_evidence(ranking, dependency, source),
    )


def _times(kind: str, count: int, at_most: int) -> tuple[Evidence, ...]:
    return (Evidence(kind, min(POINTS[kind] * count, at_most)),) if count else ()


def _name_evidence(wanted: Label, offered: Label) -> Iterator[Evidence]:
    left, right = words(wanted.name), words(offered.name)
    if wanted.name.casefold() == offered.name.casefold():
        yield _PIECES["exact-name"]
    elif offered.name in wanted.aliases or wanted.name in offered.aliases:
        yield _PIECES["alias"]
    elif left and left == right:
        yield _PIECES["same-words"]
    elif left and right and (left < right or right < left):
        yield _PIECES["contained-words"]
    else:
        yield from _times("shared-words", len(left & right), 6)
    if left & _SPLITS and right & _SPLITS and not left & right & _SPLITS:
        yield _PIECES["other-split"]
    described = right | offered.keyword_words
    yield from _times("keywords", len(wanted.keyword_words & described), 6)


def _type_evidence(context: Context, dependency: Dependency, source: Source) -> Iterator[Evidence]:
    match = context.lattice.match(dependency.spec.dependency_type, source.spec.output_type)
    yield _PIECES[_TYPE_KINDS.get(match, "accepted-type")]
    same = dependency.spec.data_type == source.spec.data_type
    yield _PIECES["exact-data-type" if same else "accepted-data-type"]
    if not source.names.isdisjoint(dependency.spec.compatible_sources):
        yield _PIECES["named-source"]


def _step_evidence(ranking: Ranking, dependency: Dependency, source: Source) -> Iterator[Evidence]:
    if source.is_input:
        return
    yield _PIECES["made-by-step"]
    producer, consumer = ranking.telling[source.port.step], ranking.telling[dependency.port.step]
    yield from _times("step-name", len(words(dependency.port.name) & producer), 10)
    yield from _times("step-names-alike", len(consumer & producer), 9)
    around = ranking.sides.get(dependency.port.step, frozenset())
    if not ranking.sides.get(source.port.step, frozenset()) <= around:
        yield _PIECES[OUTSIDE_BRANCH]
