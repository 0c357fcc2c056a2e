"""The evidence of names: what a dependency and a source are called."""

from __future__ import annotations

from typing import NamedTuple

from ..binding_ends import Label
from .evidence_table import EvidenceTable, Piece, Row


class Called(NamedTuple):
    """What a dependency or a source is called.

    `words` are those of its name, `section` those of the section that a dependency stands in, `keywords`
    those that describe it. Without `is_chosen` the name is SageMaker's own: only what the user added to it
    counts.
    """

    label: Label
    words: frozenset[str]
    section: frozenset[str]
    keywords: frozenset[str]
    is_chosen: bool = True


def _is_chosen(wanted: Called) -> bool:
    return wanted.is_chosen


def _tells(wanted: Called) -> bool:
    return wanted.is_chosen and bool(wanted.words)


def _are_called_alike(wanted: Called, offered: Called) -> bool:
    return wanted.label.name.casefold() == offered.label.name.casefold()


def _is_alias(wanted: Called, offered: Called) -> bool:
    left, right = wanted.label, offered.label
    return right.name in left.aliases or left.name in right.aliases


def _is_within(wanted: Called, offered: Called) -> bool:
    return bool(offered.words) and (wanted.words < offered.words or offered.words < wanted.words)


_NAMES: Row[Called, Called] = (
    Piece("exact-name", 15, "both are called the same", wanted=_tells, together=_are_called_alike),
    Piece("alias", 15, "one is an alias of the other", together=_is_alias),
    Piece(
        "same-words",
        14,
        "both names are made of the same words",
        wanted=_tells,
        together=lambda wanted, offered: wanted.words == offered.words,
    ),
    Piece(
        "contained-words", 7, "one name has all the words of the other", wanted=_tells, together=_is_within
    ),
    Piece(
        "shared-words",
        3,
        "the names share a word",
        wanted=_tells,
        together=lambda wanted, offered: len(wanted.words & offered.words),
        at_most=2,
    ),
    Piece(
        "section-words",
        3,
        "the section that the dependency stands in names the source",
        wanted=lambda wanted: wanted.is_chosen and not wanted.words and wanted.section,
        together=lambda wanted, offered: len(wanted.section & offered.words),
        at_most=2,
    ),
)

_KEYWORDS: Row[Called, Called] = (
    Piece(
        "keywords",
        2,
        "a keyword of the dependency describes the source",
        wanted=lambda wanted: wanted.keywords,
        together=lambda wanted, offered: len(wanted.keywords & (offered.words | offered.keywords)),
        at_most=3,
    ),
)

NAME_EVIDENCE = EvidenceTable(_NAMES, _KEYWORDS)
