"""The evidence of steps: what speaks for and against the step that makes a source."""

from __future__ import annotations

from typing import NamedTuple

from ...specs import DependencyType
from ...specs.facets import SPLITS
from ...specs.kinds.condition import CONDITION
from ...specs.kinds.tuning import TUNING
from ..binding_ends import Dependency, Source
from .evidence_table import EvidenceTable, Piece, Row
from .meaning import Meaning
from .offers import SourceMeaning
from .purpose import DATASET_TYPES, PREPARING_STAGE, Purpose
from .wants import Wants

OUTSIDE_BRANCH = "outside-branch"
"""The evidence against a source that runs on one side of a condition only, where its taker may not."""

WHOLE_RESULT = "return"
"""What the whole of that is called which a function returns."""

SidesOfConditions = frozenset[tuple[str, str]]
"""Sides of conditions that a step stands on: the condition, and `if` or `else`."""


class Taking(NamedTuple):
    """A dependency and the step that has it."""

    dependency: Dependency
    needs: Wants
    step: Purpose
    sides: SidesOfConditions
    meaning: Meaning

    @property
    def name(self) -> str:
        """The name of the step."""
        return self.dependency.port.step


class Making(NamedTuple):
    """A source and the step that makes it."""

    source: Source
    offer: SourceMeaning
    step: Purpose
    sides: SidesOfConditions
    meaning: Meaning

    @property
    def name(self) -> str:
        """The name of the step."""
        return self.source.port.step


StepRow = Row[Taking, Making]


def _has_stage(end: Taking | Making) -> bool:
    return end.step.stage is not None


def _has_words(end: Taking | Making) -> bool:
    return bool(end.step.words)


def _is_in_line(end: Taking | Making) -> bool:
    return bool(end.meaning.lines[end.name])


def _is_tuned(making: Making) -> bool:
    return making.step.kind == TUNING.name and making.offer.type == DependencyType.MODEL_ARTIFACTS


def _is_superseded(taking: Taking, making: Making) -> bool:
    return taking.meaning.is_superseded(making.source.port, taking.name)


def _comes_after_data(taking: Taking) -> bool:
    return taking.needs.type in DATASET_TYPES and (taking.step.stage or 0) > PREPARING_STAGE


def _named_words(taking: Taking, making: Making) -> int:
    return len(taking.needs.words & making.step.words - SPLITS)


def _meant_words(taking: Taking, making: Making) -> int:
    meant = making.offer.meant_for | (making.offer.words & taking.step.done)
    return len(meant & taking.step.words - SPLITS)


def _is_telling(taking: Taking) -> bool:
    is_named = taking.needs.is_named or taking.step.kind == CONDITION.name
    return is_named and _has_words(taking)


_ROWS: tuple[StepRow, ...] = (
    (
        Piece(
            "made-by-step",
            4,
            "what a pipeline makes is there to be used",
            lambda taking: not taking.needs.is_supplied,
        ),
    ),
    (Piece("tuned-model", 5, "a Tuning step's best model replaces a trainer's", offered=_is_tuned),),
    (
        Piece(
            "later-stage",
            -8,
            "steps of the source's kind come later than those that take it",
            _has_stage,
            _has_stage,
            lambda taking, making: making.step.is_later_than(taking.step),
        ),
    ),
    (
        Piece(
            "split-data",
            3,
            "a model is trained, and judged, on what was split",
            _comes_after_data,
            lambda making: making.step.splits and making.offer.type in DATASET_TYPES,
        ),
    ),
    (
        Piece(
            "superseded",
            -8,
            "a step between the two makes the same again",
            offered=lambda making: making.meaning.order.after[making.name],
            together=_is_superseded,
        ),
    ),
    (
        Piece(
            "handed-on",
            -6,
            "its step takes it from elsewhere and hands it on",
            offered=lambda making: making.meaning.is_handed_on(making.source.port),
        ),
    ),
    (
        Piece(
            OUTSIDE_BRANCH,
            -6,
            "the source runs on one side of a condition only",
            offered=lambda making: making.sides,
            together=lambda taking, making: not making.sides <= taking.sides,
        ),
    ),
    (
        Piece(
            "step-name",
            5,
            "a word of the dependency is in the name of the source's step",
            lambda taking: taking.needs.is_named and taking.needs.words,
            _has_words,
            _named_words,
            at_most=2,
        ),
    ),
    (
        Piece(
            "taker-name",
            5,
            "a word of the source is in the name of the step that takes it",
            _is_telling,
            lambda making: making.offer.words,
            _meant_words,
            at_most=2,
        ),
    ),
    (
        Piece(
            "whole-result",
            4,
            "the dependency is called like a step, whose whole result this is",
            lambda taking: taking.needs.words,
            lambda making: making.source.spec.logical_name == WHOLE_RESULT,
            lambda taking, making: taking.needs.words <= making.step.words,
        ),
    ),
    (
        Piece(
            "same-number",
            2,
            "a number of the dependency is in the name of the source's step",
            lambda taking: taking.needs.numbers,
            lambda making: making.meaning.vocabulary.numbers(making.name),
            lambda taking, making: (
                not taking.needs.numbers.isdisjoint(making.meaning.vocabulary.numbers(making.name))
            ),
        ),
    ),
    (
        Piece(
            "other-line",
            -12,
            "the names of the two steps belong to different parallel lines",
            _is_in_line,
            _is_in_line,
            lambda taking, making: taking.meaning.are_apart(taking.name, making.name),
        ),
        Piece(
            "step-names-alike",
            3,
            "the names of the two steps share a word",
            _has_words,
            _has_words,
            lambda taking, making: len(taking.step.words & making.step.words),
            at_most=3,
        ),
    ),
)

STEP_EVIDENCE = EvidenceTable(*_ROWS)
