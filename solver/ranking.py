"""Says how well a source fits a dependency, as named pieces of evidence whose integer points add up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ..specs import Match, PipelineSpec
from .rules import Context, Dependency, Source


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
"""What each kind of evidence is worth; sources: hand-set on real pipelines, see ARCHITECTURE.md."""

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_NOISE = frozenset(
    (
        "s3",
        "s",
        "uri",
        "url",
        "path",
        "input",
        "output",
        "data",
        "dataset",
        "file",
        "files",
        "of",
        "for",
        "and",
        "to",
    )
)
_SAME = {"val": "validation", "valid": "validation", "eval": "evaluation", "evaluate": "evaluation"} | {
    "training": "train",
    "trained": "train",
    "trainer": "train",
    "testing": "test",
    "artifact": "model",
    "artifacts": "model",
    "preprocessing": "preprocess",
    "preprocessed": "preprocess",
    "processed": "process",
    "processing": "process",
    "metric": "metrics",
    "register": "registration",
}
_SPLITS = frozenset(("raw", "train", "validation", "test"))


@cache
def words(name: str) -> frozenset[str]:
    """Split a name at its case and punctuation into content words, each in its canonical form."""
    found = (part.lower() for part in _WORD.findall(name))
    return frozenset(_SAME.get(word, word) for word in found if word not in _NOISE and not word.isdigit())


@dataclass(frozen=True)
class Ranking:
    """What scoring needs to know of the whole pipeline, gathered once.

    `common` are the words found in over half of the step names, which tell nothing; `sides` maps a step to
    the branch sides that it stands on, those around its own condition included.
    """

    common: frozenset[str]
    sides: Mapping[str, frozenset[tuple[str, str]]]

    @classmethod
    def of(cls, pipeline: PipelineSpec) -> Ranking:
        """Gather what scoring needs from a pipeline."""
        names = [words(name) for name in pipeline.steps]
        counted = {word for found in names for word in found}
        common = frozenset(
            word
            for word in counted
            if len(names) > 2 and 2 * sum(word in found for found in names) > len(names)
        )
        return cls(common, _sides(pipeline))


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
    pieces = (
        *_name_evidence(dependency, source),
        *_type_evidence(context, dependency, source),
        *_step_evidence(ranking, dependency, source),
    )
    return tuple(Evidence(kind, points) for kind, points in pieces if points)


def _times(kind: str, count: int, at_most: int) -> Iterator[tuple[str, int]]:
    if count:
        yield kind, min(POINTS[kind] * count, at_most)


def _name_evidence(dependency: Dependency, source: Source) -> Iterator[tuple[str, int]]:
    wanted, offered = dependency.spec.logical_name, source.spec.logical_name
    left, right = words(wanted), words(offered)
    if wanted.casefold() == offered.casefold():
        yield "exact-name", POINTS["exact-name"]
    elif offered in dependency.spec.aliases or wanted in source.spec.aliases:
        yield "alias", POINTS["alias"]
    elif left and left == right:
        yield "same-words", POINTS["same-words"]
    elif left and right and (left < right or right < left):
        yield "contained-words", POINTS["contained-words"]
    else:
        yield from _times("shared-words", len(left & right), 6)
    if left & _SPLITS and right & _SPLITS and not left & right & _SPLITS:
        yield "other-split", POINTS["other-split"]
    keywords = _all_words(dependency.spec.semantic_keywords)
    described = right | _all_words(source.spec.semantic_keywords)
    yield from _times("keywords", len(keywords & described), 6)


def _all_words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in words(name))


def _type_evidence(context: Context, dependency: Dependency, source: Source) -> Iterator[tuple[str, int]]:
    match = context.lattice.match(dependency.spec.dependency_type, source.spec.output_type)
    kind = {Match.EXACT: "exact-type", Match.UNTYPED: "untyped"}.get(match or Match.EXACT, "accepted-type")
    yield kind, POINTS[kind]
    same = dependency.spec.data_type == source.spec.data_type
    kind = "exact-data-type" if same else "accepted-data-type"
    yield kind, POINTS[kind]
    if not source.names.isdisjoint(dependency.spec.compatible_sources):
        yield "named-source", POINTS["named-source"]


def _step_evidence(ranking: Ranking, dependency: Dependency, source: Source) -> Iterator[tuple[str, int]]:
    if source.is_input:
        return
    yield "made-by-step", POINTS["made-by-step"]
    producer = words(source.port.step) - ranking.common
    consumer = words(dependency.port.step) - ranking.common
    yield from _times("step-name", len(words(dependency.port.name) & producer), 10)
    yield from _times("step-names-alike", len(consumer & producer), 9)
    around = ranking.sides.get(dependency.port.step, frozenset())
    if not ranking.sides.get(source.port.step, frozenset()) <= around:
        yield OUTSIDE_BRANCH, POINTS[OUTSIDE_BRANCH]
