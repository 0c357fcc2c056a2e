"""Says how well a source fits a dependency, as named pieces of evidence whose integer points add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from ...specs import PipelineSpec, Port
from ..binding_ends import Dependency, Label, Source
from .asked import Asked
from .content_evidence import CONTENT_EVIDENCE
from .evidence import Evidence
from .likeness import Likeness
from .meaning import Meaning
from .name_evidence import NAME_EVIDENCE, Called
from .offers import SourceMeaning
from .pieces import PIECES
from .source_list_evidence import LISTED, is_listed
from .step_evidence import STEP_EVIDENCE, Making, SidesOfConditions, Taking
from .type_evidence import TYPE_EVIDENCE
from .vocabulary import Vocabulary
from .wants import Wants

Pieces = tuple[Evidence, ...]

Sides = Mapping[str, SidesOfConditions]
"""The sides of conditions that each step stands on."""

_NOWHERE: SidesOfConditions = frozenset()


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
    def piece(self) -> Callable[[str, int], Evidence]:
        """A piece of evidence; what is found several times is worth as much as its limit."""
        points = {kind: self.weights.get(kind, piece.points) for kind, piece in PIECES.items()}
        return cache(lambda kind, times: Evidence(kind, points[kind] * min(times, PIECES[kind].at_most)))

    def pieces(self, counted: Iterable[tuple[str, int]]) -> Pieces:
        """Make pieces of evidence of kinds and how often they were found."""
        return tuple([self.piece(kind, times) for kind, times in counted])

    @cached_property
    def names(self) -> Asked[Called, Called]:
        """The table of names, asked of what dependencies and sources are called."""
        return Asked(NAME_EVIDENCE)

    @cached_property
    def contents(self) -> Asked[Wants, SourceMeaning]:
        """The table of contents, asked of what dependencies want and what sources are about."""
        return Asked(CONTENT_EVIDENCE)

    @cached_property
    def steps(self) -> Asked[Taking, Making]:
        """The table of steps, asked of those that take and those that make."""
        return Asked(STEP_EVIDENCE)

    @cached_property
    def called(self) -> Callable[[Label, bool], Called]:
        """What an end is called; without `is_chosen`, by SageMaker."""
        words, keywords = self.vocabulary.words, self.vocabulary.keywords
        return cache(
            lambda label, is_chosen: Called(
                label, words(label.name), words(label.section), keywords(label.keywords), is_chosen
            )
        )

    @cached_property
    def likened(self) -> Callable[[Label, Label, bool], Pieces]:
        """The evidence that two labels give; steps call their ports alike, so each pair is weighed once."""

        def likened(wanted: Label, offered: Label, is_chosen: bool) -> Pieces:
            found = self.names.found(self.called(wanted, is_chosen), self.called(offered, True))
            return self.pieces(found)

        return cache(likened)

    @cached_property
    def _typed(self) -> dict[tuple[str, str, bool, str, str, bool], Pieces]:
        return {}

    def typed(self, wants: Wants, offer: SourceMeaning) -> Pieces:
        """Return the evidence of types; there are few, so each pair is weighed once."""
        types = (
            *(wants.type, wants.data_type, wants.asks_place),
            *(offer.type, offer.data_type, offer.names_place),
        )
        found = self._typed.get(types)
        if found is None:
            found = self._typed[types] = self.pieces(TYPE_EVIDENCE.found(-1, wants, offer))
        return found

    @cached_property
    def _takings(self) -> dict[Port, Taking]:
        return {}

    def taking(self, dependency: Dependency) -> Taking:
        """Return a dependency and the step that has it."""
        port = dependency.port
        found = self._takings.get(port)
        if found is None:
            needs, step = self.meaning.need(dependency), self.meaning.steps[port.step]
            taking = Taking(dependency, needs, step, self.sides.get(port.step, _NOWHERE), self.meaning)
            found = self._takings[port] = taking
        return found

    @cached_property
    def _makings(self) -> dict[Port, Making]:
        return {}

    def making(self, source: Source) -> Making:
        """Return an output and the step that makes it."""
        port = source.port
        found = self._makings.get(port)
        if found is None:
            offer, step = self.meaning.offer(source), self.meaning.steps[port.step]
            making = Making(source, offer, step, self.sides.get(port.step, _NOWHERE), self.meaning)
            found = self._makings[port] = making
        return found

    @cached_property
    def likeness(self) -> Likeness:
        """What tells which dependencies, and which sources, are alike."""
        return Likeness(self.meaning)

    @cached_property
    def weighed(self) -> dict[tuple[int, int, bool, tuple[bool, bool, bool] | None], Pieces]:
        """The evidence that was weighed, by what is alike."""
        return {}

    def between(self, output: Port, taker: str, maker: str) -> tuple[bool, bool, bool]:
        """Tell what the rules ask of two steps: what comes between them, and where they stand."""
        meaning = self.meaning
        sides = self.sides.get(maker, _NOWHERE)
        return (
            meaning.is_superseded(output, taker),
            not sides <= self.sides.get(taker, _NOWHERE),
            meaning.are_apart(taker, maker),
        )


def evidence(ranking: Ranking, dependency: Dependency, source: Source) -> Pieces:
    """Gather the evidence for binding a dependency to a source.

    It is weighed once for all pairs that are alike: by what either tells alone, by whether one names the
    other, and by what the rules ask of two steps.
    """
    taker, maker = dependency.port.step, source.port.step
    if taker == maker:
        return weigh(ranking, dependency, source)  # a name is like itself, whatever names it is like
    between = None if source.is_input else ranking.between(source.port, taker, maker)
    named = is_listed(dependency, source)
    alike = ranking.likeness.of_dependency(dependency), ranking.likeness.of_source(source), named, between
    known = ranking.weighed.get(alike)
    if known is None:
        known = ranking.weighed[alike] = weigh(ranking, dependency, source)
    return known


def weigh(ranking: Ranking, dependency: Dependency, source: Source) -> Pieces:
    """Gather the evidence for one binding, whatever is known of others like it."""
    wants, offer = ranking.meaning.need(dependency), ranking.meaning.offer(source)
    listed = (ranking.piece(LISTED.kind, 1),) if is_listed(dependency, source) else ()
    of_source = (
        *ranking.likened(dependency.label, source.label, wants.is_named),
        *ranking.typed(wants, offer),
        *listed,
        *ranking.pieces(ranking.contents.found(wants, offer)),
    )
    if source.is_input:
        return of_source
    made = ranking.steps.found(ranking.taking(dependency), ranking.making(source))
    return (*of_source, *ranking.pieces(made))


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
    sides: dict[str, SidesOfConditions] = {}
    for member in home:
        around: set[tuple[str, str]] = set()
        step = member
        while step in home and home[step] not in around:
            around.add(home[step])
            step = home[step][0]
        sides[member] = frozenset(around)
    return sides
