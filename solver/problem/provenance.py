"""States that the models, reports and data which a step takes belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from ...specs import DependencyType, Port
from ..binding_ends import Dependency
from ..ranking.evidence import Fact, Joint, Several, Term, every, some
from ..ranking.purpose import MODELLING_STAGE, TRAINING_STAGE, USING_STAGE
from .near import Near

DEEP = 4
"""From a model to a step that is about it lead so many bindings at most."""

About = Mapping[Port, Fact]
"""For each trained model that a step may be about, what makes it so."""


@dataclass(frozen=True)
class Lineage:
    """The models that the steps of a pipeline may be about.

    A fact about one step is part of those about the steps that it may feed, and stated once for all of them.
    """

    near: Near
    _ways: dict[Several, int] = field(default_factory=dict)

    @cached_property
    def trained(self) -> frozenset[Port]:
        """The models that the pipeline trains."""
        return frozenset(
            source.port
            for source in self.near.ports.sources
            if source.spec.output_type == DependencyType.MODEL_ARTIFACTS
            and self.near.stage(source.port.step) == TRAINING_STAGE
        )

    def takes_models(self, step: str) -> list[Dependency]:
        """List the dependencies by which a step takes a model."""
        wanted = DependencyType.MODEL_ARTIFACTS
        return [item for item in self.near.of_step.get(step, ()) if item.spec.dependency_type == wanted]

    @cached_property
    def about(self) -> Callable[[str, int], About]:
        """The models that a step may be about: the one it takes, or else what it looks at is about."""

        def about(step: str, deep: int) -> About:
            self.near.ports.deadline.check()
            models = self.takes_models(step)
            found: defaultdict[Port, list[Fact]] = defaultdict(list)
            for dependency in models or self.near.of_step.get(step, ()):
                for source in self.near.of(dependency.port):
                    taken = Term(dependency.port, frozenset((source,)))
                    if source in self.trained:
                        found[source].append(taken)
                    elif deep > 1 and self.near.stage(source.step) >= (
                        MODELLING_STAGE if models else USING_STAGE
                    ):
                        for model, further in self.about(source.step, deep - 1).items():
                            found[model].append(every(taken, further))
            return {model: some(*facts) for model, facts in found.items()}

        return cache(about)

    def behind(self, dependency: Dependency) -> About:
        """Return the models that what a dependency takes may be about: what a step trains is about itself."""
        found: defaultdict[Port, list[Fact]] = defaultdict(list)
        for maker, sources in self.near.by_step(dependency.port).items():
            taken = Term(dependency.port, sources)
            for model in sorted(self.trained):
                if model.step == maker:
                    found[model].append(taken)
            if self.near.stage(maker) >= USING_STAGE:
                for model, fact in self.about(maker, DEEP).items():
                    found[model].append(every(taken, fact))
        return {model: some(*facts) for model, facts in found.items()}

    def joints(self) -> Iterator[Joint]:
        """Say that a step's model, and the report or data that it takes, belong together."""
        if len({port.step for port in self.trained}) < 2:
            return
        for step, dependencies in self.near.of_step.items():
            own = self.about(step, DEEP) if self.takes_models(step) else {}
            for dependency in dependencies if own else ():
                if self.may_be_about_a_model(dependency):
                    yield from self.of_one_model("same-model", own, self.behind(dependency), dependency.port)
        for condition, branch in self.near.ports.pipeline.branches.items():
            gate = self.about(condition, DEEP)
            for member in branch.members if gate else ():
                if self.takes_models(member):
                    about = self.about(member, DEEP)
                    yield from self.of_one_model("gated-model", about, gate, Port(member, condition))

    def may_be_about_a_model(self, dependency: Dependency) -> bool:
        """Tell whether a dependency takes a report or data that could be about a model of this pipeline."""
        is_model = dependency.spec.dependency_type == DependencyType.MODEL_ARTIFACTS
        return not is_model and not self.near.ports.ranking.meaning.need(dependency).is_supplied

    def of_one_model(self, kind: str, one: About, other: About, port: Port) -> Iterator[Joint]:
        """Join what is about one model, when there is any."""
        facts = [every(one[model], other[model]) for model in sorted(one.keys() & other.keys())]
        if facts:
            yield self.near.shared(kind, some(*facts), (port,), self._ways)
