"""Finds the sources that each dependency may take, and tells of the others how near they come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from ...problems.problem import Position
from ...specs import INPUTS, PipelineSpec, Port
from ..binding_ends import Dependency, Label, Source
from ..deadline import NEVER, Deadline
from ..ranking.evidence import Evidence
from ..ranking.ranking import Ranking, evidence, weigh
from ..ranking.source_list_evidence import UNLISTED
from .context import RuleContext
from .unary_rules import Verdict, fits, passes, verdicts

FEW_SOURCES = 20
"""So many are weighed sooner than it is seen which of them are alike."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that passes every unary rule for a dependency, with its evidence."""

    source: Port
    score: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class NearMiss:
    """A source that a dependency may not take: what every rule says, and the points it would have."""

    source: Port
    verdicts: tuple[Verdict, ...]
    points: int
    position: Position | None = None

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The rules that fail, in the order of RULES."""
        return tuple(verdict for verdict in self.verdicts if not verdict.passed)


@dataclass(frozen=True)
class PipelinePorts:
    """All dependencies and sources of a pipeline, in canonical order, and what judges them."""

    pipeline: PipelineSpec
    deadline: Deadline = NEVER
    """When to stop judging: what asks for candidates or near misses then gets TimeIsUp."""

    @cached_property
    def _listed(self) -> RuleContext:
        """What the rules need to know where every `compatible_sources` is taken as it stands."""
        return RuleContext.of(self.pipeline)

    @cached_property
    def context(self) -> RuleContext:
        """What the rules need to know."""
        if self._listed.source_policy != "auto":
            return self._listed
        listing = [item for item in self.dependencies if item.spec.compatible_sources]
        starved = [item for item in listing if not self._has_source(self._listed, item)]
        free = replace(self._listed, source_policy="prefer")
        unmet = frozenset(item.port for item in starved if self._has_source(free, item))
        return replace(self._listed, unmet=unmet)

    def _has_source(self, context: RuleContext, dependency: Dependency) -> bool:
        """Tell whether some source fits a dependency."""
        return any(fits(context, dependency, source) for source in self._worth_judging(context, dependency))

    @cached_property
    def ranking(self) -> Ranking:
        """What scoring needs to know."""
        return Ranking.of(self.pipeline)

    @cached_property
    def dependencies(self) -> tuple[Dependency, ...]:
        """Every dependency, sorted by address."""
        return tuple(
            Dependency(Port(name, port), dependency, step.spec, Label.of(dependency))
            for name, step in sorted(self.pipeline.steps.items())
            for port, dependency in sorted(step.spec.dependencies.items())
        )

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every input and every output, sorted by address."""
        inputs = (
            (Port(INPUTS, name), given.as_output(name), frozenset((name, *given.roles)))
            for name, given in self.pipeline.inputs.items()
        )
        outputs = (
            (Port(name, port), output, step.spec.names | {name})
            for name, step in self.pipeline.steps.items()
            for port, output in step.spec.outputs.items()
        )
        found = (Source(*parts, Label.of(parts[1])) for parts in (*inputs, *outputs))
        return tuple(sorted(found, key=lambda source: source.port))

    @cached_property
    def _filed(self) -> Mapping[tuple[str, str | None, str | None], list[Source]]:
        """File every source under its type, each of its names or None, and its step or None without edges."""
        shelves: defaultdict[tuple[str, str | None, str | None], list[Source]] = defaultdict(list)
        for source in self.sources:
            step = None if self._listed.upstream is None else source.port.step
            for name in (None, *source.names):
                shelves[source.spec.output_type, name, step].append(source)
        return shelves

    def _worth_judging(self, context: RuleContext, dependency: Dependency) -> Collection[Source]:
        """Look up the sources that stand a chance: all others fail `type`, `source` or `edge`."""
        # This only narrows what is then judged: whether a source passes is for the rules alone to say.
        types = context.lattice.accepted(dependency.spec.dependency_type)
        names = context.required_names(dependency) or (None,)
        steps = context.feeders(dependency)
        shelves = product(types, names, (None,) if steps is None else steps)
        found = (source for shelf in shelves for source in self._filed.get(shelf, ()))
        return {source.port: source for source in found}.values()  # one may bear several of the names

    def candidates(self, dependency: Dependency) -> tuple[Candidate, ...]:
        """Return the sources that a dependency may take, best first, ties in order of address."""
        port, pinned = dependency.port, self.context.pins.get(dependency.port)
        return tuple(
            item
            for item in self.considered(dependency)
            if pinned in (None, item.source) and (port, item.source) not in self.context.forbidden
        )

    @cached_property
    def _considered(self) -> dict[Port, tuple[Candidate, ...]]:
        return {}

    def considered(self, dependency: Dependency) -> tuple[Candidate, ...]:
        """Return the same as if nothing were pinned or forbidden."""
        known = self._considered.get(dependency.port)
        if known is None:
            known = self._considered[dependency.port] = self._judge(dependency)
        return known

    def _judge(self, dependency: Dependency) -> tuple[Candidate, ...]:
        self.deadline.check()
        found = []
        unmet = (self.ranking.piece(UNLISTED.kind, 1),) if dependency.port in self.context.unmet else ()
        sources = self._worth_judging(self.context, dependency)
        weighed = evidence if len(sources) > FEW_SOURCES else weigh
        for source in sources:
            if fits(self.context, dependency, source):
                pieces = (*weighed(self.ranking, dependency, source), *unmet)
                found.append(Candidate(source.port, sum(piece.points for piece in pieces), pieces))
        return tuple(sorted(found, key=lambda candidate: (-candidate.score, candidate.source)))

    def near_miss(self, dependency: Dependency, source: Source) -> NearMiss | None:
        """Tell how near a source comes that a dependency may not take; None for one that it may."""
        if passes(self.context, dependency, source):
            return None
        points = sum(piece.points for piece in evidence(self.ranking, dependency, source))
        judged = tuple(verdicts(self.context, dependency, source))
        return NearMiss(source.port, judged, points, self.pipeline.place_of_source(source.port))

    def near_misses(self, dependency: Dependency) -> tuple[NearMiss, ...]:
        """Return the sources that a dependency may not take: fewest failed rules first, then most points.

        The step's own outputs, which nothing could make it take, come last.
        """
        self.deadline.check()
        own = dependency.port.step
        judged = (self.near_miss(dependency, source) for source in self.sources)
        return tuple(
            sorted(
                (miss for miss in judged if miss),
                key=lambda miss: (miss.source.step == own, len(miss.failed), -miss.points, miss.source),
            )
        )
