"""What steps are for, as their kinds, ports and names tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from ...specs import DependencyType, Match, PipelineSpec, StepSpecification
from ...specs.facets import (
    CHECK_GROUP,
    DATA_GROUP,
    EARLY_WORDS,
    FACETS,
    LATE_WORDS,
    PREPARING_WORDS,
    SPLIT_STAND_INS,
    STAGE_WORDS,
    TELLING,
)
from ...specs.kinds.catalogue import find_kind
from ...specs.kinds.clarify_check import CLARIFY_CHECK
from ...specs.kinds.processing import PROCESSING
from ...specs.kinds.quality_check import QUALITY_CHECK
from ...specs.kinds.transform import TRANSFORM
from .order import StepOrder
from .vocabulary import NOISE, Vocabulary

PREPARING_STAGE, TRAINING_STAGE, MODELLING_STAGE, USING_STAGE = 1, 2, 3, 4
"""Stages of steps whose kind stands at no stage of its own, and of those that train."""

FETCHING = 0
"""How far a step prepares data that only fetches it."""

Facets = Mapping[str, frozenset[str]]

_REPORTS = (DependencyType.EVALUATION_REPORT, DependencyType.PROPERTY_FILE)
DATASET_TYPES = (
    DependencyType.TRAINING_DATA,
    DependencyType.PROCESSING_OUTPUT,
    DependencyType.PAYLOAD_SAMPLES,
)
_PATTERNS = {
    group: {facet: [frozenset(text.split()) for text in texts] for facet, texts in facets.items()}
    for group, facets in FACETS.items()
}
_NO_FACETS: Facets = {group: frozenset() for group in FACETS}
_CHECKS_OF_QUALITY = frozenset(("data-quality", "model-quality"))
_CHECKS_OF_A_MODEL = frozenset(("model-bias", "explainability"))
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Purpose:
    """What a step's kind, ports and name say of it.

    `stage` tells how late in a pipeline it stands, None when nobody can know; of steps that prepare data,
    `prepares` tells how far. `check` are the checks that it
    may be; it `is_known` which where the kind or the name says so. `only_reports` tells that it makes nothing
    else, `asked` which parts of the data its dependencies ask for by name. `words` are those of its name that
    tell something in this pipeline, `done` those that say what was done: `EvaluateQuantized`.
    """

    kind: str
    stage: int | None
    prepares: int | None
    check: frozenset[str]
    is_known: bool
    only_reports: bool
    asked: frozenset[str]
    words: frozenset[str]
    done: frozenset[str]
    handles: frozenset[str]
    splits: bool

    def is_later_than(self, other: Purpose) -> bool:
        """Tell whether steps like this come later than ones like the other, or are of its very kind."""
        if self.stage is None or other.stage is None:
            return False
        if self.stage == other.stage and self.prepares is not None and other.prepares is not None:
            return self.prepares > other.prepares
        is_alike = self.kind == other.kind and find_kind(self.kind).stage is not None
        return self.stage > other.stage or (self.stage == other.stage and is_alike)


@dataclass(frozen=True)
class Purposes:
    """What the steps of a pipeline are for."""

    pipeline: PipelineSpec
    vocabulary: Vocabulary
    order: StepOrder

    @cached_property
    def match(self) -> Callable[[str, str], Match | None]:
        """How the types of a dependency and an output go together."""
        return cache(self.pipeline.lattice.match)

    @cached_property
    def steps(self) -> Mapping[str, Purpose]:
        """What each step is for."""
        found = {}
        for name, step in self.pipeline.steps.items():
            stage = self._stage(name, step.spec)
            check = self._check(name, step.spec, stage)
            is_known = not find_kind(step.spec.kind).does_any_work or bool(self.facets(name)[CHECK_GROUP])
            asked = frozenset(
                data for port in step.spec.dependencies for data in self.facets(port)[DATA_GROUP]
            )
            only_reports = _makes_reports_only(step.spec)
            words, done = self._telling[name], self.vocabulary.participles(name)
            handles = self._handles(name, step.spec.kind, stage)
            prepares = self._prepares(name) if stage == PREPARING_STAGE else None
            splits = stage == PREPARING_STAGE and "split" in self.vocabulary.spelt(name)
            found[name] = Purpose(
                step.spec.kind,
                stage,
                prepares,
                check,
                is_known,
                only_reports,
                asked,
                words,
                done,
                handles,
                splits,
            )
        return found

    def _handles(self, name: str, kind: str, stage: int | None) -> frozenset[str]:
        """Say which part of the data a step is for: who trains or tests says what it does, not with what."""
        told = self.facets(name)[DATA_GROUP] & frozenset(SPLIT_STAND_INS)
        if kind == TRANSFORM.name and len(told) > 1:
            told -= {"batch"}  # a transform is a batch, whatever it transforms
        is_told = len(told) == 1 and (stage == PREPARING_STAGE or kind == TRANSFORM.name)
        return told if is_told else NOTHING

    def _stage(self, name: str, spec: StepSpecification) -> int | None:
        kind, told = find_kind(spec.kind), self._stage_told(name)
        if not kind.does_any_work:
            return told if kind.stage is None else kind.stage
        if told == TRAINING_STAGE and _makes_model(spec):
            return TRAINING_STAGE
        is_late = (
            _takes_model(spec)
            or _makes_reports_only(spec)
            or self._is_called_late(name)
            or any("predictions" in self.facets(port)[DATA_GROUP] for port in spec.dependencies)
        )
        return USING_STAGE if is_late else PREPARING_STAGE

    def _is_called_late(self, name: str) -> bool:
        """Tell whether a step's name puts it after a model; what prepares data for inference comes before."""
        words = self.vocabulary.words(name)
        return not words.isdisjoint(LATE_WORDS) and words.isdisjoint(self._early)

    @cached_property
    def _early(self) -> frozenset[str]:
        """The words of steps that come before a model, as names are read."""
        return frozenset(word for early in EARLY_WORDS for word in self.vocabulary.spelt(early))

    def _stage_told(self, name: str) -> int | None:
        """Tell how late a step stands by the words of its name."""
        words = frozenset(self.vocabulary.spelt(name))
        told = (stage for stage, texts in self._stages if any(text <= words for text in texts))
        return next(told, None)

    @cached_property
    def _stages(self) -> Sequence[tuple[int | None, Sequence[frozenset[str]]]]:
        """The words that tell stages, as names are read."""
        spelt = self.vocabulary.spelt
        return [(stage, [frozenset(spelt(text)) for text in texts]) for stage, texts in STAGE_WORDS]

    def _prepares(self, name: str) -> int | None:
        """Tell how far a step prepares data by the words of its name, where they agree."""
        words = frozenset(self.vocabulary.spelt(name))
        told = [far for far, texts in enumerate(self._preparing) if not words.isdisjoint(texts)]
        return told[0] if len(told) == 1 else None

    @cached_property
    def _preparing(self) -> Sequence[frozenset[str]]:
        """The words that tell how far data is prepared, as names are read."""
        spelt = self.vocabulary.spelt
        return [frozenset(word for text in texts for word in spelt(text)) for texts in PREPARING_WORDS]

    @cached_property
    def _telling(self) -> Mapping[str, frozenset[str]]:
        """Map a step to the words of its name but for those found in over half of the step names."""
        names = {name: _step_words(self.vocabulary, name) for name in self.pipeline.steps}
        counted = Counter(word for words in names.values() for word in words)
        common = {word for word, count in counted.items() if len(names) > 2 and 2 * count > len(names)}
        return {name: words - common for name, words in names.items()}

    def _check(self, name: str, spec: StepSpecification, stage: int | None) -> frozenset[str]:
        told = self.facets(name)[CHECK_GROUP]
        if told:
            return told
        takes_model = _takes_model(spec)
        match spec.kind:
            case QUALITY_CHECK.name:
                of_model = self._has_predictions and not self._before_training(name)
                return _CHECKS_OF_QUALITY if of_model else frozenset(("data-quality",))
            case CLARIFY_CHECK.name:
                return _CHECKS_OF_A_MODEL if takes_model else frozenset(("data-bias",))
            case PROCESSING.name if stage == USING_STAGE and takes_model:
                return frozenset(("evaluation",))
        return NOTHING

    def _before_training(self, step: str) -> bool:
        """Tell whether a step runs before some model is trained."""
        return any(
            find_kind(other.spec.kind).stage == TRAINING_STAGE and self.order.follows(name, step)
            for name, other in self.pipeline.steps.items()
        )

    @cached_property
    def _has_predictions(self) -> bool:
        """Tell whether there is anything whose quality a check of model quality could look at."""
        steps = self.pipeline.steps.items()
        outputs = (name for _, step in steps for name in step.spec.outputs)
        return any(
            "predictions" in self.facets(name)[DATA_GROUP] for name in (*outputs, *self.pipeline.inputs)
        )

    @cached_property
    def facets(self) -> Callable[[str], Facets]:
        """What the words of a name tell."""

        def read(name: str) -> Facets:
            words = TELLING.intersection(self.vocabulary.spelt(name))
            return {group: _told(group, words) for group in FACETS} if words else _NO_FACETS

        return cache(read)


def _told(group: str, words: frozenset[str]) -> frozenset[str]:
    found = {facet: text for facet, texts in _PATTERNS[group].items() for text in texts if text <= words}
    if group == CHECK_GROUP:
        return frozenset([*found][:1])
    return frozenset(
        facet for facet, text in found.items() if not any(text < other for other in found.values())
    )


def _takes_model(spec: StepSpecification) -> bool:
    return any(item.dependency_type == DependencyType.MODEL_ARTIFACTS for item in spec.dependencies.values())


def _makes_model(spec: StepSpecification) -> bool:
    return any(item.output_type == DependencyType.MODEL_ARTIFACTS for item in spec.outputs.values())


def _makes_reports_only(spec: StepSpecification) -> bool:
    return bool(spec.outputs) and all(item.output_type in _REPORTS for item in spec.outputs.values())


def _step_words(vocabulary: Vocabulary, name: str) -> frozenset[str]:
    spelt = vocabulary.spelt(name)
    return frozenset(word for word in spelt if word not in NOISE or len(word) == 1)
