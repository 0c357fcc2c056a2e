"""The values of parameters."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwire.definitions.steps import read_definition
from stepwire.problems.errors import ParameterError
from stepwire.runtime.parameter_values import ParameterValue, choose_parameters


def choose(kind: str, value: Any, **declared: Any) -> ParameterValue:
    entry = {"Name": "p", "Type": kind, **declared}
    return choose_parameters(read_definition({"Parameters": [entry]}).parameters, {"p": value})["p"]


def problems(declared: list[dict[str, Any]], given: dict[str, Any]) -> list[str]:
    with pytest.raises(ParameterError) as caught:
        choose_parameters(read_definition({"Parameters": declared}).parameters, given)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("String", "5", "5"),
        ("Integer", 5, 5),
        ("Integer", "-5", -5),
        ("Float", 5, 5.0),
        ("Float", "1e-3", 0.001),
        ("Boolean", True, True),
        ("Boolean", "False", False),
    ],
)
def test_a_value_becomes_what_is_declared(kind: str, value: Any, expected: ParameterValue) -> None:
    found = choose(kind, value)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("String", 5),
        ("Integer", "5.5"),
        ("Integer", 5.0),
        ("Integer", True),
        ("Integer", ""),
        ("Integer", "९"),
        ("Float", "nan"),
        ("Float", "much"),
        ("Float", False),
        ("Float", 10**400),
        ("Boolean", "yes"),
        ("Boolean", 1),
        ("String", ["a"]),
    ],
)
def test_a_value_of_another_type_is_refused(kind: str, value: Any) -> None:
    (problem,) = problems([{"Name": "p", "Type": kind}], {"p": value})
    assert "parameter 'p' should be" in problem
    assert problem.endswith("[SW412]")


def test_a_default_stands_for_a_value_that_is_not_given() -> None:
    declared = read_definition(
        {"Parameters": [{"Name": "p", "Type": "Integer", "DefaultValue": 3}]}
    ).parameters
    assert choose_parameters(declared, {}) == {"p": 3}
    assert choose_parameters(declared, {"p": 4}) == {"p": 4}


def test_all_problems_are_told_at_once() -> None:
    declared = [{"Name": "raw_data", "Type": "String"}, {"Name": "rounds", "Type": "Integer"}]
    assert problems(declared, {"raw_dat": "s3://b/k", "rounds": "many"}) == [
        "there is no parameter 'raw_dat' (did you mean 'raw_data'?) [SW410]",
        "parameter 'raw_data' has no value [SW411]",
        "parameter 'rounds' should be a whole number, found a text, \"many\" [SW412]",
    ]


def test_a_value_must_be_one_of_those_that_are_allowed() -> None:
    assert choose("String", "b", EnumValues=["a", "b"]) == "b"
    declared = [{"Name": "p", "Type": "String", "EnumValues": ["a", "b"]}]
    (problem,) = problems(declared, {"p": "c"})
    assert problem.startswith("parameter 'p' should be one of a, b, found a text, \"c\"")


@given(st.integers(-(10**17), 10**17))
def test_a_number_as_text_is_the_number(number: int) -> None:
    assert choose("Integer", str(number)) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_as_text_is_the_float(number: float) -> None:
    assert choose("Float", repr(number)) == number
