"""The sources that stand a chance with each dependency: what joint evidence is stated of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from ...specs import Port
from ..binding_ends import Dependency
from ..ranking.evidence import Fact, Joint, Several, Term, number_of_ways, ways_of
from .candidates import PipelinePorts
from .joint_pieces import joint_points

NEAR = 12
"""A source that scores so many points less than a dependency's best is not thought of in joint evidence."""

MAX_WAYS_WRITTEN_OUT = 200
"""Evidence of more ways than these is stated with facts that are shared; of fewer, each way is written out.

Ways multiply along a pipeline: twenty steps that may all feed one another have hundreds of thousands.
"""


@dataclass(frozen=True)
class Near:
    """The dependencies of a pipeline with the sources near their best."""

    ports: PipelinePorts

    @cached_property
    def of(self) -> Callable[[Port], tuple[Port, ...]]:
        """The sources near a dependency's best."""
        at = {item.port: item for item in self.ports.dependencies}
        return cache(lambda port: self.within(at[port], NEAR))

    def within(self, dependency: Dependency, points: int) -> tuple[Port, ...]:
        """Return the sources that score at most so many points less than a dependency's best."""
        self.ports.deadline.check()
        considered = self.ports.considered(dependency)  # the best comes first
        return tuple(item.source for item in considered if item.score >= considered[0].score - points)

    @cached_property
    def by_step(self) -> Callable[[Port], Mapping[str, frozenset[Port]]]:
        """The sources near a dependency's best, by their steps."""

        def by_step(port: Port) -> Mapping[str, frozenset[Port]]:
            self.ports.deadline.check()
            found: defaultdict[str, list[Port]] = defaultdict(list)
            for source in self.of(port):
                found[source.step].append(source)
            return {step: frozenset(sources) for step, sources in found.items()}

        return cache(by_step)

    @cached_property
    def of_step(self) -> Mapping[str, Sequence[Dependency]]:
        """Map every step to its dependencies."""
        found: defaultdict[str, list[Dependency]] = defaultdict(list)
        for dependency in self.ports.dependencies:
            found[dependency.port.step].append(dependency)
        return found

    def stage(self, step: str) -> int:
        """Tell how late a step stands; 0 where that is not known."""
        meaning = self.ports.ranking.meaning.steps.get(step)
        return (meaning.stage if meaning else None) or 0

    def points(self, kind: str) -> int:
        """Say what a kind of evidence is worth here."""
        return joint_points(self.ports.ranking, kind)

    def joint(self, kind: str, *ways: Iterable[Term]) -> Joint:
        """Make a piece of joint evidence that holds when all terms of some way do."""
        self.ports.deadline.check()
        return Joint.of(kind, self.points(kind), ways)

    def shared(self, kind: str, fact: Fact, about: Iterable[Port], known: dict[Several, int]) -> Joint:
        """Make a piece of joint evidence about some ports; where it has few ways, they are written out.

        `known` are the numbers of ways of facts.
        """
        if number_of_ways(fact, known) <= MAX_WAYS_WRITTEN_OUT:
            return self.joint(kind, *ways_of(fact))
        return Joint(kind, self.points(kind), fact, (kind, [[(port, [])] for port in about]))
