"""States that a step which takes data and makes it anew is not passed by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import ClassVar

from ...specs import INPUTS, DependencyType, Port
from ...specs.facets import MODEL_GROUP
from ..binding_ends import Dependency
from ..ranking.evidence import Fact, Joint, Several, Term, WaysKey, every, some
from ..ranking.purpose import DATASET_TYPES
from .near import MAX_WAYS_WRITTEN_OUT, Near

_A_MODEL = frozenset(("trained-model",))

MAX_MODEL_STEPS = 12
"""Where more steps make models, each is one of its own, and none another made anew: of so many, most would be
passed by in every wiring, and the best among those is hard to prove.
"""

MAX_FED_STEPS = 3
"""Steps of which no more than these are fed by one are written out, way by way."""

Remakers = Mapping[str, Fact]
"""Steps that may make something anew, each with what says that it takes from the one before."""


@dataclass(frozen=True)
class Refinement:
    """What steps may make anew of what others made: something of the same name."""

    near: Near
    kind: ClassVar[str] = "passed-by"

    def takers(self) -> Iterator[Dependency]:
        """Yield the dependencies that may pass by a step."""
        made_anew = (*DATASET_TYPES, *([DependencyType.MODEL_ARTIFACTS] if self.models else ()))
        yield from (item for item in self.near.ports.dependencies if item.spec.dependency_type in made_anew)

    def joints(self) -> Iterator[Joint]:
        """Yield a piece for each dependency that could pass by a step."""
        for dependency in self.takers():
            remade = {old: found for old, found in self.remade(dependency) if found}
            self.near.ports.deadline.check()
            many = sum(map(len, remade.values())) > MAX_WAYS_WRITTEN_OUT
            if many and any(len(found) > MAX_FED_STEPS + 1 for found in remade.values()):
                yield self.shared(dependency.port, remade)
            elif ways := [*self.ways(dependency.port, remade)]:
                yield self.near.joint(self.kind, *ways)

    def remade(self, dependency: Dependency) -> Iterator[tuple[Port, Remakers]]:
        """Yield each source with the steps that may make it anew, the taker itself among them.

        A taker could take what they make instead.
        """
        meaning, taker = self.near.ports.ranking.meaning, dependency.port.step
        outputs = [port for port in self.near.of(dependency.port) if port.step != INPUTS]
        makers: defaultdict[frozenset[str], set[str]] = defaultdict(set)
        for new in outputs:
            if not meaning.order.follows(new.step, taker):
                makers[self.thing(new)].add(new.step)
        steps = {
            thing: self.one_of_all(frozenset((*found, *({taker} & self.makers(thing)))))
            for thing, found in makers.items()
        }
        for old in outputs:
            thing = self.thing(old)
            if thing in steps:
                yield old, self.remakers(steps[thing], old.step)

    @cached_property
    def thing(self) -> Callable[[Port], frozenset[str]]:
        """What an output is, made anew or not: a model, or what the words of its name tell."""
        thing, models = self.near.ports.ranking.meaning.thing, self.models
        return cache(lambda port: _A_MODEL if port in models else thing(port.name))

    @cached_property
    def models(self) -> frozenset[Port]:
        """The outputs that are models: packed, calibrated, converted, each is the one before made anew."""
        meaning = self.near.ports.ranking.meaning
        found = frozenset(
            source.port
            for source in self.near.ports.sources
            if "trained-model" in meaning.offer(source).facets.get(MODEL_GROUP, ())
        )
        return found if len({port.step for port in found}) <= MAX_MODEL_STEPS else frozenset()

    @cached_property
    def makers(self) -> Callable[[frozenset[str]], frozenset[str]]:
        """The steps that make a thing."""
        found: defaultdict[frozenset[str], set[str]] = defaultdict(set)
        for source in self.near.ports.sources:
            if not source.is_input:
                found[self.thing(source.port)].add(source.port.step)
        frozen = {thing: frozenset(steps) for thing, steps in found.items()}
        return lambda thing: frozen.get(thing, frozenset())

    @cached_property
    def one_of_all(self) -> Callable[[frozenset[str]], frozenset[str]]:
        """One of all equal sets, so that what is known of a set is found by itself."""
        return cache(lambda steps: steps)

    @cached_property
    def remakers(self) -> Callable[[frozenset[str], str], Remakers]:
        """Those of some steps that may make anew what another made."""
        meaning = self.near.ports.ranking.meaning

        def remakers(steps: frozenset[str], old: str) -> Remakers:
            self.near.ports.deadline.check()
            found = ((step, self.fed(step, old)) for step in sorted(steps) if step != old)
            return {step: fed for step, fed in found if fed and not meaning.are_apart(old, step)}

        return cache(remakers)

    @cached_property
    def fed(self) -> Callable[[str, str], Fact | None]:
        """What says that a step takes from another; None where it cannot."""

        def fed(step: str, old: str) -> Fact | None:
            terms = [
                Term(dependency.port, sources)
                for dependency in self.near.of_step.get(step, ())
                if (sources := self.near.by_step(dependency.port).get(old))
            ]
            return some(*terms) if terms else None

        return cache(fed)

    def ways(self, taker: Port, remade: Mapping[Port, Remakers]) -> Iterator[tuple[Term, Term]]:
        """Yield the ways in which a taker passes a step by."""
        for old, remakers in remade.items():
            taken = Term(taker, frozenset((old,)))
            for step, fed in remakers.items():
                if step != taker.step:
                    terms = (fed,) if isinstance(fed, Term) else fed.facts
                    yield from ((taken, term) for term in terms if isinstance(term, Term))

    def shared(self, taker: Port, remade: Mapping[Port, Remakers]) -> Joint:
        """State the same with the facts that other takers share.

        Where the taker is itself a step that makes anew what it takes, another one beside it must.
        """
        facts = [
            every(Term(taker, self.alone(old)), self.at_least(1 + (taker.step in remakers), remakers))
            for old, remakers in remade.items()
            if remakers.keys() - {taker.step}
        ]
        key: WaysKey = self.kind, [[(taker, [])]]
        return Joint(self.kind, self.near.points(self.kind), some(*facts), key)

    @cached_property
    def alone(self) -> Callable[[Port], frozenset[Port]]:
        """A source by itself, one set for all who ask: there may be hundreds of thousands."""
        return cache(lambda source: frozenset((source,)))

    @cached_property
    def _counted(self) -> dict[tuple[int, int], tuple[Remakers, Fact]]:
        return {}

    def at_least(self, least: int, remakers: Remakers) -> Fact:
        """Say that so many of some steps are fed; one fact for all who ask for the same."""
        known = self._counted.get((least, id(remakers)))
        if known is None:
            fact: Fact = Several(least, tuple(remakers.values()))
            known = self._counted[least, id(remakers)] = remakers, fact
        return known[1]
