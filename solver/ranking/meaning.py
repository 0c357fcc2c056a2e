"""What dependencies want and what sources are about, by the facets of `specs`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ...specs import DependencySpec, DependencyType, PipelineSpec, Port
from ...specs.facets import (
    BASELINE,
    CHECK,
    CHECKED_DATA,
    DATA,
    GROUP_OF,
    LOOKED_AT,
    MODEL,
    NAMES,
    OWN_CHECK,
    PART,
    PLACES,
    STATUS,
)
from ...specs.kinds.catalogue import find_kind
from ...specs.kinds.slot import Slot
from ..ports import Dependency, Source
from .order import Order, parallel_lines
from .purpose import DATA_TYPES, NOTHING, PREPARING, TRAINING, USING, Facets, Purpose, Purposes
from .vocabulary import Vocabulary


class Want(NamedTuple):
    """Facets of one group that are wanted, and those that will do."""

    best: frozenset[str]
    fair: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """All that is wanted or will do."""
        return self.best | self.fair

    def but(self, facets: frozenset[str]) -> Want:
        """Take facets out."""
        return Want(self.best - facets, self.fair - facets)

    def or_else(self, facet: str) -> Want:
        """Add a facet that will do."""
        return Want(self.best, self.fair | {facet})


class Wants(NamedTuple):
    """What a dependency says of the sources that fit it.

    `wants` are facets by group, from its slot or its step; `split` are the splits of the data that its name
    tells. `words` are those of its name, `numbers` the numbers in it; without `is_named` the name is
    SageMaker's own and says nothing. `is_supplied` tells that what it wants comes from outside.
    """

    wants: Mapping[str, Want]
    split: frozenset[str]
    words: frozenset[str]
    numbers: frozenset[str]
    is_named: bool
    is_supplied: bool
    asks_status: bool
    asks_names: bool
    asks_place: bool


class Offer(NamedTuple):
    """What a source is about: facets by group, the words of its name; it may only name, or tell a status."""

    facets: Facets
    words: frozenset[str]
    is_status: bool
    is_name: bool


@dataclass(frozen=True)
class Meaning:
    """What the names, kinds and order of a pipeline say of its ports and steps."""

    pipeline: PipelineSpec
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    @cached_property
    def order(self) -> Order:
        """What surely runs before what."""
        return Order.of(self.pipeline)

    @cached_property
    def purposes(self) -> Purposes:
        """What tells what steps are for."""
        return Purposes(self.pipeline, self.vocabulary, self.order)

    @cached_property
    def steps(self) -> Mapping[str, Purpose]:
        """What each step is for."""
        return self.purposes.steps

    @cached_property
    def _offers(self) -> dict[Port, Offer]:
        return {}

    def offer(self, source: Source) -> Offer:
        """Return what a source is about."""
        found = self._offers.get(source.port)
        if found is None:
            words, type_ = self.vocabulary.words(source.port.name), source.spec.output_type
            is_property = type_ == DependencyType.CUSTOM_PROPERTY
            found = self._offers[source.port] = Offer(
                {group: told for group, told in self._facets(source) if told},
                words,
                is_status=type_ not in DATA_TYPES and bool(words & STATUS),
                is_name=is_property and bool(words & NAMES),
            )
        return found

    def _facets(self, source: Source) -> Iterator[tuple[str, frozenset[str]]]:
        told, type_ = self.purposes.facets(source.port.name), source.spec.output_type
        step = self.steps.get(source.port.step)
        yield CHECK, told[CHECK] or (step.check if step and type_ not in DATA_TYPES else NOTHING)
        yield PART, told[PART]
        is_supplied = source.is_input and type_ == DependencyType.EVALUATION_REPORT
        yield BASELINE, frozenset(("supplied",)) if is_supplied else told[BASELINE]
        if type_ in DATA_TYPES or type_ == DependencyType.ANY:
            yield DATA, told[DATA]
        if type_ == DependencyType.MODEL_ARTIFACTS and step and step.stage in (PREPARING, TRAINING):
            made = "fitted-transformer" if step.stage == PREPARING else "trained-model"
            yield MODEL, told[MODEL] or frozenset((made,))
        elif type_ == DependencyType.MODEL_ARTIFACTS and source.is_input:
            yield MODEL, told[MODEL] or frozenset(("earlier-model",))

    @cached_property
    def need(self) -> Callable[[Dependency], Wants]:
        """What a dependency says of the sources that fit it."""
        known: dict[Port, Wants] = {}

        def need(dependency: Dependency) -> Wants:
            found = known.get(dependency.port)
            if found is None:
                found = known[dependency.port] = self._need_of(dependency)
            return found

        return need

    @cached_property
    def _needs(self) -> dict[tuple[object, ...], Wants]:
        return {}

    def _need_of(self, dependency: Dependency) -> Wants:
        step, spec = self.steps[dependency.port.step], dependency.spec
        # Nothing else is looked at, and steps of one kind call their dependencies alike.
        key = (step.kind, step.stage, step.check, step.only_reports, step.asked, dependency.port.name)
        typed = (*key, spec.dependency_type, spec.data_type)
        found = self._needs.get(typed)
        if found is None:
            found = self._needs[typed] = self._need(step, spec)
        return found

    def _need(self, step: Purpose, spec: DependencySpec) -> Wants:
        name, type_ = spec.logical_name, spec.dependency_type
        slot = find_kind(step.kind).slot(name, type_, spec.data_type)
        wants = dict(_slot_wants(slot, step.check)) if slot else {}
        if slot is None or slot.named:
            self._want_by_name(step, spec, wants)
        if type_ == DependencyType.EVALUATION_REPORT:
            wants.setdefault(PART, Want(frozenset(("statistics",)), frozenset(("constraints",))))
            wants.setdefault(BASELINE, Want(frozenset(("calculated",)), frozenset(("drift-check",))))
        words, baseline = self.vocabulary.words(name), wants.get(BASELINE)
        return Wants(
            wants,
            self.purposes.facets(name)[DATA],
            words,
            self.vocabulary.numbers(name),
            is_named=slot is None or slot.named,
            is_supplied=baseline is not None and "supplied" in baseline.best,
            asks_status=bool(words & STATUS),
            asks_names=bool(words & NAMES) or type_ == DependencyType.ANY,
            asks_place=not PLACES.isdisjoint(self.vocabulary.spelt(name)),
        )

    def _want_by_name(self, step: Purpose, spec: DependencySpec, wants: dict[str, Want]) -> None:
        told = self.purposes.facets(spec.logical_name)
        for group in (CHECK, PART, BASELINE, MODEL):
            if told[group]:
                wants.setdefault(group, Want(told[group]))
        unsaid = not told[DATA] and not self.vocabulary.words(spec.logical_name)
        looks = step.check or (frozenset(("",)) if step.only_reports else NOTHING)
        if not unsaid or spec.dependency_type not in DATA_TYPES:
            return
        if step.stage == TRAINING:
            wants.setdefault(DATA, Want(frozenset(("train",)), frozenset(("validation",))).but(step.asked))
        elif step.stage == USING and looks:
            wants.setdefault(DATA, _looked_at(looks).but(step.asked))

    @cached_property
    def lines(self) -> Mapping[str, frozenset[str]]:
        """The marks in the steps' names by which parallel lines are told apart."""
        return parallel_lines(self.pipeline, self.vocabulary, self.order)

    def are_apart(self, step: str, other: str) -> bool:
        """Tell whether two steps stand on parallel lines."""
        left, right = self.lines[step], self.lines[other]
        return bool(left and right) and left.isdisjoint(right)

    @cached_property
    def makers(self) -> Mapping[frozenset[str], int]:
        """Map the words of output names to the steps that make something so called, as bit sets."""
        found: defaultdict[frozenset[str], set[str]] = defaultdict(set)
        for name, step in self.pipeline.steps.items():
            for output in step.spec.outputs:
                found[self.vocabulary.words(output)].add(name)
        return {words: self.order.some(steps) for words, steps in found.items()}

    def is_superseded(self, output: Port, taker: str) -> bool:
        """Tell whether a step between an output's and its taker makes something of the same name."""
        if not self.order.after[output.step]:
            return False
        same = self.makers[self.vocabulary.words(output.name)]
        return self.order.has_between(output.step, taker, same)


def _slot_wants(slot: Slot, check: frozenset[str]) -> Mapping[str, Want]:
    """Say what a slot of a step that is one of some checks wants."""
    wants: dict[str, Want] = {}
    for facet in slot.wants:
        if facet == OWN_CHECK:
            wants[CHECK] = Want(check)
        elif facet == CHECKED_DATA:
            wants[DATA] = _looked_at(check)
        else:
            before = wants.get(GROUP_OF[facet])
            wants[GROUP_OF[facet]] = before.or_else(facet) if before else Want(frozenset((facet,)))
    return wants


def _looked_at(checks: frozenset[str]) -> Want:
    """Say what data is looked at by a step that is one of some checks."""
    best = frozenset(LOOKED_AT[check][0] for check in checks)
    return Want(best, frozenset(data for check in checks for data in LOOKED_AT[check]) - best)
