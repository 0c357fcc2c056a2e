"""The evidence of types and data types."""

from __future__ import annotations

from collections.abc import Callable

from ...specs import DataType, Match
from .evidence_table import EvidenceTable, Piece, Row
from .offers import SourceMeaning
from .wants import Wants


def _is_match(match: Match) -> Callable[[Wants, SourceMeaning], bool]:
    return lambda wants, offer: wants.match(offer.type) is match


def _travels_as_it_is(wants: Wants, offer: SourceMeaning) -> bool:
    if offer.names_place and wants.data_type == DataType.S3_URI:
        return True
    return offer.data_type == wants.data_type or (wants.asks_place and offer.data_type == DataType.S3_URI)


_TYPES: Row[Wants, SourceMeaning] = (
    Piece("exact-type", 6, "the type is the one asked for", together=_is_match(Match.EXACT)),
    Piece("untyped", -2, "one of the two does not say what it is", together=_is_match(Match.UNTYPED)),
    Piece("accepted-type", 3, "the type is accepted for the one asked for"),
)

_DATA_TYPES: Row[Wants, SourceMeaning] = (
    Piece("exact-data-type", 5, "the value travels as it is", together=_travels_as_it_is),
    Piece("accepted-data-type", 1, "the value travels as something else"),
)

TYPE_EVIDENCE = EvidenceTable(_TYPES, _DATA_TYPES)
