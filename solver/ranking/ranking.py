"""Says how well a source fits a dependency, as named pieces of evidence whose integer points add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from ...specs import DataType, DependencyType, Match, PipelineSpec
from ...specs.facets import CHECK, DATA, PART, SET_ASIDE, SPLITS
from ...specs.kinds.tuning import TUNING
from ...specs.pieces import OUTSIDE_BRANCH, PIECES
from ..ports import Dependency, Label, Source
from .evidence import Evidence
from .meaning import Meaning, Offer, Wants
from .purpose import DATA_TYPES, PREPARING
from .vocabulary import Vocabulary

_TYPE_KINDS: Mapping[Match | None, str] = {Match.EXACT: "exact-type", Match.UNTYPED: "untyped"}
_FITS, _DOES, _FAILS = "right", "fair", "other"
_REPORT = DependencyType.EVALUATION_REPORT


@dataclass(frozen=True)
class Ranking:
    """What scoring needs to know of the whole pipeline, gathered once.

    `sides` maps a step to the branch sides that it stands on, those around its own condition included.
    """

    meaning: Meaning
    sides: Mapping[str, frozenset[tuple[str, str]]]
    weights: Mapping[str, int]

    @classmethod
    def of(cls, pipeline: PipelineSpec) -> Ranking:
        """Gather what scoring needs from a pipeline."""
        taught = pipeline.ranking
        return cls(Meaning(pipeline, Vocabulary(taught.synonyms)), _sides(pipeline), taught.weights)

    @property
    def vocabulary(self) -> Vocabulary:
        """What reads names."""
        return self.meaning.vocabulary

    @cached_property
    def points(self) -> Mapping[str, int]:
        """What each kind of evidence is worth here."""
        return {kind: piece.points for kind, piece in PIECES.items()} | dict(self.weights)

    def piece(self, kind: str, times: int = 1) -> Evidence:
        """Make a piece of evidence, for what is found several times worth as much as its limit."""
        if times == 1:
            return self._once[kind]
        return Evidence(kind, self.points[kind] * min(times, PIECES[kind].at_most))

    @cached_property
    def _once(self) -> Mapping[str, Evidence]:
        return {kind: Evidence(kind, points) for kind, points in self.points.items()}

    @cached_property
    def typed(self) -> Callable[[str, str], Evidence]:
        """The evidence that the types of a dependency and an output give."""
        match = self.meaning.pipeline.lattice.match
        return cache(
            lambda wanted, offered: self.piece(_TYPE_KINDS.get(match(wanted, offered), "accepted-type"))
        )

    @cached_property
    def likened(self) -> Callable[[Label, Label], tuple[Evidence, ...]]:
        """The evidence that two labels give; steps call their ports alike, so each pair is weighed once."""
        return cache(lambda wanted, offered: tuple(self._name_evidence(wanted, offered)))

    def _name_evidence(self, wanted: Label, offered: Label) -> Iterator[Evidence]:
        left, right = self.vocabulary.words(wanted.name), self.vocabulary.words(offered.name)
        if left and wanted.name.casefold() == offered.name.casefold():
            yield self.piece("exact-name")
        elif offered.name in wanted.aliases or wanted.name in offered.aliases:
            yield self.piece("alias")
        elif left and left == right:
            yield self.piece("same-words")
        elif left and right and (left < right or right < left):
            yield self.piece("contained-words")
        elif left & right:
            yield self.piece("shared-words", len(left & right))
        yield from self._keyword_evidence(wanted, offered)

    def _keyword_evidence(self, wanted: Label, offered: Label) -> Iterator[Evidence]:
        if not wanted.keywords:
            return
        described = self.vocabulary.words(offered.name) | self.vocabulary.keywords(offered.keywords)
        shared = self.vocabulary.keywords(wanted.keywords) & described
        if shared:
            yield self.piece("keywords", len(shared))

    @cached_property
    def likened_by_others(self) -> Callable[[Label, Label], tuple[Evidence, ...]]:
        """The same where the dependency's name is SageMaker's own and only what the user added counts."""

        def evidence(wanted: Label, offered: Label) -> Iterator[Evidence]:
            if offered.name in wanted.aliases or wanted.name in offered.aliases:
                yield self.piece("alias")
            yield from self._keyword_evidence(wanted, offered)

        return cache(lambda wanted, offered: tuple(evidence(wanted, offered)))


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


def evidence(ranking: Ranking, dependency: Dependency, source: Source) -> tuple[Evidence, ...]:
    """Gather the evidence for binding a dependency to a source."""
    need, offer = ranking.meaning.need(dependency), ranking.meaning.offer(source)
    likened = ranking.likened if need.is_named else ranking.likened_by_others
    of_input = (
        *likened(dependency.label, source.label),
        *_type_evidence(ranking, dependency, need, source),
        *_meaning_evidence(ranking, need, offer),
        *_use_evidence(ranking, dependency, need, source, offer),
    )
    if source.is_input:
        return of_input
    return (
        *of_input,
        *_maker_evidence(ranking, dependency, need, source),
        *_step_name_evidence(ranking, dependency.port.step, need, source.port.step, offer),
    )


def _type_evidence(
    ranking: Ranking, dependency: Dependency, need: Wants, source: Source
) -> tuple[Evidence, ...]:
    wanted, offered = dependency.spec, source.spec
    typed = ranking.typed(wanted.dependency_type, offered.output_type)
    same = offered.data_type == wanted.data_type or (need.asks_place and offered.data_type == DataType.S3_URI)
    travels = ranking.piece("exact-data-type" if same else "accepted-data-type")
    if wanted.compatible_sources and not source.names.isdisjoint(wanted.compatible_sources):
        return typed, travels, ranking.piece("named-source")
    return typed, travels


def _meaning_evidence(ranking: Ranking, need: Wants, offer: Offer) -> Iterator[Evidence]:
    for group, offered in offer.facets.items():
        wanted = need.wants.get(group)
        if wanted and wanted.best:
            fits = _FITS if offered <= wanted.best else _FAILS if offered.isdisjoint(wanted.all) else _DOES
            if (kind := f"{fits}-{group}") in PIECES:
                yield ranking.piece(kind)
    if offer.is_name and not need.asks_names:
        yield ranking.piece("name-as-value")
    if offer.is_status and not need.asks_status:
        yield ranking.piece("status")


def _use_evidence(
    ranking: Ranking, dependency: Dependency, need: Wants, source: Source, offer: Offer
) -> Iterator[Evidence]:
    """Say where a source is put to a use that it is not made for, as names, types and the step tell."""
    wanted_type, offered_type = dependency.spec.dependency_type, source.spec.output_type
    split = offer.facets.get(DATA)
    step = ranking.meaning.steps[dependency.port.step]
    if split and not need.split and split <= step.asked:
        yield ranking.piece("other-data")
    elif split and DATA not in need.wants:
        if need.split and need.split.isdisjoint(split):
            yield ranking.piece("other-data")
        elif step.stage == PREPARING and not need.split and split & SET_ASIDE:
            yield ranking.piece("set-aside")
    if offered_type == _REPORT and wanted_type in DATA_TYPES and CHECK not in need.wants:
        yield ranking.piece("report-as-data")
    if wanted_type == _REPORT and offered_type in DATA_TYPES and not {CHECK, PART} & offer.facets.keys():
        yield ranking.piece("data-as-report")


def _maker_evidence(
    ranking: Ranking, dependency: Dependency, need: Wants, source: Source
) -> Iterator[Evidence]:
    """Say what the step that makes the source speaks for and against."""
    meaning, maker, taker = ranking.meaning, source.port.step, dependency.port.step
    if not need.is_supplied:
        yield ranking.piece("made-by-step")
    producer, consumer = meaning.steps[maker], meaning.steps[taker]
    if producer.kind == TUNING.name and source.spec.output_type == DependencyType.MODEL_ARTIFACTS:
        yield ranking.piece("tuned-model")
    if producer.is_later_than(consumer):
        yield ranking.piece("later-stage")
    if meaning.is_superseded(source.port, taker):
        yield ranking.piece("superseded")
    sides = ranking.sides.get(maker)
    if sides and not sides <= ranking.sides.get(taker, frozenset()):
        yield ranking.piece(OUTSIDE_BRANCH)


def _step_name_evidence(
    ranking: Ranking, taker: str, need: Wants, maker: str, offer: Offer
) -> Iterator[Evidence]:
    meaning = ranking.meaning
    producer, consumer = meaning.steps[maker], meaning.steps[taker]
    if need.is_named:
        if named := need.words & producer.words - SPLITS:
            yield ranking.piece("step-name", len(named))
        if told := offer.words & consumer.words - SPLITS:
            yield ranking.piece("taker-name", len(told))
    if need.numbers and need.numbers & ranking.vocabulary.numbers(maker):
        yield ranking.piece("same-number")
    if meaning.are_apart(taker, maker):
        yield ranking.piece("other-line")
    elif alike := consumer.words & producer.words:
        yield ranking.piece("step-names-alike", len(alike))
