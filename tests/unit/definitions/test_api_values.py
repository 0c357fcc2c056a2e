"""Values held against shapes: each thing that SageMaker would refuse is told where it stands."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.definitions.api_shapes import inline_shape
from stepwire.definitions.api_values import NUMBER, TEXT, WHOLE, ValueCheck
from stepwire.problems.codes import Code
from stepwire.problems.problem import Location, Problem
from stepwire.specs.kinds.shapes import (
    BOOLEAN_SHAPE,
    INTEGER_SHAPE,
    JSON_SHAPE,
    NUMBER_SHAPE,
    TEXT_SHAPE,
    ShapeBody,
    list_of,
    map_of,
    one_of,
    structure,
)

GET = {"Get": "Parameters.p"}
OF_FILE = {"Std:JsonGet": {"PropertyFile": {"Get": "Steps.A.PropertyFiles.f"}, "Path": "auc"}}


def told(value: Any, shape: ShapeBody, yields: str | None = None) -> list[tuple[Location, str]]:
    """The places and the words of what is wrong; the references in the value yield one type."""

    def report(code: Code, location: Location, message: str, hint: str = "") -> Problem:
        return Problem(code, f"{message} ({hint})" if hint else message, location=location)

    found = ValueCheck(report, lambda _: yields).check(value, inline_shape(shape), ())
    return [(problem.location, problem.message) for problem in found]


@pytest.mark.parametrize(
    ("value", "shape", "words"),
    [
        (1, TEXT_SHAPE, 'expected a text, found a whole number, 1 (write it in quotes: "1")'),
        (True, INTEGER_SHAPE, "expected a whole number, found true or false, true"),
        ("3", INTEGER_SHAPE, 'expected a whole number, found a text, "3" (write it without quotes: 3)'),
        (0.5, INTEGER_SHAPE, "expected a whole number, found a number, 0.5"),
        (1, BOOLEAN_SHAPE, "expected true or false, found a whole number, 1"),
        ("a", list_of(TEXT_SHAPE), 'expected a list, found a text, "a" (put it in a list)'),
        ([], list_of(TEXT_SHAPE, least=1), "expected at least 1 items, found 0"),
        ([1, 2], {**list_of(INTEGER_SHAPE), "max": 1}, "expected at most 1 items, found 2"),
        ({"a": "b"}, {**map_of(TEXT_SHAPE), "min": 2}, "expected at least 2 items, found 1"),
        ("c", one_of("a", "b"), 'expected one of a, b, found a text, "c"'),
        ("ab", {"type": "string", "max": 1}, "expected at most 1 characters, found 2"),
        ("b", {"type": "string", "pattern": "a+"}, 'expected a text that matches a+, found a text, "b"'),
        ({}, structure({"A": TEXT_SHAPE}), "expected a member 'A', found none"),
        ({"A": None}, structure({"A": TEXT_SHAPE}), "expected a member 'A', found none"),
        ({"B": 1}, structure({}, {"A": TEXT_SHAPE}), "unknown member 'B' (there is 'A')"),
        (
            {"A": "a", "B": "b"},
            {**structure({}, {"A": TEXT_SHAPE, "B": TEXT_SHAPE}), "union": True},
            "expected exactly one of A, B, found 'A', 'B'",
        ),
    ],
)
def test_what_is_wrong_is_said(value: Any, shape: ShapeBody, words: str) -> None:
    assert told(value, shape) == [((), words)]


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (1, NUMBER_SHAPE),
        (["a"], list_of(TEXT_SHAPE, least=1)),
        ("aa", {"type": "string", "pattern": "a+", "min": 2, "max": 2}),
        ({"A": "a"}, {**structure({}, {"A": TEXT_SHAPE, "B": TEXT_SHAPE}), "union": True}),
        ({"S3OutputPath": None}, structure({"S3OutputPath": TEXT_SHAPE})),
        ({"any": [1, None]}, JSON_SHAPE),
        ({}, structure({}, {"A": TEXT_SHAPE})),
    ],
)
def test_what_fits_is_left_alone(value: Any, shape: ShapeBody) -> None:
    assert told(value, shape) == []


def test_what_stands_inside_is_placed_there() -> None:
    """Members of mappings, items of lists, and keys, which are told by their name."""
    shape = structure({}, {"A": list_of(structure({"B": INTEGER_SHAPE})), "M": map_of(BOOLEAN_SHAPE)})
    value = {"A": [{"B": 1}, {"B": "x"}, {}], "M": {"k": "x", 1: True}}
    assert told(value, shape) == [
        (("A", 1, "B"), 'expected a whole number, found a text, "x"'),
        (("A", 2), "expected a member 'B', found none"),
        (("M", "k"), 'expected true or false, found a text, "x"'),
        (("M",), "the key '1': expected a text, found a whole number, 1 (write it in quotes: \"1\")"),
    ]


def test_a_reference_is_held_to_what_it_yields() -> None:
    """Whole numbers do for numbers; containers are never references."""
    make = "make it an Integer parameter"
    wrong = (
        f"expected a whole number, found a reference to a number, which SageMaker does not convert ({make})"
    )
    assert told(GET, INTEGER_SHAPE, NUMBER) == [((), wrong)]
    assert told(GET, NUMBER_SHAPE, WHOLE) == []
    assert told(GET, TEXT_SHAPE, TEXT) == []
    assert told(GET, INTEGER_SHAPE) == []
    ((_, words),) = told(GET, TEXT_SHAPE, WHOLE)
    assert words.endswith('(write {"Std:Join": {"On": "", "Values": [{"Get": "Parameters.p"}]}})')
    single = "found an expression, which stands for a single value"
    assert told(GET, list_of(TEXT_SHAPE)) == [((), f"expected a list, {single} (put it in a list)")]
    assert told(GET, structure({})) == [((), f"expected a mapping, {single} (give each member its own)")]


def test_a_hyperparameter_out_of_a_file_may_be_no_text() -> None:
    """Joined it is a text; what SageMaker would do with a number alone is not known."""
    shape = structure({}, {"HyperParameters": map_of(TEXT_SHAPE), "Environment": map_of(TEXT_SHAPE)})
    ((place, message),) = told({"HyperParameters": {"eta": OF_FILE}}, shape)
    join = '{"Std:Join": {"On": "", "Values": [{"Std:JsonGet": '
    assert place == ("HyperParameters", "eta")
    assert message.startswith(f"takes a text, and what stands in the file may be a number (write {join}")
    joined = {"Std:Join": {"On": "", "Values": [OF_FILE]}}
    assert told({"HyperParameters": {"eta": joined}, "Environment": {"A": OF_FILE}}, shape) == []


def test_a_member_that_is_there_already_is_not_what_was_meant() -> None:
    shape = structure({}, {"Inputs": TEXT_SHAPE, "OutputConfig": TEXT_SHAPE})
    ((_, message),) = told({"Inputs": "a", "Outputs": "b"}, shape)
    assert message == "unknown member 'Outputs' (did you mean 'OutputConfig'?)"
