"""What a source is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...specs import DependencyType
from ...specs.facets import (
    ARRAYS,
    BASELINE_GROUP,
    BY_PRODUCTS,
    CHECK_GROUP,
    DATA_GROUP,
    LEVEL_GROUP,
    MEASURE_GROUP,
    MODEL_GROUP,
    NAMES,
    PART_GROUP,
    PLACES,
    STATUS,
    TO_COME,
)
from ..binding_ends import Source
from .purpose import (
    DATASET_TYPES,
    NOTHING,
    PREPARING_STAGE,
    TRAINING_STAGE,
    USING_STAGE,
    Facets,
    Purpose,
    Purposes,
)


class SourceMeaning(NamedTuple):
    """What a source is about: facets by group, the words of its name, and its place in an order of merit.

    `meant_for` are the words that may name its takers: what is parsed is made by a step that parses, and does
    not go to one. It may only name a thing, tell a status, or be made beside the data.
    `is_guessed` tells that nobody says which check made it.
    """

    type: str
    data_type: str
    is_input: bool
    facets: Facets
    words: frozenset[str]
    meant_for: frozenset[str]
    rank: int | None
    is_status: bool
    is_name: bool
    is_by_product: bool
    is_guessed: bool
    names_place: bool


def read_offer(purposes: Purposes, source: Source) -> SourceMeaning:
    """Say what a source is about, by its own name first, then by the step that makes it."""
    name, type_, maker = source.port.name, source.spec.output_type, purposes.steps.get(source.port.step)
    words, told = purposes.vocabulary.words(name), purposes.facets(name)
    return SourceMeaning(
        type_,
        source.spec.data_type,
        source.is_input,
        {group: facets for group, facets in _facets(source, told, words, maker) if facets},
        words,
        words - purposes.vocabulary.participles(name),
        purposes.vocabulary.rank(name),
        is_status=type_ not in DATASET_TYPES and bool(words & STATUS),
        is_name=type_ in (DependencyType.CUSTOM_PROPERTY, DependencyType.ANY) and not words.isdisjoint(NAMES),
        is_by_product=not words.isdisjoint(BY_PRODUCTS) and words.isdisjoint(ARRAYS),
        is_guessed=not told[CHECK_GROUP] and maker is not None and not maker.is_known,
        names_place=type_ == DependencyType.ANY and not PLACES.isdisjoint(purposes.vocabulary.spelt(name)),
    )


def _facets(
    source: Source, told: Facets, words: frozenset[str], maker: Purpose | None
) -> Iterator[tuple[str, frozenset[str]]]:
    type_ = source.spec.output_type
    is_data, is_any = type_ in DATASET_TYPES, type_ == DependencyType.ANY
    yield CHECK_GROUP, told[CHECK_GROUP] or (maker.check if maker and not is_data else NOTHING)
    yield PART_GROUP, told[PART_GROUP]
    is_supplied = source.is_input and type_ == DependencyType.EVALUATION_REPORT
    yield BASELINE_GROUP, frozenset(("supplied",)) if is_supplied else told[BASELINE_GROUP]
    if is_data or is_any:
        is_prepared = maker is not None and maker.stage == PREPARING_STAGE and bool(words & TO_COME)
        yield DATA_GROUP, frozenset(("batch",)) if is_prepared else told[DATA_GROUP]
        yield LEVEL_GROUP, told[LEVEL_GROUP]
    if type_ == DependencyType.MODEL_ARTIFACTS:
        yield MODEL_GROUP, told[MODEL_GROUP] or _model_made(source, maker)
    elif is_any:
        yield MODEL_GROUP, told[MODEL_GROUP]
        yield MEASURE_GROUP, told[MEASURE_GROUP]


def _model_made(source: Source, maker: Purpose | None) -> frozenset[str]:
    """Say what kind of model it is by where it comes from."""
    if source.is_input:
        return frozenset(("earlier-model",))
    if maker and maker.stage in (PREPARING_STAGE, TRAINING_STAGE, USING_STAGE):
        return frozenset(("fitted-transformer" if maker.stage == PREPARING_STAGE else "trained-model",))
    return NOTHING
