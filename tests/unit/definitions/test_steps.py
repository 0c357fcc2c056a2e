"""The parts of a definition, as values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwire.definitions.check_references import check_references
from stepwire.definitions.steps import needs, output_names, read_definition, step_at
from stepwire.definitions.subjects import place_of
from stepwire.problems.errors import DefinitionError

INNER = {"Name": "Inner", "Type": "Fail", "DependsOn": ["Other"]}
CHECK = {
    "Name": "Check",
    "Type": "Condition",
    "Arguments": {
        "Conditions": [{"LeftValue": {"Std:Join": {"Values": [{"Get": "Steps.Eval.X"}]}}}],
        "IfSteps": [INNER],
    },
}


def test_steps_inside_others_are_read_with_where_they_are() -> None:
    check, inner = read_definition({"Steps": [CHECK]}).steps
    assert (check.name, check.parent, check.side) == ("Check", None, None)
    assert (inner.name, inner.parent, inner.side) == ("Inner", "Check", "IfSteps")


def test_a_step_has_not_what_the_steps_in_it_have() -> None:
    check, _ = read_definition({"Steps": [CHECK]}).steps
    assert check.arguments.keys() == check.body["Arguments"].keys() == {"Conditions"}


def test_a_step_needs_what_it_refers_to_what_it_depends_on_and_what_it_is_in() -> None:
    check, inner = read_definition({"Steps": [CHECK]}).steps
    assert needs(check) == {"Eval"}
    assert needs(inner) == {"Check", "Other"}


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ({}, ()),
        ({"OutputParameters": [{"OutputName": "a"}, {}, 3]}, ("a",)),
        ({"Arguments": {"ProcessingOutputConfig": {"Outputs": [{"OutputName": "a"}]}}}, ("a",)),
        ({"Arguments": {"ProcessingOutputConfig": {"Outputs": {"Get": "x"}}}}, ()),
    ],
)
def test_outputs_are_named_where_a_step_declares_them(body: dict[str, Any], names: tuple[str, ...]) -> None:
    (step,) = read_definition({"Steps": [{"Name": "a", "Type": "Processing", **body}]}).steps
    assert output_names(step) == names


def test_a_place_is_written_as_a_path_that_ends_at_the_expression() -> None:
    assert place_of(("Arguments", "A", 0, "B")) == "Arguments.A[0].B"
    assert place_of(("Arguments", "A", "Std:Join", "Values", 1)) == "Arguments.A"
    assert place_of(()) == ""


def test_parameters_are_texts_unless_they_say_so() -> None:
    first, second = read_definition(
        {"Parameters": [{"Name": "a"}, {"Name": "b", "Type": "Integer"}]}
    ).parameters
    assert (first.type, second.type) == ("String", "Integer")


@pytest.mark.parametrize(
    ("definition", "problems"),
    [
        ({"Steps": 3}, ["pipeline: Steps: expected a list, found a whole number, 3 [SW408]"]),
        (
            {"Steps": [{"Name": "a", "Type": "Condition", "Arguments": {"IfSteps": {}}}]},
            ["pipeline: Steps[0].Arguments.IfSteps: expected a list, found a mapping [SW408]"],
        ),
        ({"Steps": [3]}, ["pipeline: Steps[0]: expected a mapping, found a whole number, 3 [SW408]"]),
        (
            {"Steps": [{"Name": "a"}, {"Name": "b", "Type": "Fail", "DependsOn": "a"}]},
            [
                "step 'a': 'Type' is missing [SW408]",
                "step 'b': 'DependsOn' should be a list, found a text, \"a\" [SW408]",
            ],
        ),
        (
            {"Parameters": [{"Name": "a", "Type": "Int"}]},
            ["pipeline, Parameters[0]: 'Type' is a text, \"Int\"; expected one of String, Integer, "],
        ),
    ],
)
def test_what_is_malformed_is_told_at_once(definition: dict[str, Any], problems: list[str]) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_definition(definition).sound()
    found = [str(problem) for problem in caught.value.problems]
    assert [text.startswith(start) for text, start in zip(found, problems, strict=True)] == [True] * len(
        found
    )


def test_a_location_lies_in_the_innermost_step_around_it() -> None:
    definition = {"Steps": [CHECK]}
    inner = ("Steps", 0, "Arguments", "IfSteps", 0)
    assert step_at(definition, (*inner, "DependsOn", 0)) == ("Inner", ("DependsOn", 0))
    assert step_at(definition, ("Steps", 0, "Arguments", "Conditions", 0)) == (
        "Check",
        ("Arguments", "Conditions", 0),
    )
    assert step_at(definition, ("Steps",)) == ("", ("Steps",))


def test_every_step_knows_where_it_stands() -> None:
    check, inner = read_definition({"Steps": [{"Name": "a", "Type": "Fail"}, CHECK]}).steps[1:]
    assert check.location == ("Steps", 1)
    assert inner.location == ("Steps", 1, "Arguments", "IfSteps", 0)


def test_a_step_may_say_which_end_of_another_it_waits_for() -> None:
    waits = ["a", {"Step": "b", "Trigger": "Failed"}, {"Step": "c"}]
    (step,) = read_definition({"Steps": [{"Name": "x", "Type": "Fail", "DependsOn": waits}]}).steps
    assert step.depends_on == ("a", "b", "c")
    assert step.triggers == ("Completed", "Failed", "Completed")


def test_a_reference_where_the_service_reads_a_fixed_value_is_told_as_one() -> None:
    get = {"Get": "Parameters.P"}
    file = {"PropertyFileName": "f", "OutputName": "o", "FilePath": get}
    steps = [{"Name": get, "Type": "Fail"}, {"Name": "b", "Type": "Processing", "PropertyFiles": [file]}]
    told = read_definition({"Steps": steps}).problems
    assert [(problem.code, problem.location) for problem in told] == [
        ("SW405", ("Steps", 0, "Name")),
        ("SW405", ("Steps", 1, "PropertyFiles", 0, "FilePath")),
    ]
    assert told[1].message.startswith("step 'b': PropertyFiles[0].FilePath: a reference cannot stand here")


KEYS = ["Name", "Type", "Arguments", "DependsOn", "PropertyFiles", "IfSteps", "Outputs", "OutputName"]
KEYS += ["Get", "Std:Join", "Values", "Std:JsonGet", "PropertyFile", "Path", "ProcessingOutputConfig"]
TEXTS = ["Condition", "Processing", "Steps.a.b", "Steps.a.PropertyFiles.c"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=25,
)


@given(JSON, JSON)
def test_whatever_a_definition_holds_is_checked_without_a_crash(steps: Any, parameters: Any) -> None:
    step = {"Name": "a", "Type": "Condition", "Arguments": {"IfSteps": steps, "Conditions": steps}}
    for definition in ({"Steps": steps, "Parameters": parameters}, {"Steps": [step]}):
        assert isinstance(check_references(read_definition(definition)), tuple)
