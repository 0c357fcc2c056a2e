"""States the evidence that several bindings give together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, product

from ...specs import INPUTS, DependencyType, Port
from ...specs.facets import STATUS
from ..ports import Dependency
from ..ranking.evidence import Joint, Term
from ..ranking.purpose import DATA_TYPES, MODELLING, TRAINING, USING
from .candidates import Ports

NEAR = 12
"""A source that scores so many points less than a dependency's best is not thought of in joint evidence."""

CLOSE = 5
"""The same for being left unused, which costs as much: for its sake no source further off is taken."""

FEW = 3
"""What so many dependencies or fewer fit may be left unused; of what more fit, somebody takes."""

DEEP = 4
"""From a model to a step that is about it lead so many bindings at most."""

MANY = 200
"""A step that may be about models in more ways than these tells nothing, nor does evidence with more ways.

Ways multiply along a pipeline: twenty steps that may all feed one another have hundreds of thousands.
"""

Route = tuple[Port, tuple[Term, ...]]
"""A trained model, and bindings by which a step is about it."""


def joint_evidence(ports: Ports) -> tuple[Joint, ...]:
    """State all joint evidence of a pipeline, in canonical order.

    It does not depend on pins and forbidden bindings: they take wirings away and leave the others' scores.
    """
    thoughts = JointEvidence(ports)
    found = (
        *thoughts.lineage(),
        *thoughts.refinement(),
        *thoughts.apart(),
        *thoughts.unused(),
    )
    return tuple(sorted({joint for joint in found if joint.points}, key=lambda joint: joint.key))


@dataclass(frozen=True)
class JointEvidence:
    """The dependencies of a pipeline with the sources that stand a chance."""

    ports: Ports

    @cached_property
    def near(self) -> Callable[[Port], tuple[Port, ...]]:
        """The sources near a dependency's best."""
        at = {item.port: item for item in self.ports.dependencies}
        return cache(lambda port: self.within(at[port], NEAR))

    def within(self, dependency: Dependency, points: int) -> tuple[Port, ...]:
        """Return the sources that score at most so many points less than a dependency's best."""
        considered = self.ports.considered(dependency)  # the best comes first
        return tuple(item.source for item in considered if item.score >= considered[0].score - points)

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

    def joint(self, kind: str, *ways: Iterable[Term]) -> Joint:
        """Make a piece of joint evidence, its ways and terms in canonical order."""
        ordered = {tuple(sorted(set(way), key=Term.key)) for way in ways}
        found = sorted(ordered, key=lambda way: [term.key() for term in way])
        return Joint(kind, self.ports.ranking.points[kind], tuple(found))

    # Models -------------------------------------------------------------------------------------------

    @cached_property
    def trained(self) -> frozenset[Port]:
        """The models that the pipeline trains."""
        return frozenset(
            source.port
            for source in self.ports.sources
            if source.spec.output_type == DependencyType.MODEL_ARTIFACTS
            and self.stage(source.port.step) == TRAINING
        )

    def takes_models(self, step: str) -> list[Dependency]:
        """List the dependencies by which a step takes a model."""
        wanted = DependencyType.MODEL_ARTIFACTS
        return [item for item in self.of_step.get(step, ()) if item.spec.dependency_type == wanted]

    @cached_property
    def about(self) -> Callable[[str, int], tuple[Route, ...]]:
        """The models that a step may be about: the one it takes, or else what it looks at is about."""

        def about(step: str, deep: int) -> tuple[Route, ...]:
            models = self.takes_models(step)
            found: list[Route] = []
            for dependency in models or self.of_step.get(step, ()):
                for source in self.near(dependency.port):
                    taken = Term(dependency.port, frozenset((source,)))
                    if source in self.trained:
                        found.append((source, (taken,)))
                    elif deep > 1 and self.stage(source.step) >= (MODELLING if models else USING):
                        further = self.about(source.step, deep - 1)
                        found += ((model, (taken, *terms)) for model, terms in further)
            return tuple(found) if len(found) <= MANY else ()

        return cache(about)

    def behind(self, maker: str) -> Iterator[Route]:
        """Yield the models that what a step makes may be about: those that it trains are its own."""
        yield from ((model, ()) for model in sorted(self.trained) if model.step == maker)
        if self.stage(maker) >= USING:
            yield from self.about(maker, DEEP)

    def lineage(self) -> Iterator[Joint]:
        """Say that a step's model, and the report or data that it takes, belong together."""
        if len({port.step for port in self.trained}) < 2:
            return
        for step, dependencies in self.of_step.items():
            own = self.about(step, DEEP) if self.takes_models(step) else ()
            for dependency in dependencies if own else ():
                if self.may_be_about_a_model(dependency):
                    other = [
                        (model, (Term(dependency.port, sources), *terms))
                        for maker, sources in self.by_step(dependency.port).items()
                        for model, terms in self.behind(maker)
                    ]
                    yield from self.of_one_model("same-model", own, other)
        for condition, branch in self.ports.pipeline.branches.items():
            gate = self.about(condition, DEEP)
            for member in (*branch.if_, *branch.else_) if gate else ():
                if self.takes_models(member):
                    yield from self.of_one_model("gated-model", self.about(member, DEEP), gate)

    def may_be_about_a_model(self, dependency: Dependency) -> bool:
        """Tell whether a dependency takes a report or data that could be about a model of this pipeline."""
        is_model = dependency.spec.dependency_type == DependencyType.MODEL_ARTIFACTS
        return not is_model and not self.ports.ranking.meaning.need(dependency).is_supplied

    def of_one_model(self, kind: str, one: Sequence[Route], other: Sequence[Route]) -> Iterator[Joint]:
        """Join routes that start from one model, when there are any, and not too many."""
        starting = Counter(model for model, _ in one)
        if sum(starting[model] for model, _ in other) > MANY:
            return
        ways = [
            (*terms, *others)
            for (model, terms), (twin, others) in product(one, other)
            if model == twin and _agree(terms, others)
        ]
        if ways:
            yield self.joint(kind, *ways)

    def by_step(self, port: Port) -> Mapping[str, frozenset[Port]]:
        """Group the sources near a dependency's best by their steps."""
        found: defaultdict[str, set[Port]] = defaultdict(set)
        for source in self.near(port):
            found[source.step].add(source)
        return {step: frozenset(sources) for step, sources in found.items()}

    # Data ---------------------------------------------------------------------------------------------

    def refinement(self) -> Iterator[Joint]:
        """Say that a step which takes data and makes it anew is not passed by."""
        for dependency in self.ports.dependencies:
            if dependency.spec.dependency_type in DATA_TYPES:
                near = self.near(dependency.port)
                ways = [
                    (Term(dependency.port, frozenset((old,))), Term(feeding.port, fed))
                    for old, new in product(near, near)
                    if self.makes_anew(old, new, dependency.port.step)
                    for feeding in self.of_step.get(new.step, ())
                    if (fed := self.by_step(feeding.port).get(old.step))
                ]
                if ways:
                    yield self.joint("passed-by", *ways)

    def makes_anew(self, old: Port, new: Port, taker: str) -> bool:
        """Tell whether a taker of one output could take another step's of the same name instead."""
        meaning, words = self.ports.ranking.meaning, self.ports.ranking.vocabulary.words
        return (
            INPUTS not in (old.step, new.step)
            and old.step != new.step
            and words(old.name) == words(new.name)
            and not meaning.order.follows(new.step, taker)
            and not meaning.are_apart(old.step, new.step)
        )

    def apart(self) -> Iterator[Joint]:
        """Say that dependencies which only a number tells apart take different things."""
        words = self.ports.ranking.vocabulary.spelt
        for members in self.of_step.values():
            for left, right in combinations(members, 2):
                if _differ_in_numbers(*(words(item.port.name) for item in (left, right))):
                    for source in set(self.near(left.port)) & set(self.near(right.port)):
                        both = frozenset((source,))
                        yield self.joint("taken-twice", (Term(left.port, both), Term(right.port, both)))

    def unused(self) -> Iterator[Joint]:
        """Say that an input, and a step that a few dependencies fit best, is not left without a taker.

        Those that the document lists as unused may be.
        """
        words, excused = self.ports.ranking.vocabulary.words, frozenset(self.ports.pipeline.unused)
        takers: defaultdict[str | Port, list[tuple[Dependency, set[Port]]]] = defaultdict(list)
        sure: set[str | Port] = set()
        for dependency in self.ports.dependencies:
            close: defaultdict[str | Port, set[Port]] = defaultdict(set)
            for source in self.within(dependency, CLOSE):
                if not words(source.name) & STATUS:
                    close[source if source.step == INPUTS else source.step].add(source)
            if len(close) == 1 and dependency.spec.required:
                sure |= close.keys()
            for maker, sources in close.items():
                takers[maker].append((dependency, sources))
        for maker, found in takers.items():
            if maker not in sure and str(maker) not in excused and len(found) <= FEW:
                kind = "unused-step" if isinstance(maker, str) else "unused-input"
                yield self.joint(kind, [self.elsewhere(*taker) for taker in found])

    def elsewhere(self, dependency: Dependency, sources: set[Port]) -> Term:
        """Say that a dependency takes none of some sources."""
        considered = {item.source for item in self.ports.considered(dependency)}
        return Term(dependency.port, frozenset((*(considered - sources), None)))


def _differ_in_numbers(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell whether two names differ, and in numbers only."""
    pairs = [(one, other) for one, other in zip(left, right, strict=False) if one != other]
    return (
        len(left) == len(right)
        and bool(pairs)
        and all(one.isdigit() and other.isdigit() for one, other in pairs)
    )


def _agree(terms: Sequence[Term], others: Sequence[Term]) -> bool:
    """Tell whether no dependency takes one thing here and another there."""
    taken = dict(terms)
    return all(taken.get(port, sources) == sources for port, sources in others)
