"""What steps are for, what their outputs are about and what their dependencies want."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ..specs import DependencyType, PipelineSpec, Port, StepSpecification
from ..specs.catalogue import find_kind
from ..specs.meaning import (
    BASELINE,
    CHECK,
    CHECKED_DATA,
    DATA,
    FACETS,
    GROUP_OF,
    LATE_WORDS,
    LOOKED_AT,
    MODEL,
    OWN_CHECK,
    PART,
)
from ..specs.slots import Slot
from .context import Dependency, Source
from .order import Order, parallel_lines
from .words import NOISE, Vocabulary

PREPARING, TRAINING, MODELLING, USING = 1, 2, 3, 4
"""Stages of steps whose kind stands at no stage of its own, and of those that train."""

Facets = Mapping[str, frozenset[str]]


class Want(NamedTuple):
    """Facets of one group that are wanted, and those that will do."""

    best: frozenset[str]
    fair: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """All that is wanted or will do."""
        return self.best | self.fair

    def or_else(self, facet: str) -> Want:
        """Add a facet that will do."""
        return Want(self.best, self.fair | {facet})


Wants = Mapping[str, Want]
"""What is wanted, per group."""

_REPORTS = (DependencyType.EVALUATION_REPORT, DependencyType.PROPERTY_FILE)
DATA_TYPES = (DependencyType.TRAINING_DATA, DependencyType.PROCESSING_OUTPUT, DependencyType.PAYLOAD_SAMPLES)
_PATTERNS = {
    group: {facet: [frozenset(text.split()) for text in texts] for facet, texts in facets.items()}
    for group, facets in FACETS.items()
}
_CHECKS_OF_QUALITY = frozenset(("data-quality", "model-quality"))
_CHECKS_OF_A_MODEL = frozenset(("model-bias", "explainability"))
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class StepMeaning:
    """What a step's kind, ports and name say of it.

    `stage` tells how late in a pipeline it stands, None when nobody can know. `check` are the checks that it
    may be. `words` are those of its name that tell something in this pipeline.
    """

    kind: str
    stage: int | None
    check: frozenset[str]
    words: frozenset[str]

    def is_later_than(self, other: StepMeaning) -> bool:
        """Tell whether steps like this come later than ones like the other, or are of its very kind."""
        if self.stage is None or other.stage is None:
            return False
        is_alike = self.kind == other.kind != "Processing"
        return self.stage > other.stage or (self.stage == other.stage and is_alike)


@dataclass(frozen=True)
class Meaning:
    """What the names, kinds and order of a pipeline say of its ports and steps."""

    pipeline: PipelineSpec
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    @cached_property
    def steps(self) -> Mapping[str, StepMeaning]:
        """What each step is for."""
        found = {}
        for name, step in self.pipeline.steps.items():
            stage = self._stage(name, step.spec)
            check = self._check(name, step.spec, stage)
            found[name] = StepMeaning(step.spec.kind, stage, check, self._telling[name])
        return found

    def _stage(self, name: str, spec: StepSpecification) -> int | None:
        if spec.kind != "Processing":
            return find_kind(spec.kind).stage
        is_late = (
            _takes_model(spec)
            or _makes_reports_only(spec)
            or not self.vocabulary.words(name).isdisjoint(LATE_WORDS)
            or any("predictions" in self.facets(port)[DATA] for port in spec.dependencies)
        )
        return USING if is_late else PREPARING

    @cached_property
    def _telling(self) -> Mapping[str, frozenset[str]]:
        """Map a step to the words of its name but for those found in over half of the step names."""
        names = {name: _step_words(self.vocabulary, name) for name in self.pipeline.steps}
        counted = Counter(word for words in names.values() for word in words)
        common = {word for word, count in counted.items() if len(names) > 2 and 2 * count > len(names)}
        return {name: words - common for name, words in names.items()}

    def _check(self, name: str, spec: StepSpecification, stage: int | None) -> frozenset[str]:
        told = self.facets(name)[CHECK]
        if told:
            return told
        takes_model = _takes_model(spec)
        match spec.kind:
            case "QualityCheck":
                of_model = self._has_predictions and not self._before_training(name)
                return _CHECKS_OF_QUALITY if of_model else frozenset(("data-quality",))
            case "ClarifyCheck":
                return _CHECKS_OF_A_MODEL if takes_model else frozenset(("data-bias",))
            case "Processing" if stage == USING and takes_model:
                return frozenset(("evaluation",))
        return _NOTHING

    def _before_training(self, step: str) -> bool:
        """Tell whether a step runs before some model is trained."""
        return any(
            find_kind(other.spec.kind).stage == TRAINING and self.order.follows(name, step)
            for name, other in self.pipeline.steps.items()
        )

    @cached_property
    def _has_predictions(self) -> bool:
        """Tell whether there is anything whose quality a check of model quality could look at."""
        steps = self.pipeline.steps.items()
        outputs = (name for _, step in steps for name in step.spec.outputs)
        return any("predictions" in self.facets(name)[DATA] for name in (*outputs, *self.pipeline.inputs))

    @cached_property
    def _read(self) -> dict[str, Facets]:
        return {}

    def facets(self, name: str) -> Facets:
        """Return what the words of a name tell."""
        found = self._read.get(name)
        if found is None:
            words = frozenset(self.vocabulary.spelt(name))
            found = self._read[name] = {group: _told(group, words) for group in FACETS}
        return found

    @cached_property
    def _offered(self) -> dict[tuple[str, str], Facets]:
        return {}

    def offered(self, source: Source) -> Facets:
        """Return what a source is about."""
        found = self._offered.get(source.port)
        if found is None:
            found = self._offered[source.port] = self._offer(source)
        return found

    def _offer(self, source: Source) -> Facets:
        told, type_ = self.facets(source.port.name), source.spec.output_type
        step = self.steps.get(source.port.step)
        found = {group: told[group] for group in (PART, BASELINE)}
        found[CHECK] = told[CHECK] or (step.check if step and type_ not in DATA_TYPES else _NOTHING)
        if source.is_input and type_ == DependencyType.EVALUATION_REPORT:
            found[BASELINE] = frozenset(("supplied",))
        found[DATA] = told[DATA] if type_ in DATA_TYPES or type_ == DependencyType.ANY else _NOTHING
        found[MODEL] = _NOTHING
        if type_ == DependencyType.MODEL_ARTIFACTS and step and step.stage is not None:
            made = "fitted-transformer" if step.stage == PREPARING else "trained-model"
            found[MODEL] = frozenset((made,)) if step.stage <= TRAINING else _NOTHING
        return found

    @cached_property
    def _wanted(self) -> dict[tuple[str, str], Wants]:
        return {}

    def wanted(self, dependency: Dependency) -> Wants:
        """Return what a dependency wants, as far as its slot or its step tells."""
        found = self._wanted.get(dependency.port)
        if found is None:
            found = self._wanted[dependency.port] = self._want(dependency)
        return found

    @cached_property
    def _slots(self) -> Mapping[Port, Slot | None]:
        """The slot of every dependency in its step's request."""
        return {
            Port(name, port): find_kind(step.spec.kind).slot(port, spec.dependency_type, spec.data_type)
            for name, step in self.pipeline.steps.items()
            for port, spec in step.spec.dependencies.items()
        }

    def _want(self, dependency: Dependency) -> Wants:
        spec, check = dependency.spec, self.steps[dependency.port.step].check
        slot = self._slots[dependency.port]
        wants: dict[str, Want] = {}
        for facet in slot.wants if slot else ():
            if facet == OWN_CHECK:
                wants[CHECK] = Want(check)
            elif facet == CHECKED_DATA:
                wants[DATA] = _looked_at(check)
            else:
                before = wants.get(GROUP_OF[facet])
                wants[GROUP_OF[facet]] = before.or_else(facet) if before else Want(frozenset((facet,)))
        if slot is None or slot.named:
            self._want_by_name(dependency, wants)
        if spec.dependency_type == DependencyType.EVALUATION_REPORT:
            wants.setdefault(PART, Want(frozenset(("statistics",)), frozenset(("constraints",))))
            wants.setdefault(BASELINE, Want(frozenset(("calculated",)), frozenset(("drift-check",))))
        return wants

    def _want_by_name(self, dependency: Dependency, wants: dict[str, Want]) -> None:
        spec, step = dependency.spec, self.steps[dependency.port.step]
        told = self.facets(spec.logical_name)
        for group in (CHECK, PART, BASELINE):
            if told[group]:
                wants.setdefault(group, Want(told[group]))
        unsaid = not told[DATA] and not self.vocabulary.words(spec.logical_name)
        looks = step.check or (frozenset(("",)) if _makes_reports_only(dependency.step) else _NOTHING)
        if unsaid and spec.dependency_type in DATA_TYPES and step.stage == USING and looks:
            wants.setdefault(DATA, _looked_at(looks))

    def comes_from_outside(self, dependency: Dependency) -> bool:
        """Tell whether a dependency wants what is supplied, not made by the pipeline."""
        wanted = self.wanted(dependency).get(BASELINE)
        return wanted is not None and "supplied" in wanted.best

    def says_nothing(self, dependency: Dependency) -> bool:
        """Tell whether a dependency's name is SageMaker's own, so that it says nothing of a source."""
        slot = self._slots[dependency.port]
        return slot is not None and not slot.named

    @cached_property
    def order(self) -> Order:
        """What surely runs before what."""
        return Order.of(self.pipeline)

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


def _told(group: str, words: frozenset[str]) -> frozenset[str]:
    found = [facet for facet, texts in _PATTERNS[group].items() if any(text <= words for text in texts)]
    return frozenset(found[:1] if group == CHECK else found)


def _looked_at(checks: frozenset[str]) -> Want:
    """Say what data is looked at by a step that is one of some checks."""
    best = frozenset(LOOKED_AT[check][0] for check in checks)
    return Want(best, frozenset(data for check in checks for data in LOOKED_AT[check]) - best)


def _takes_model(spec: StepSpecification) -> bool:
    return any(item.dependency_type == DependencyType.MODEL_ARTIFACTS for item in spec.dependencies.values())


def _makes_reports_only(spec: StepSpecification) -> bool:
    return bool(spec.outputs) and all(item.output_type in _REPORTS for item in spec.outputs.values())


def _step_words(vocabulary: Vocabulary, name: str) -> frozenset[str]:
    spelt = vocabulary.spelt(name)
    return frozenset(word for word in spelt if word not in NOISE or len(word) == 1)
