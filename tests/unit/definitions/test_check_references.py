"""References, held against what is there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwire.definitions.check_references import check_references
from stepwire.definitions.steps import read_definition

OUTPUTS = {"ProcessingOutputConfig": {"Outputs": [{"OutputName": "train"}, {"OutputName": "test"}]}}
FILES = [{"PropertyFileName": "scores", "OutputName": "test", "FilePath": "scores.json"}]
PREP = {"Name": "Preprocess", "Type": "Processing", "Arguments": OUTPUTS, "PropertyFiles": FILES}
NOTIFY = {
    "Name": "Notify",
    "Type": "Lambda",
    "OutputParameters": [{"OutputName": "id", "OutputType": "String"}],
}
PARAMETERS = [{"Name": "raw_data", "Type": "String"}]


def problems(*steps: Any, parameters: Any = PARAMETERS) -> list[str]:
    read = read_definition({"Parameters": parameters, "Steps": list(steps)})
    return [str(item) for item in (*read.problems, *check_references(read))]


def using(value: Any, **body: Any) -> dict[str, Any]:
    return {"Name": "Train", "Type": "Training", "Arguments": {"A": [{"B": value}]}, **body}


def refer(value: Any) -> list[str]:
    """Find the problems of a value in step Train, less where they say that it stands."""
    place = "step 'Train': Arguments.A[0].B: "
    found = problems(PREP, NOTIFY, using(value))
    assert all(problem.startswith(place) for problem in found)
    return [problem.removeprefix(place) for problem in found]


def json_get(text: str) -> dict[str, Any]:
    return {"Std:JsonGet": {"PropertyFile": {"Get": text}, "Path": "a.b"}}


@pytest.mark.parametrize(
    "value",
    [
        {"Get": "Steps.Preprocess.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri"},
        {"Get": "Steps.Preprocess.ProcessingOutputConfig.Outputs[1].S3Output.S3Uri"},
        {"Get": "Steps.Preprocess.ProcessingJobArn"},
        {"Get": "Steps.Notify.OutputParameters['id']"},
        {"Get": "Parameters.raw_data"},
        {"Get": "Execution.PipelineExecutionId"},
        {"Get": "ForEach.CurrentItem.name"},
        {"Std:Join": {"On": "/", "Values": ["s3:/", {"Get": "Parameters.raw_data"}]}},
        {"Std:JsonGet": {"S3Uri": {"Std:Join": {"Values": []}}, "Path": "a"}},
        json_get("Steps.Preprocess.PropertyFiles.scores"),
    ],
)
def test_a_reference_to_what_is_there_is_no_problem(value: Any) -> None:
    assert refer(value) == []


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (
            {"Get": "Steps.Preproces.ProcessingJobArn"},
            "there is no step 'Preproces' for 'Steps.Preproces.ProcessingJobArn' "
            "(did you mean 'Preprocess'?) [SW401]",
        ),
        (
            {"Std:Join": {"On": "/", "Values": ["x", {"Get": "Parameters.raw_dat"}]}},
            "there is no parameter 'raw_dat' (did you mean 'raw_data'?) [SW402]",
        ),
        (
            json_get("Steps.Preprocess.PropertyFiles.score"),
            "step 'Preprocess' has no property file 'score' (did you mean 'scores'?) [SW403]",
        ),
        (
            json_get("Steps.Notify.PropertyFiles.scores"),
            "step 'Notify' has no property file 'scores' (declare it in the step's PropertyFiles) [SW403]",
        ),
        (
            {"Get": "Steps.Preprocess.ProcessingOutputConfig.Outputs['trian'].S3Output.S3Uri"},
            "step 'Preprocess' has no output 'trian' (did you mean 'train'?) [SW404]",
        ),
        (
            {"Get": "Steps.Preprocess.ProcessingOutputConfig.Outputs[2].S3Output.S3Uri"},
            "step 'Preprocess' has 2 outputs, and so none at [2] (there are 'test', 'train') [SW404]",
        ),
        (
            {"Get": "Steps.Notify.OutputParameters['no']"},
            "step 'Notify' has no output 'no' (there is 'id') [SW404]",
        ),
        (
            {"Get": "Execution.PipelineExecutionID"},
            "there is no execution variable 'PipelineExecutionID' "
            "(did you mean 'PipelineExecutionId'?) [SW405]",
        ),
        (
            {"Get": "Steps.Preprocess.ProcessingOutputConfig.Outputs['train"},
            "'ProcessingOutputConfig.Outputs['train' of step 'Preprocess' cannot be read: "
            "expected a closing ' at character 38 [SW405]",
        ),
        (
            {"Get": "Steps.Preprocess.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri/a.csv"},
            "'ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri/a.csv' of step 'Preprocess' cannot be "
            "read: expected .name, [n] or ['key'] at character 55 (write "
            '{"Std:Join": {"On": "", "Values": [{"Get": "Steps.Preprocess.ProcessingOutputConfig.'
            'Outputs[\'train\'].S3Output.S3Uri"}, "/a.csv"]}}) [SW405]',
        ),
        (
            {"Get": "Steps.Preprocess.PropertyFiles.scores"},
            "the property file 'scores' of step 'Preprocess' is not a value by itself "
            "(read one with Std:JsonGet) [SW405]",
        ),
    ],
)
def test_a_reference_to_what_is_not_there_tells_what_is(value: Any, problem: str) -> None:
    assert refer(value) == [problem]


@pytest.mark.parametrize(
    "value",
    [
        {"Get": "Steps.Preprocess"},
        {"Get": "raw_data"},
        {"Get": ""},
        {"Get": 3},
        {"Std:Join": "a"},
        {"Std:Join": {"On": 3, "Values": []}},
        {"Std:Join": {"On": "/"}},
        {"Std:JsonGet": {"Path": "a"}},
        json_get("Steps.Preprocess.ProcessingJobArn"),
    ],
)
def test_what_has_not_the_form_of_a_reference_is_malformed(value: Any) -> None:
    (problem,) = refer(value)
    assert problem.endswith("[SW405]")


def test_depends_on_must_name_a_step() -> None:
    assert problems(PREP, using(1, DependsOn=["Preprocess", "Prepare"])) == [
        "step 'Train': DependsOn[1]: there is no step 'Prepare' (did you mean 'Preprocess'?) [SW401]"
    ]


def test_a_property_file_must_be_in_an_output_of_its_step() -> None:
    files = [{"PropertyFileName": "scores", "OutputName": "tests", "FilePath": "scores.json"}]
    assert problems({**PREP, "PropertyFiles": files}) == [
        "step 'Preprocess': PropertyFiles[0].OutputName: the step has no output 'tests' "
        "(did you mean 'test'?) [SW404]"
    ]


def test_references_of_and_to_steps_inside_conditions_are_checked() -> None:
    inner = using({"Get": "Steps.Inner2.X"})
    condition = {
        "Name": "Check",
        "Type": "Condition",
        "Arguments": {
            "Conditions": [{"Type": "Equals", "LeftValue": {"Get": "Steps.Trian.X"}, "RightValue": 1}],
            "IfSteps": [inner],
        },
    }
    after = {"Name": "After", "Type": "Fail", "DependsOn": ["Train"]}
    assert problems(condition, after) == [
        "step 'Check': Arguments.Conditions[0].LeftValue: there is no step 'Trian' for 'Steps.Trian.X' "
        "(did you mean 'Train'?) [SW401]",
        "step 'Train': Arguments.A[0].B: there is no step 'Inner2' for 'Steps.Inner2.X' "
        "(there are 'After', 'Check', 'Train') [SW401]",
    ]


def fail(name: str, *before: str) -> dict[str, Any]:
    return {"Name": name, "Type": "Fail", "DependsOn": list(before)}


def test_every_cycle_is_told_with_its_steps() -> None:
    found = problems(
        fail("c", "b"), fail("b", "a"), fail("a", "c"), fail("y", "x"), fail("x", "y"), fail("s", "s")
    )
    assert [problem.partition(":")[0] for problem in found] == [
        "steps 'a' -> 'b' -> 'c' -> 'a'",
        "steps 's' -> 's'",
        "steps 'x' -> 'y' -> 'x'",
    ]
    assert all(problem.endswith("[SW406]") for problem in found)


def test_a_condition_that_needs_its_own_step_is_a_cycle() -> None:
    inner = {"Name": "Inner", "Type": "Processing"}
    condition = {
        "Name": "Check",
        "Type": "Condition",
        "Arguments": {"Conditions": [{"LeftValue": {"Get": "Steps.Inner.X"}}], "ElseSteps": [inner]},
    }
    (problem,) = problems(condition)
    assert problem.startswith("steps 'Check' -> 'Inner' -> 'Check': each needs the one before it")


@pytest.mark.parametrize("name", ["", "a.b", "a b", "x" * 65, "é", "a\n"])
def test_an_illegal_name_is_told(name: str) -> None:
    (problem,) = problems(fail(name))
    assert problem.endswith("(1 to 64 letters, digits, hyphens and underscores) [SW407]")


def test_a_name_given_twice_is_told_once_wherever_the_steps_are() -> None:
    condition = {"Name": "Check", "Type": "Condition", "Arguments": {"IfSteps": [fail("a")]}}
    assert problems(fail("a"), condition) == ["step 'a': 2 steps have this name (rename all but one) [SW407]"]


def test_what_is_malformed_causes_no_further_problems() -> None:
    unread = {"Name": "b", "Type": 3}
    found = problems(fail("a", "b", "c"), unread, using({"Get": "Steps.b.Anything"}), {"Type": "Fail"})
    assert found == [
        "step 'b': 'Type' should be a text, found a whole number, 3 [SW408]",
        "pipeline, Steps[3]: 'Name' is missing [SW408]",
        "step 'a': DependsOn[1]: there is no step 'c' (there are 'Train', 'a') [SW401]",
    ]


@given(
    st.permutations([PREP, fail("a", "b"), fail("b", "a"), fail("x", "y"), using({"Get": "Parameters.z"})])
)
def test_problems_do_not_depend_on_the_order_of_steps(steps: list[Any]) -> None:
    assert problems(*steps) == [
        "step 'x': DependsOn[0]: there is no step 'y' "
        "(there are 'Preprocess', 'Train', 'a', 'b', 'x') [SW401]",
        "step 'Train': Arguments.A[0].B: there is no parameter 'z' (there is 'raw_data') [SW402]",
        "steps 'a' -> 'b' -> 'a': each needs the one before it, and so none can be first "
        "(take away one of these references or DependsOn) [SW406]",
    ]
