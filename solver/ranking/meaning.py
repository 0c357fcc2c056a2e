"""What a whole pipeline says of its ports and steps, each read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from ...specs import PipelineSpec, Port
from ...specs.facets import DATA_GROUP, NAMES, PREPARED_WORDS, SPLIT_STAND_INS
from ..binding_ends import Dependency, Source
from .offers import SourceMeaning, read_offer
from .order import StepOrder, parallel_lines
from .purpose import Purpose, Purposes
from .vocabulary import Vocabulary
from .wants import Wants, read_wants


@dataclass(frozen=True)
class Meaning:
    """What the names, kinds and order of a pipeline say of its ports and steps."""

    pipeline: PipelineSpec
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    @cached_property
    def order(self) -> StepOrder:
        """What surely runs before what."""
        return StepOrder.of(self.pipeline)

    @cached_property
    def purposes(self) -> Purposes:
        """What tells what steps are for."""
        return Purposes(self.pipeline, self.vocabulary, self.order)

    @property
    def steps(self) -> Mapping[str, Purpose]:
        """What each step is for."""
        return self.purposes.steps

    @cached_property
    def _offers(self) -> dict[Port, SourceMeaning]:
        return {}

    def offer(self, source: Source) -> SourceMeaning:
        """Return what a source is about."""
        found = self._offers.get(source.port)
        if found is None:
            found = self._offers[source.port] = self._offer(source)
        return found

    @cached_property
    def _offers_of_kinds(self) -> dict[tuple[object, ...], SourceMeaning]:
        return {}

    def _offer(self, source: Source) -> SourceMeaning:
        maker = self.steps.get(source.port.step)
        # Nothing else is looked at, and steps of one kind call their outputs alike.
        made = (maker.check, maker.is_known, maker.stage) if maker else None
        key = (source.port.name, source.spec.output_type, source.spec.data_type, source.is_input, made)
        found = self._offers_of_kinds.get(key)
        if found is None:
            found = self._offers_of_kinds[key] = read_offer(self.purposes, source)
        return found

    @cached_property
    def _needs(self) -> dict[Port, Wants]:
        return {}

    @cached_property
    def _needs_of_kinds(self) -> dict[tuple[object, ...], Wants]:
        return {}

    def need(self, dependency: Dependency) -> Wants:
        """Return what a dependency says of the sources that fit it."""
        found = self._needs.get(dependency.port)
        if found is None:
            found = self._needs[dependency.port] = self._need(dependency)
        return found

    def _need(self, dependency: Dependency) -> Wants:
        step, spec = self.steps[dependency.port.step], dependency.spec
        missed = self._missed(dependency.port.step)
        rank = self.vocabulary.rank(dependency.port.name) or self.vocabulary.rank(dependency.port.step)
        # Nothing else is looked at, and steps of one kind call their dependencies alike.
        called = (spec.logical_name, spec.dependency_type, spec.data_type)
        key = (
            *called,
            step.kind,
            step.stage,
            step.check,
            step.only_reports,
            step.asked,
            step.handles,
            missed,
            rank,
        )
        found = self._needs_of_kinds.get(key)
        if found is None:
            found = self._needs_of_kinds[key] = read_wants(self.purposes, step, spec, missed, rank)
        return found

    @cached_property
    def _offering(self) -> Mapping[str, frozenset[str]]:
        """Map every part of the data to the steps, `inputs` among them, that offer it."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        offered = ((name, port) for name, step in self.pipeline.steps.items() for port in step.spec.outputs)
        for step, name in (*offered, *(("", name) for name in self.pipeline.inputs)):
            for part in self.purposes.facets(name)[DATA_GROUP]:
                found[part].add(step)
        return {part: frozenset(steps) for part, steps in found.items()}

    @cached_property
    def _missed(self) -> Callable[[str], frozenset[str]]:
        """The parts of the data that nobody offers but perhaps the step itself."""
        offering = {part: self._offering.get(part, frozenset()) for part in SPLIT_STAND_INS}
        return cache(lambda step: frozenset(part for part, steps in offering.items() if steps <= {step}))

    @cached_property
    def lines(self) -> Mapping[str, frozenset[str]]:
        """The marks in the steps' names by which parallel lines are told apart."""
        return parallel_lines(self.pipeline, self.vocabulary, self.order)

    def are_apart(self, step: str, other: str) -> bool:
        """Tell whether two steps stand on parallel lines."""
        left, right = self.lines[step], self.lines[other]
        return bool(left and right) and left.isdisjoint(right)

    @cached_property
    def thing(self) -> Callable[[str], frozenset[str]]:
        """The words of a name but for those that tell how it was prepared: `train_scaled` is `train`."""
        words, participles = self.vocabulary.words, self.vocabulary.participles
        return cache(lambda name: words(name) - participles(name) - PREPARED_WORDS or words(name))

    @cached_property
    def makers(self) -> Mapping[frozenset[str], int]:
        """Map the words of output names to the steps that make something so called, as bit sets."""
        found: defaultdict[frozenset[str], set[str]] = defaultdict(set)
        for name, step in self.pipeline.steps.items():
            for output in step.spec.outputs:
                found[self.thing(output)].add(name)
        return {words: self.order.some(steps) for words, steps in found.items()}

    def is_superseded(self, output: Port, taker: str) -> bool:
        """Tell whether a step between an output's and its taker makes something of the same name."""
        if not self.order.after[output.step]:
            return False
        same = self.makers[self.thing(output.name)]
        return self.order.has_between(output.step, taker, same)

    def is_handed_on(self, output: Port) -> bool:
        """Tell whether an output names a thing, and its step takes something of the same name."""
        words, taken = self.vocabulary.words, self.pipeline.steps[output.step].spec.dependencies
        called = words(output.name)
        return not called.isdisjoint(NAMES) and any(words(name) == called for name in taken)
