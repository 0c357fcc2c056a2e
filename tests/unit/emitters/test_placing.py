"""Values at their slots in requests."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.emitters.placing import SlotError, place, takes_text

VALUE = {"Get": "Parameters.x"}


@pytest.mark.parametrize(
    ("slot", "expected"),
    [
        ("ErrorMessage", {"ErrorMessage": VALUE}),
        ("A.B", {"A": {"B": VALUE}}),
        ("A[1].B", {"A": [{}, {"B": VALUE}]}),
        ("A[1]", {"A": [None, VALUE]}),
        ("A[Name=n].B.C", {"A": [{"Name": "n", "B": {"C": VALUE}}]}),
        ("A['k-1']", {"A": {"k-1": VALUE}}),
        ("A.B[Flag=--n]", {"A": {"B": ["--n", VALUE]}}),
    ],
)
def test_structures_are_made_on_the_way(slot: str, expected: dict[str, Any]) -> None:
    request: dict[str, Any] = {}
    place(request, slot, VALUE)
    assert request == expected


def test_what_stands_there_is_kept_and_joined() -> None:
    request: dict[str, Any] = {"A": [{"Name": "m"}, {"Name": "n", "B": 1}], "C": ["--first"]}
    place(request, "A[Name=n].C", VALUE)
    place(request, "C[Flag=--n]", VALUE)
    assert request == {
        "A": [{"Name": "m"}, {"Name": "n", "B": 1, "C": VALUE}],
        "C": ["--first", "--n", VALUE],
    }


def test_the_same_value_may_be_placed_twice() -> None:
    request: dict[str, Any] = {}
    for _ in range(2):
        place(request, "A[0].B", VALUE)
    assert request == {"A": [{"B": VALUE}]}


@pytest.mark.parametrize(
    ("request_", "slot", "words"),
    [
        ({"A": "x"}, "A", 'it holds a text, "x"'),
        ({"A": ["x"]}, "A[0]", 'it holds a text, "x"'),
        ({"A": "x"}, "A.B", 'a mapping is expected on the way to it, found a text, "x"'),
        ({"A": {}}, "A[0]", "a list is expected on the way to it, found a mapping"),
        ({"A": {}}, "A[Name=n].B", "a list is expected"),
        ({"A": ["x"]}, "A[0].B", "a mapping is expected"),
        ({"A": "x"}, "A[Flag=--n]", "a list is expected"),
        ({"A": {"Get": "Parameters.y"}}, "A.B", "a mapping is expected"),
        ({}, "A[1000000].B", "the last index is 999"),
        ({}, "A[Name=n]", "names an item, not a value"),
        ({}, "A[", "it is no slot"),
    ],
)
def test_what_stands_in_the_way_is_told(request_: dict[str, Any], slot: str, words: str) -> None:
    with pytest.raises(SlotError) as caught:
        place(request_, slot, VALUE)
    assert words in str(caught.value)


def test_items_that_are_no_mappings_are_passed_over() -> None:
    request: dict[str, Any] = {"A": ["x"]}
    place(request, "A[Name=n].B", VALUE)
    assert request == {"A": ["x", {"Name": "n", "B": VALUE}]}


@pytest.mark.parametrize(
    ("slot", "expected"),
    [
        ("HyperParameters.depth", True),
        ("TrainingJobDefinition.StaticHyperParameters.depth", True),
        ("PrimaryContainer.Environment.A", True),
        ("AppSpecification.ContainerArguments[Flag=--n]", True),
        ("Conditions[0].RightValue", False),
        ("MyEnvironmental.A", False),
    ],
)
def test_some_places_take_texts_only(slot: str, *, expected: bool) -> None:
    assert takes_text(slot) is expected
