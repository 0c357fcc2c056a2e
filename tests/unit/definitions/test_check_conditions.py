"""The Arguments of Condition and Fail steps."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.definitions.api_values import ValueCheck
from stepwire.definitions.check_conditions import check_condition_step, check_fail
from stepwire.definitions.steps import read_definition
from stepwire.definitions.value_types import ValueTypes

STOP = {"Name": "S", "Type": "Fail", "Arguments": {"ErrorMessage": "no"}}
LESS = {"Type": "LessThan", "LeftValue": {"Get": "Parameters.n"}, "RightValue": 1}


def told(kind: str, arguments: dict[str, Any]) -> list[str]:
    """What is wrong with the first step, after its name."""
    step = {"Name": "A", "Type": kind, "Arguments": arguments}
    parameters = [{"Name": "n", "Type": "Integer"}, {"Name": "s", "Type": "String"}]
    definition = read_definition({"Parameters": parameters, "Steps": [step]})
    first = definition.steps[0]
    check = ValueCheck(first.problem, ValueTypes(definition).of)
    found = check_fail(first, check) if kind == "Fail" else check_condition_step(first, check)
    return [str(problem).removeprefix("step 'A': Arguments") for problem in found]


def of_condition(condition: object) -> list[str]:
    return told("Condition", {"Conditions": [condition], "IfSteps": [STOP]})


def test_a_fail_step_has_a_message_and_nothing_else() -> None:
    assert told("Fail", {"ErrorMessage": "no"}) == []
    (missing,) = told("Fail", {})
    assert missing.startswith(": expected a member 'ErrorMessage', found none")
    (unknown,) = told("Fail", {"ErrorMessage": "no", "Message": "n"})
    assert unknown.startswith(": unknown member 'Message'")
    (typed,) = told("Fail", {"ErrorMessage": 1})
    assert typed.startswith(".ErrorMessage: expected a text, found a whole number, 1")


@pytest.mark.parametrize(
    "condition",
    [
        LESS,
        {"Type": "Not", "Condition": LESS},
        {"Type": "Or", "Conditions": [LESS, {"Type": "Not", "Condition": LESS}]},
        {"Type": "In", "QueryValue": {"Get": "Parameters.s"}, "Values": ["a"]},
    ],
)
def test_every_type_of_condition_is_known(condition: object) -> None:
    assert of_condition(condition) == []


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("n < 1", ".Conditions[0]: expected a mapping, found a text"),
        ({**LESS, "Type": "LessThen"}, ".Conditions[0].Type: expected one of Equals, "),
        ({"Type": "Not", "Condition": {"Type": "X"}}, ".Conditions[0].Condition.Type: expected one of"),
        ({"Type": "Not", "Conditions": []}, ".Conditions[0]: unknown member 'Conditions'"),
        ({"Type": "Or", "Conditions": LESS}, ".Conditions[0].Conditions: expected a list, found a mapping"),
        ({"Type": "In", "QueryValue": "a", "Values": "a"}, ".Conditions[0].Values: expected a list"),
        ({**LESS, "RightValue": "one"}, ".Conditions[0]: compares a whole number with a text"),
    ],
)
def test_what_the_service_would_refuse_is_placed(condition: object, words: str) -> None:
    assert any(said.startswith(words) for said in of_condition(condition))


def test_a_condition_has_conditions_and_a_side() -> None:
    (alone,) = told("Condition", {"Conditions": [LESS]})
    assert alone.startswith(": expected a member 'IfSteps' or 'ElseSteps', found neither")
    (bare,) = told("Condition", {"ElseSteps": [STOP]})
    assert bare.startswith(": expected a member 'Conditions', found none")
    (single,) = told("Condition", {"Conditions": LESS, "IfSteps": [STOP]})
    assert single.startswith(".Conditions: expected a list, found a mapping")
