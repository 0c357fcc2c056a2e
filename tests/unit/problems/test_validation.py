"""The words for what is wrong, and the spelling suggestions."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from stepwire.problems.problem import Location, Position
from stepwire.problems.suggestions import closest, did_you_mean, shown
from stepwire.problems.validation import problems_of
from stepwire.specs import StepSpecification


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("trian", ["train", "test"], "train"),
        ("TRAIN", ["train", "test"], "train"),
        ("train", ["Train", "train"], "Train"),
        ("Preprocess", ["Preprocessing", "Process"], "Preprocessing"),
        ("m5.large", ["ml.c5.large", "ml.m5.large", "ml.r5.large", "ml.t3.large"], "ml.m5.large"),
        ("zzz", ["train", "test"], None),
        ("", ["train"], None),
        ("train", [], None),
    ],
)
def test_the_closest_name_is_the_one_that_was_meant(name: str, known: list[str], meant: str | None) -> None:
    assert closest(name, known) == meant
    assert closest(name, reversed(known)) == meant


def test_a_suggestion_falls_back_on_listing_what_there_is() -> None:
    assert did_you_mean("trian", ["train", "test"]) == "did you mean 'train'?"
    assert did_you_mean("train", ["train-champion", "train-challengers"]) == "did you mean 'train-champion'?"
    assert did_you_mean("zzz", ["b", "a", "b"]) == "there are 'a', 'b'"
    assert did_you_mean("zzz", ["a", "b"], limit=1) == ""
    assert did_you_mean("zzz", []) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        (True, "true or false, true"),
        (3, "a whole number, 3"),
        (1.5, "a number, 1.5"),
        ("é", 'a text, "é"'),
        ([1], "a list"),
        ((1,), "a list"),
        ({"a": 1}, "a mapping"),
        (object(), "a object"),
        ("x" * 100, 'a text, "' + "x" * 58 + "…"),
    ],
)
def test_a_found_value_is_shown_with_what_it_is(value: object, words: str) -> None:
    assert shown(value) == words


def test_problems_speak_of_the_subject_and_stand_at_its_place() -> None:
    asked: list[Location] = []

    def locate(location: Location) -> Position:
        asked.append(location)
        return Position("d.yaml", 7, 3)

    data = {"kind": "Processing", "dependencies": {"a": {"type": "any", "alias": []}}}
    with pytest.raises(ValidationError) as caught:
        StepSpecification.model_validate(data)
    problems = problems_of(
        caught.value, StepSpecification, subject="step 'A'", prefix=("steps", "A"), locate=locate
    )
    assert list(map(str, problems)) == [
        "d.yaml:7:3: step 'A', dependencies.a: unknown key 'alias' (did you mean 'aliases'?) [SW103]"
    ]
    assert asked == [("steps", "A", "dependencies", "a", "alias")]
