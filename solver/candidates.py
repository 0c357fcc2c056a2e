"""Finds the sources that each dependency may take, and says of the others why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..specs import INPUTS, PipelineSpec, Port
from .ranking import Evidence, Ranking, evidence
from .rules import AFTER_TYPE, Context, Dependency, Source, Verdict, verdicts


@dataclass(frozen=True)
class Candidate:
    """A source that passes every unary rule for a dependency, with its evidence."""

    source: Port
    score: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Rejection:
    """A source that fails some rule for a dependency, with every rule that fails."""

    source: Port
    failed: tuple[Verdict, ...]


@dataclass(frozen=True)
class Ports:
    """All dependencies and sources of a pipeline, in canonical order, and what judges them."""

    pipeline: PipelineSpec

    @cached_property
    def context(self) -> Context:
        """What the rules need to know."""
        return Context.of(self.pipeline)

    @cached_property
    def ranking(self) -> Ranking:
        """What scoring needs to know."""
        return Ranking.of(self.pipeline)

    @cached_property
    def dependencies(self) -> tuple[Dependency, ...]:
        """Every dependency, sorted by address."""
        return tuple(
            Dependency(Port(name, port), dependency, step.spec)
            for name, step in sorted(self.pipeline.steps.items())
            for port, dependency in sorted(step.spec.dependencies.items())
        )

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every input and every output, sorted by address."""
        inputs = (
            Source(Port(INPUTS, name), given.as_output(name), frozenset((name, *given.roles)))
            for name, given in self.pipeline.inputs.items()
        )
        outputs = (
            Source(Port(name, port), output, step.spec.names)
            for name, step in self.pipeline.steps.items()
            for port, output in step.spec.outputs.items()
        )
        return tuple(sorted((*inputs, *outputs), key=lambda source: source.port))

    @cached_property
    def _by_type(self) -> Mapping[str, list[Source]]:
        index: defaultdict[str, list[Source]] = defaultdict(list)
        for source in self.sources:
            index[source.spec.output_type].append(source)
        return index

    def _of_accepted_type(self, dependency: Dependency) -> Iterator[Source]:
        for type_ in self.context.lattice.accepted(dependency.spec.dependency_type):
            yield from self._by_type.get(type_, ())

    def candidates(self, dependency: Dependency) -> tuple[Candidate, ...]:
        """Return the sources that a dependency may take, best first, ties in order of address."""
        found = []
        for source in self._of_accepted_type(dependency):
            if all(rule.holds(self.context, dependency, source) for rule in AFTER_TYPE):
                pieces = evidence(self.ranking, self.context, dependency, source)
                found.append(Candidate(source.port, sum(piece.points for piece in pieces), pieces))
        return tuple(sorted(found, key=lambda candidate: (-candidate.score, candidate.source)))

    def rejections(self, dependency: Dependency) -> tuple[Rejection, ...]:
        """Return the sources that a dependency may not take, fewest failed rules first."""
        found = []
        for source in self.sources:
            failed = tuple(item for item in verdicts(self.context, dependency, source) if not item.passed)
            if failed:
                found.append(Rejection(source.port, failed))
        return tuple(sorted(found, key=lambda rejection: (len(rejection.failed), rejection.source)))
