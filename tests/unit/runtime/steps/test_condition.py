"""Conditions, as the SDKs write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from stepwire.runtime.errors import ReasonError
from stepwire.runtime.steps.condition import Condition, decide, is_true

if TYPE_CHECKING:
    from tests.unit.runtime.conftest import Bench


def holds(condition: dict[str, Any]) -> bool:
    return is_true(TypeAdapter(Condition).validate_python(condition))


def compare(kind: str, left: Any, right: Any) -> dict[str, Any]:
    return {"Type": kind, "LeftValue": left, "RightValue": right}


@pytest.mark.parametrize(
    ("kind", "when_less", "when_same", "when_more"),
    [
        ("Equals", False, True, False),
        ("NotEquals", True, False, True),
        ("GreaterThan", False, False, True),
        ("GreaterThanOrEqualTo", False, True, True),
        ("LessThan", True, False, False),
        ("LessThanOrEqualTo", True, True, False),
    ],
)
def test_numbers_are_compared(kind: str, when_less: bool, when_same: bool, when_more: bool) -> None:
    found = [holds(compare(kind, left, 2.0)) for left in (1, 2, 3)]
    assert found == [when_less, when_same, when_more]


@pytest.mark.parametrize(("left", "right"), [("a", "a"), (True, True), (1, 1.0), (None, None)])
def test_equal_values_of_one_kind_are_equal(left: Any, right: Any) -> None:
    assert holds(compare("Equals", left, right))


@pytest.mark.parametrize(("left", "right"), [("1", 1), (True, 1), (True, "true"), (None, "a")])
def test_values_that_can_never_be_equal_are_a_reason_not_an_answer(left: Any, right: Any) -> None:
    with pytest.raises(ReasonError, match="never equal"):
        holds(compare("Equals", left, right))


@pytest.mark.parametrize(("left", "right"), [("s3://b/k", 0.8), ("a", "b"), (True, 0), (None, 1)])
def test_what_is_no_number_has_no_order(left: Any, right: Any) -> None:
    with pytest.raises(ReasonError, match="only numbers are in order"):
        holds(compare("GreaterThan", left, right))


def test_in_asks_for_one_of_several() -> None:
    assert holds({"Type": "In", "QueryValue": "a", "Values": [1, "a"]})
    assert not holds({"Type": "In", "QueryValue": "1", "Values": [1, "a"]})
    assert not holds({"Type": "In", "QueryValue": True, "Values": [1]})


def test_not_in_asks_for_none_of_several() -> None:
    assert holds({"Type": "NotIn", "QueryValue": "b", "Values": [1, "a"]})
    assert not holds({"Type": "NotIn", "QueryValue": "a", "Values": [1, "a"]})


@given(st.integers(), st.integers())
def test_not_is_the_opposite(left: int, right: int) -> None:
    inner = compare("LessThan", left, right)
    assert holds({"Type": "Not", "Condition": inner}) is not holds(inner)
    assert holds({"Type": "Not", "Condition": inner}) is holds(compare("GreaterThanOrEqualTo", left, right))


@given(st.lists(st.booleans(), max_size=4))
def test_or_is_any_of_its_conditions(values: list[bool]) -> None:
    conditions = [compare("Equals", value, True) for value in values]
    assert holds({"Type": "Or", "Conditions": conditions}) is any(values)


@pytest.mark.parametrize(
    ("values", "outcome", "note"),
    [
        ([], "True", "true → Register"),
        ([1, 1], "True", "true → Register"),
        ([1, 2], "False", "false → nothing"),
    ],
)
def test_all_conditions_of_a_step_must_hold(bench: Bench, values: list[int], outcome: str, note: str) -> None:
    request = {"Conditions": [compare("Equals", value, 1) for value in values]}
    found = decide(bench.job(request, IfSteps=("Register",), ElseSteps=()))
    assert (found.properties, found.note) == ({"Outcome": outcome}, note)


def test_a_malformed_condition_is_a_reason(bench: Bench) -> None:
    with pytest.raises(ReasonError, match=r"cannot be carried out here: .*Between"):
        decide(bench.job({"Conditions": [{"Type": "Between"}]}, IfSteps=(), ElseSteps=()))
