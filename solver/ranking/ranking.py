"""Says how well a source fits a dependency, as named pieces of evidence whose integer points add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from ...specs import Match, PipelineSpec, Port
from ...specs.evidence_points import PIECES
from ..binding_ends import Dependency, Label, Source
from .binding_evidence import (
    BY_SAGEMAKER,
    BY_THEIR_AUTHORS,
    OF_ANY_SOURCE,
    OF_OUTPUTS,
    Made,
    SeenBinding,
    SeenNames,
    found,
)
from .evidence import Evidence
from .likeness import Likeness
from .meaning import Meaning
from .vocabulary import Vocabulary

Sides = Mapping[str, frozenset[tuple[str, str]]]
"""The sides of conditions that a step stands on: the condition, and `if` or `else`."""


@dataclass(frozen=True)
class Ranking:
    """What scoring needs to know of the whole pipeline, gathered once.

    `sides` maps a step to the branch sides that it stands on, those around its own condition included.
    """

    meaning: Meaning
    sides: Sides
    weights: Mapping[str, int]

    @classmethod
    def of(cls, pipeline: PipelineSpec) -> Ranking:
        """Gather what scoring needs from a pipeline."""
        taught = pipeline.ranking
        return cls(
            Meaning(pipeline, Vocabulary.of(_names(pipeline), taught.synonyms)),
            _sides(pipeline),
            taught.weights,
        )

    @property
    def vocabulary(self) -> Vocabulary:
        """What reads names."""
        return self.meaning.vocabulary

    @cached_property
    def points(self) -> Mapping[str, int]:
        """What each kind of evidence is worth here."""
        return {kind: piece.points for kind, piece in PIECES.items()} | dict(self.weights)

    @cached_property
    def piece(self) -> Callable[[str, int], Evidence]:
        """A piece of evidence; what is found several times is worth as much as its limit."""
        points = self.points
        return cache(lambda kind, times: Evidence(kind, points[kind] * min(times, PIECES[kind].at_most)))

    def pieces(self, counted: Iterable[tuple[str, int]]) -> tuple[Evidence, ...]:
        """Make pieces of evidence of kinds and how often they were found."""
        return tuple(self.piece(kind, times) for kind, times in counted)

    @cached_property
    def likened(self) -> Callable[[Label, Label, bool], tuple[Evidence, ...]]:
        """The evidence that two labels give; steps call their ports alike, so each pair is weighed once."""
        words, rules = self.vocabulary.words, (BY_SAGEMAKER, BY_THEIR_AUTHORS)

        def evidence(wanted: Label, offered: Label, is_named: bool) -> tuple[Evidence, ...]:
            names = SeenNames(wanted, offered, words(wanted.name), words(offered.name), self.vocabulary)
            return self.pieces(found(rules[is_named], names))

        return cache(evidence)

    @cached_property
    def likeness(self) -> Likeness:
        """What tells which dependencies, and which sources, are alike."""
        return Likeness(self.meaning)

    @cached_property
    def weighed(self) -> dict[tuple[int, int, bool, tuple[bool, bool, bool] | None], tuple[Evidence, ...]]:
        """The evidence that was weighed, by what is alike."""
        return {}

    def between(self, output: Port, taker: str, maker: str) -> tuple[bool, bool, bool]:
        """Tell what the rules ask of two steps: what comes between them, and where they stand."""
        meaning = self.meaning
        return (
            meaning.is_superseded(output, taker),
            bool(self.sides_between(taker, maker)),
            meaning.are_apart(taker, maker),
        )

    def sides_between(self, taker: str, maker: str) -> frozenset[tuple[str, str]]:
        """Return the branch sides on which the maker runs and the taker may not."""
        on = self.sides.get(maker)
        return on - self.sides.get(taker, frozenset()) if on else frozenset()

    @cached_property
    def match(self) -> Callable[[str, str], Match | None]:
        """How the types of a dependency and an output go together."""
        return cache(self.meaning.pipeline.lattice.match)


def evidence(ranking: Ranking, dependency: Dependency, source: Source) -> tuple[Evidence, ...]:
    """Gather the evidence for binding a dependency to a source.

    It is weighed once for all pairs that are alike: by what either tells alone, by whether one names the
    other, and by what the rules ask of two steps.
    """
    taker, maker = dependency.port.step, source.port.step
    between = None if source.is_input else ranking.between(source.port, taker, maker)
    named = not source.names.isdisjoint(dependency.spec.compatible_sources)
    alike = ranking.likeness.of_dependency(dependency), ranking.likeness.of_source(source), named, between
    known = ranking.weighed.get(alike)
    if known is None:
        known = ranking.weighed[alike] = weigh(ranking, dependency, source)
    return known


def weigh(ranking: Ranking, dependency: Dependency, source: Source) -> tuple[Evidence, ...]:
    """Gather the evidence for one binding, whatever is known of others like it."""
    meaning = ranking.meaning
    taker, maker = dependency.port.step, source.port.step
    binding = SeenBinding(
        dependency,
        source,
        ranking.match(dependency.spec.dependency_type, source.spec.output_type),
        meaning.need(dependency),
        meaning.offer(source),
        meaning.steps[taker],
        meaning,
    )
    of_source = (
        *ranking.likened(dependency.label, source.label, binding.wants.is_named),
        *ranking.pieces(found(OF_ANY_SOURCE, binding)),
    )
    if source.is_input:
        return of_source
    made = Made(binding, meaning.steps[maker], ranking.sides_between(taker, maker))
    return (*of_source, *ranking.pieces(found(OF_OUTPUTS, made)))


def _names(pipeline: PipelineSpec) -> Iterator[str]:
    yield from pipeline.inputs
    for name, step in pipeline.steps.items():
        yield from (name, *step.spec.dependencies, *step.spec.outputs)


def _sides(pipeline: PipelineSpec) -> Sides:
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
