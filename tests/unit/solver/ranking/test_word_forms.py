"""Words in other forms: inflected, misspelt, and ordinals."""

from __future__ import annotations

import pytest

from stepwire.solver.ranking.vocabulary import Vocabulary
from stepwire.solver.ranking.word_forms import rank_told, singular, spelt_right, word_stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("simulate", "simulation"),
        ("split", "splitter"),
        ("splitting", "splitter"),
        ("extract", "extraction"),
        ("generate", "generator"),
        ("filter", "filtering"),
        ("deploy", "deployment"),
    ],
)
def test_verbs_and_nouns_of_one_family_have_one_stem(one: str, other: str) -> None:
    assert word_stem(one) == word_stem(other)
    assert Vocabulary().words(one) == Vocabulary().words(other.upper())


def test_a_stem_has_some_letters_left() -> None:
    """What is short is no inflection."""
    assert (word_stem("ring"), word_stem("date"), word_stem("used")) == ("ring", "date", "used")


@pytest.mark.parametrize(("word", "expected"), [("rows", "row"), ("series", "series"), ("entries", "entry")])
def test_plurals_are_read_as_one(word: str, expected: str) -> None:
    assert singular(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("proccess", "process"),
        ("proces", "process"),
        ("porcess", "process"),
        ("procass", "procass"),
        ("processed", "processed"),
        ("rocess", "rocess"),
    ],
)
def test_a_slip_is_a_letter_more_or_less_or_two_exchanged(word: str, expected: str) -> None:
    """Never another letter, an inflection, or another beginning."""
    assert spelt_right(word, ("process",)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2nd-best-model", 2),
        ("top(top_k=1)", 2),
        ("BestModel", 1),
        ("third", 3),
        ("model2", None),
        ("12thing", None),
    ],
)
def test_places_in_an_order_of_merit(name: str, expected: int | None) -> None:
    assert Vocabulary().rank(name) == expected
    assert rank_told("none", ()) is None
