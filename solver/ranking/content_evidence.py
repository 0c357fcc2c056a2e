"""The evidence of contents: what a value is about, as against what is wanted."""

from __future__ import annotations

from collections.abc import Callable

from ...specs import DependencyType
from ...specs.facets import (
    BASELINE_GROUP,
    CHECK_GROUP,
    DATA_GROUP,
    LEVEL_GROUP,
    MEASURE_GROUP,
    MODEL_GROUP,
    PART_GROUP,
    SET_ASIDE,
    SPLIT_STAND_INS,
)
from .evidence_table import EvidenceTable, Piece, Row, always
from .offers import SourceMeaning
from .purpose import DATASET_TYPES
from .wants import Wants

_REPORT = DependencyType.EVALUATION_REPORT

ContentRow = Row[Wants, SourceMeaning]


# Facets: which check made it, which part of the data it is … ----------------------------------------------


def _wants(group: str) -> Callable[[Wants], bool]:
    """Tell whether some facet of a group is wanted."""
    return lambda wants: group in wants.wants and bool(wants.wants[group].best)


def _tells(group: str) -> Callable[[SourceMeaning], bool]:
    """Tell whether the source says which facet of a group it is."""
    return lambda offer: group in offer.facets


def _is_best(wants: Wants, offer: SourceMeaning, group: str) -> bool:
    return offer.facets[group] <= wants.wants[group].best


def _is_other(wants: Wants, offer: SourceMeaning, group: str) -> bool:
    return offer.facets[group].isdisjoint(wants.wants[group].all)


def _is_fair(wants: Wants, offer: SourceMeaning, group: str) -> bool:
    return not (_is_best(wants, offer, group) or _is_other(wants, offer, group))


def _is_surely_other(wants: Wants, offer: SourceMeaning, group: str) -> bool:
    """Tell whether it is something else, and no guess."""
    return _is_other(wants, offer, group) and not offer.is_guessed


def _fits(
    kind: str, points: int, reason: str, group: str, fit: Callable[[Wants, SourceMeaning, str], bool]
) -> Piece[Wants, SourceMeaning]:
    """Make a piece that counts where what is offered in a group fits what is wanted in it."""
    return Piece(
        kind, points, reason, _wants(group), _tells(group), lambda wants, offer: fit(wants, offer, group)
    )


_CHECKS: ContentRow = (
    _fits("right-check", 10, "the report comes from the check that belongs here", CHECK_GROUP, _is_best),
    _fits("fair-check", 7, "the report comes from a check that may stand in here", CHECK_GROUP, _is_fair),
    _fits("other-check", -16, "the report comes from another check", CHECK_GROUP, _is_surely_other),
)

_PARTS: ContentRow = (
    _fits("right-part", 5, "it holds what is asked for: statistics, or constraints", PART_GROUP, _is_best),
    _fits(
        "other-part",
        -8,
        "it holds constraints where statistics belong, or the reverse",
        PART_GROUP,
        _is_other,
    ),
)

_BASELINES: ContentRow = (
    _fits("right-baseline", 5, "the baseline is of the origin that belongs here", BASELINE_GROUP, _is_best),
    _fits(
        "fair-baseline", -5, "the baseline is of an origin that may stand in here", BASELINE_GROUP, _is_fair
    ),
    _fits("other-baseline", -7, "the baseline is of another origin", BASELINE_GROUP, _is_other),
)


# Parts of the data --------------------------------------------------------------------------------------

_wants_part = _wants(DATA_GROUP)


def _is_left_to_name(wants: Wants) -> bool:
    """Tell whether only the name says which part is wanted."""
    return DATA_GROUP not in wants.wants


def _is_another_part(wants: Wants, offer: SourceMeaning) -> bool:
    if _is_left_to_name(wants):
        return bool(wants.split) and wants.split.isdisjoint(offer.facets[DATA_GROUP])
    return _wants_part(wants) and _is_other(wants, offer, DATA_GROUP)


def _may_stand_in(wants: Wants, offer: SourceMeaning) -> bool:
    return wants.stand_in is not None and offer.facets[DATA_GROUP] <= SPLIT_STAND_INS.keys()


def _is_for_sibling(wants: Wants, offer: SourceMeaning) -> bool:
    """Tell whether another dependency of the step asks for this part, and this one for none."""
    return not wants.split and offer.facets[DATA_GROUP] <= wants.asked_beside


def _is_out_of_place(wants: Wants, offer: SourceMeaning) -> bool:
    is_another = _is_another_part(wants, offer) and not _may_stand_in(wants, offer)
    return _is_for_sibling(wants, offer) or is_another


def _is_right_part(wants: Wants, offer: SourceMeaning) -> bool:
    part = offer.facets[DATA_GROUP]
    if _wants_part(wants):
        return _is_best(wants, offer, DATA_GROUP)
    is_usual = bool(wants.usual) and part == wants.usual and wants.words <= offer.words
    is_so_called = wants.is_named and part == wants.split and wants.words.isdisjoint(offer.words)
    return is_usual or (is_so_called and _is_left_to_name(wants))


def _is_set_aside(wants: Wants, offer: SourceMeaning) -> bool:
    """Tell whether it is for a purpose, and not for being prepared; a baseline is for nobody but checks."""
    part = offer.facets[DATA_GROUP]
    return not part.isdisjoint(SET_ASIDE) if wants.is_preparing else part == {"baseline"} and wants.is_named


_DATA_PARTS: ContentRow = (
    Piece("other-data", -10, "it is another part of the data", always, _tells(DATA_GROUP), _is_out_of_place),
    Piece(
        "stand-in",
        4,
        "nobody offers the part of the data that is asked for, and this stands in for it",
        lambda wants: wants.stand_in,
        _tells(DATA_GROUP),
        lambda wants, offer: offer.facets[DATA_GROUP] == wants.stand_in,
    ),
    Piece(
        "last-resort",
        -2,
        "nobody offers the part of the data that is asked for, and this is another",
        lambda wants: wants.stand_in is not None,
        _tells(DATA_GROUP),
        lambda wants, offer: _is_another_part(wants, offer) and _may_stand_in(wants, offer),
    ),
    Piece(
        "right-data",
        10,
        "it is the part of the data that such a step looks at",
        always,
        _tells(DATA_GROUP),
        _is_right_part,
    ),
    _fits("fair-data", 2, "such a step may look at this part of the data", DATA_GROUP, _is_fair),
    Piece(
        "set-aside",
        -4,
        "it is data set aside for a purpose, and the dependency asks for none",
        lambda wants: _is_left_to_name(wants) and not wants.split,
        _tells(DATA_GROUP),
        _is_set_aside,
    ),
)


# Levels, models, numbers --------------------------------------------------------------------------------

_LEVELS: ContentRow = (
    _fits("right-level", 5, "it is as far prepared as is asked for", LEVEL_GROUP, _is_best),
    _fits("other-level", -5, "it is less, or further, prepared than is asked for", LEVEL_GROUP, _is_other),
)

_MODELS: ContentRow = (
    _fits("right-model", 10, "it is the kind of model that belongs here", MODEL_GROUP, _is_best),
    _fits("other-model", -6, "it is another kind of model", MODEL_GROUP, _is_other),
)

_MEASURES: ContentRow = (
    _fits("right-measured", 4, "a number is compared, and this is called like one", MEASURE_GROUP, _is_best),
)


# Uses ---------------------------------------------------------------------------------------------------


def _takes_data(wants: Wants) -> bool:
    return wants.type in DATASET_TYPES


def _is_untold_data(offer: SourceMeaning) -> bool:
    is_told = CHECK_GROUP in offer.facets or PART_GROUP in offer.facets
    return offer.type in DATASET_TYPES and not is_told


def _is_but_a_name(wants: Wants, offer: SourceMeaning) -> bool:
    """Tell whether the source only names a thing: so it declares, or a number is asked for."""
    return offer.type == DependencyType.CUSTOM_PROPERTY or MEASURE_GROUP in wants.wants


_USES: tuple[ContentRow, ...] = (
    (
        Piece(
            "raw-input",
            4,
            "raw data is asked for, and this comes from outside",
            lambda wants: "raw" in wants.split,
            lambda offer: offer.is_input,
        ),
    ),
    (
        Piece(
            "by-product",
            -8,
            "it is made beside the data, and the dependency asks for data",
            _takes_data,
            lambda offer: offer.is_by_product,
        ),
    ),
    (
        Piece(
            "report-as-data",
            -8,
            "it is a report, and the dependency asks for data",
            lambda wants: _takes_data(wants) and CHECK_GROUP not in wants.wants,
            lambda offer: offer.type == _REPORT,
        ),
    ),
    (
        Piece(
            "data-as-report",
            -10,
            "it is data, and the dependency asks for a report",
            lambda wants: wants.type == _REPORT,
            _is_untold_data,
        ),
    ),
    (
        Piece(
            "name-as-value",
            -5,
            "it is the name of a job, and the dependency asks for a value",
            lambda wants: not wants.asks_names,
            lambda offer: offer.is_name,
            _is_but_a_name,
        ),
    ),
    (
        Piece(
            "status",
            -5,
            "it tells how a call went, not what came of it",
            lambda wants: not wants.asks_status,
            lambda offer: offer.is_status,
        ),
    ),
    (
        Piece(
            "right-rank",
            6,
            "it stands where the dependency asks in the order of merit: best, second …",
            lambda wants: wants.rank is not None,
            lambda offer: offer.rank is not None,
            lambda wants, offer: wants.rank == offer.rank,
        ),
        Piece(
            "other-rank",
            -6,
            "it stands elsewhere in the order of merit",
            lambda wants: wants.rank is not None,
            lambda offer: offer.rank is not None,
        ),
    ),
)

CONTENT_EVIDENCE = EvidenceTable(
    _CHECKS, _PARTS, _BASELINES, _DATA_PARTS, _LEVELS, _MODELS, _MEASURES, *_USES
)
