"""What `validate_definition` lets pass and what it refuses, one broken thing at a time.

`definitions/` holds what the SageMaker SDKs 2.257.7 and 3.27.0 wrote for pipelines of many kinds of steps,
and in `broken.yaml` what is said when one thing of the former is broken.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from stepwire.definitions.check_definition import validate_definition
from stepwire.definitions.steps import read_definition

DEFINITIONS = Path(__file__).parent / "definitions"
BROKEN = yaml.safe_load((DEFINITIONS / "broken.yaml").read_text(encoding="utf-8"))
GONE = object()
RAW = {"Get": "Parameters.Raw"}
ADDRESS = ("InputDataConfig", 0, "DataSource", "S3DataSource", "S3Uri")

Definition = dict[str, Any]


def load(name: str) -> Definition:
    """Read what an SDK wrote."""
    loaded: Definition = json.loads((DEFINITIONS / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def walk(steps: list[Definition]) -> Iterator[Definition]:
    for step in steps:
        yield step
        for member in ("IfSteps", "ElseSteps"):
            yield from walk(step["Arguments"].get(member, []))


def changed(step: str, place: Sequence[str | int], value: object) -> Definition:
    """Put a value at a place of a step of the v2 definition, or take away what is there."""
    definition = load("sagemaker_v2")
    target: Any = next(found for found in walk(definition["Steps"]) if found["Name"] == step)
    for part in place[:-1]:
        target = target[part]
    if value is GONE:
        del target[place[-1]]
    else:
        target[place[-1]] = value
    return definition


def texts(definition: Mapping[str, Any]) -> list[str]:
    found = validate_definition(read_definition(definition))
    return [str(problem) for problem in found if problem.code.severity == "error"]


@pytest.mark.parametrize("name", ["sagemaker_v2", "sagemaker_v3"])
def test_what_the_sdks_write_passes(name: str) -> None:
    """Definitions of all kinds of steps that the SDKs wrote have no problems."""
    assert texts(load(name)) == []


@pytest.mark.parametrize(
    ("code", "case"),
    [pytest.param(code, case, id=case["title"]) for code, cases in BROKEN.items() for case in cases],
)
def test_one_broken_thing_is_one_problem(code: str, case: Mapping[str, Any]) -> None:
    """Each broken thing gives one problem: its step, its place, what was expected, what was found, a hint."""
    broken = changed(case["step"], ("Arguments", *case["place"]), case.get("value", GONE))
    assert texts(broken) == [f"step '{case['step']}': {case['said']} [{code}]"]


@pytest.mark.parametrize(
    ("step", "place", "value", "said"),
    [
        ("Pre", ["ProcessingInputs"], [{"InputName": "a"}] * 11, "at most 10 items, found 11"),
        ("Pre", ["Environment"], {f"A{n}": "" for n in range(101)}, "at most 100 items, found 101"),
        ("Pre", ["Environment"], {"A": "x" * 257}, "at most 256 characters, found 257"),
        (
            "Pre",
            ["AppSpecification", "ContainerArguments"],
            ["x" * 257],
            "at most 256 characters, found 257",
        ),
        ("Train", ["HyperParameters"], {"a": "x" * 2501}, "at most 2500 characters, found 2501"),
        ("F", ["ErrorMessage"], "x" * 3073, "at most 3072 characters, found 3073"),
    ],
)
def test_what_is_too_long_is_one_problem(
    step: str, place: Sequence[str | int], value: object, said: str
) -> None:
    """Lists, maps and texts past the service's limits are found before the service finds them."""
    (problem,) = validate_definition(read_definition(changed(step, ("Arguments", *place), value)))
    assert problem.code == "SW421"
    assert problem.message.startswith(f"step '{step}': Arguments.{'.'.join(map(str, place))}")
    assert problem.message.endswith(f": expected {said}")


def test_a_misspelt_required_member_is_not_missing_as_well() -> None:
    """A required member under a wrong name is one problem, though two rules are broken."""
    s3_input = {"S3Uri": "s3://bucket/raw", "S3DataTyp": "S3Prefix"}
    assert texts(changed("Pre", ("Arguments", "ProcessingInputs", 0, "S3Input"), s3_input)) == [
        "step 'Pre': Arguments.ProcessingInputs[0].S3Input: unknown member 'S3DataTyp' "
        "(did you mean 'S3DataType'?) [SW420]"
    ]


def test_an_unknown_instance_type_names_the_botocore_that_does_not_know_it() -> None:
    """Since the service may be newer than botocore, the problem says whose list it was held against."""
    place = ("Arguments", "ProcessingResources", "ClusterConfig", "InstanceType")
    (said,) = texts(changed("Pre", place, "ml.m5.xxlarge"))
    assert "values that botocore " in said
    assert "(did you mean 'ml.m5." in said


@pytest.mark.parametrize("arguments", [None, [], "x"])
def test_arguments_are_a_mapping(arguments: object) -> None:
    """Arguments of another type are one problem."""
    (problem,) = read_definition(changed("Train", ("Arguments",), arguments)).problems
    assert problem.code == "SW408"
    assert problem.message.startswith("step 'Train': 'Arguments' should be a mapping, found ")


def test_a_condition_step_decides_between_steps() -> None:
    """A condition step without either branch is a problem; with one of them it is fine."""
    conditions = [{"Type": "Equals", "LeftValue": 1, "RightValue": 1}]
    step: Definition = {"Name": "C", "Type": "Condition", "Arguments": {"Conditions": conditions}}
    definition = {"Version": "2020-12-01", "Steps": [step]}
    assert texts(definition) == [
        "step 'C': Arguments: expected a member 'IfSteps' or 'ElseSteps', found neither [SW420]"
    ]
    step["Arguments"]["ElseSteps"] = []
    assert texts(definition) == []


def test_members_outside_the_arguments_hold_references_too() -> None:
    """The property paths in a check step's own members are checked."""
    reference = {"Get": "Steps.CC.CalculatedBaselineStatistics"}
    assert texts(changed("QC", ("SuppliedBaselineStatistics",), reference)) == [
        "step 'QC': SuppliedBaselineStatistics: in the reference to step 'CC', ClarifyCheck steps have "
        "no property 'CalculatedBaselineStatistics' (did you mean 'CalculatedBaselineConstraints'?) [SW422]"
    ]


@pytest.mark.parametrize(
    ("step", "place", "value"),
    [
        ("Pre", ("ProcessingJobName",), "my-prefix"),
        ("Pre", ("AppSpecification", "ContainerEntrypoint"), None),
        ("Pre", ("ProcessingResources", "ClusterConfig", "InstanceType"), {"Get": "Parameters.Type"}),
        ("Train", ("EnableManagedSpotTraining",), {"Get": "Parameters.Spot"}),
        ("Train", ("Tags", 0, "Value"), "größer"),
        ("Train", ADDRESS, {"Get": "Steps.Nowhere.No.Such['path']"}),
        ("Train", ADDRESS, {"Get": "Steps.Emr.Config.Args[1]"}),
        ("Train", ADDRESS, {"Get": "ForEach.CurrentItem.uri"}),
        ("Train", ADDRESS, {"Get": 5}),
        ("Train", ("VpcConfig",), {"SecurityGroupIds": [RAW], "Subnets": [RAW, "subnet-1"]}),
        ("Lam", ("anything",), [{"goes": 1}]),
        ("F", ("ErrorMessage",), ""),
    ],
)
def test_what_may_stand(step: str, place: Sequence[str | int], value: object) -> None:
    """Names, optional nulls, expressions for single values, and what others check, are no problems."""
    assert texts(changed(step, ("Arguments", *place), value)) == []


def test_a_type_of_step_that_is_not_known_is_not_checked() -> None:
    """Neither its Arguments nor references to it are held against anything."""
    strange = {"Name": "S", "Type": "Strange", "Arguments": {"Any": [1, {"x": None}]}}
    fail = {"Name": "F", "Type": "Fail", "Arguments": {"ErrorMessage": {"Get": "Steps.S.What.Ever[3]"}}}
    assert texts({"Version": "2020-12-01", "Steps": [strange, fail]}) == []


@pytest.mark.parametrize(
    ("member", "value", "said"),
    [
        ("Version", "2020-12-1", "Version: expected '2020-12-01', found a text, \"2020-12-1\""),
        ("Version", GONE, "Version: expected '2020-12-01', found nothing"),
        ("Steps", GONE, "Steps: expected a list, found nothing"),
        (
            "Metadata",
            {"note": "x" * 1_048_576},
            "definition: expected at most 1048576 characters of JSON, found 1048650 "
            "(move long literals into files)",
        ),
    ],
)
def test_the_pipeline_itself_is_checked(member: str, value: object, said: str) -> None:
    """The version, whether there are steps, and the size are checked."""
    definition: Definition = {"Version": "2020-12-01", "Metadata": {}, "Parameters": [], "Steps": []}
    definition[member] = value
    sent = {key: item for key, item in definition.items() if item is not GONE}
    assert texts(sent) == [f"pipeline: {said} [SW423]"]


@pytest.mark.parametrize(
    ("parameter", "said"),
    [
        (
            {"Name": "a b"},
            "Name: not a parameter's name (letters, digits, hyphens and underscores)",
        ),
        (
            {"Type": "Integer", "DefaultValue": "1"},
            'DefaultValue: expected a whole number, found a text, "1"',
        ),
        (
            {"Type": "Integer", "DefaultValue": 1.5},
            "DefaultValue: expected a whole number, found a number, 1.5",
        ),
        (
            {"Type": "Float", "DefaultValue": True},
            "DefaultValue: expected a number, found true or false, true",
        ),
        (
            {"Type": "Boolean", "DefaultValue": 1},
            "DefaultValue: expected true or false, found a whole number, 1",
        ),
        ({"DefaultValue": 1}, "DefaultValue: expected a text, found a whole number, 1"),
        (
            {"Type": "String", "DefaultValue": "smal", "EnumValues": ["small", "large"]},
            "DefaultValue: expected one of small, large, found a text, \"smal\" (did you mean 'small'?)",
        ),
    ],
)
def test_a_parameter_fits_its_type(parameter: Definition, said: str) -> None:
    """A parameter's type is one of four, and its default value is of that type and among those allowed."""
    definition = {"Version": "2020-12-01", "Parameters": [{"Name": "A", **parameter}], "Steps": []}
    assert texts(definition) == [f"parameter '{parameter.get('Name', 'A')}': {said} [SW423]"]


@pytest.mark.parametrize("parameter", [{"Type": "Float", "DefaultValue": 1}, {"DefaultValue": "a"}, {}])
def test_a_parameter_may_be_written_shorter(parameter: Definition) -> None:
    """A Float may be a whole number; without a type it is a String, and the default may be left out."""
    assert texts({"Version": "2020-12-01", "Parameters": [{"Name": "A", **parameter}], "Steps": []}) == []


def test_problems_come_by_step_and_then_by_location() -> None:
    """The order of steps does not change the order of problems, and item 10 follows item 9."""
    arguments = {"Conditions": [{"Type": "Or"}] * 11, "IfSteps": []}
    steps = [{"Name": name, "Type": "Condition", "Arguments": arguments} for name in ("B", "A")]
    found = texts({"Version": "2020-12-01", "Steps": steps})
    assert found == texts({"Version": "2020-12-01", "Steps": steps[::-1]})
    assert [text.split(": expected")[0] for text in found] == [
        f"step '{name}': Arguments.Conditions[{index}]" for name in "AB" for index in range(11)
    ]


def test_the_same_problem_is_told_once() -> None:
    """A faulty reference that an expression holds twice is one problem."""
    message = {"Std:Join": {"On": "", "Values": [{"Get": "Steps.Train.Nothing"}] * 2}}
    assert len(texts(changed("F", ("Arguments", "ErrorMessage"), message))) == 1


@pytest.mark.parametrize(
    ("step", "place", "value", "said"),
    [
        (
            "Train",
            ["HyperParameters", "n"],
            {"Get": "Parameters.Rounds"},
            "Arguments.HyperParameters.n: expected a text, found a reference to a whole number, which "
            'SageMaker does not convert (write {"Std:Join": {"On": "", "Values": [{"Get": '
            '"Parameters.Rounds"}]}})',
        ),
        (
            "Train",
            ["ResourceConfig", "InstanceCount"],
            RAW,
            "Arguments.ResourceConfig.InstanceCount: expected a whole number, found a reference to a text, "
            "which SageMaker does not convert (make it an Integer parameter)",
        ),
        (
            "Train",
            ["EnableManagedSpotTraining"],
            {"Get": "Steps.Pre.ProcessingJobName"},
            "Arguments.EnableManagedSpotTraining: expected true or false, found a reference to a text, "
            "which SageMaker does not convert",
        ),
        (
            "Pre",
            ["Environment"],
            {"N": {"Get": "Steps.Train.TrainingTimeInSeconds"}},
            "Arguments.Environment.N: expected a text, found a reference to a whole number, which SageMaker "
            'does not convert (write {"Std:Join": {"On": "", "Values": '
            '[{"Get": "Steps.Train.TrainingTimeInSeconds"}]}})',
        ),
    ],
)
def test_a_reference_is_of_the_type_that_its_place_takes(
    step: str, place: Sequence[str | int], value: object, said: str
) -> None:
    """SageMaker converts no number into a text, nor the reverse; the hint is the Join that does."""
    definition = changed(step, ("Arguments", *place), value)
    definition["Parameters"].append({"Name": "Rounds", "Type": "Integer"})
    assert texts(definition) == [f"step '{step}': {said} [SW421]"]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (["HyperParameters", "n"], {"Std:Join": {"On": "", "Values": [{"Get": "Parameters.Rounds"}]}}),
        (["ResourceConfig", "InstanceCount"], {"Get": "Parameters.Rounds"}),
        (["HyperParameters", "n"], {"Get": "Execution.PipelineName"}),
    ],
)
def test_a_reference_of_the_right_type_is_fine(place: Sequence[str | int], value: object) -> None:
    """A Join yields a text, an Integer a whole number, an execution variable a text."""
    definition = changed("Train", ("Arguments", *place), value)
    definition["Parameters"].append({"Name": "Rounds", "Type": "Integer"})
    assert texts(definition) == []


def test_a_condition_compares_two_of_one_type() -> None:
    """An S3 folder is no number, however it is called."""
    left = {"Get": "Steps.Pre.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri"}
    assert texts(changed("Check", ("Arguments", "Conditions", 0, "LeftValue"), left)) == [
        "step 'Check': Arguments.Conditions[0]: compares a text with a number "
        "(compare two of one type; a number in a file is read by Std:JsonGet, of which a document says"
        " type: property_file, data_type: Json and a json_path) [SW421]"
    ]


@pytest.mark.parametrize("declared", ["String", "Float", "Integer"])
def test_a_condition_may_compare_what_a_lambda_answers_with_a_number(declared: str) -> None:
    """The type is the declared one; a declared text says nothing of what is compared."""
    left = {"Get": "Steps.Ask.OutputParameters['score']"}
    definition = changed("Check", ("Arguments", "Conditions", 0, "LeftValue"), left)
    definition["Steps"].append(
        {
            "Name": "Ask",
            "Type": "Lambda",
            "Arguments": {},
            "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:ask",
            "OutputParameters": [{"OutputName": "score", "OutputType": declared}],
        }
    )
    assert texts(definition) == []


def test_a_default_is_held_against_every_place_that_it_reaches() -> None:
    """What would be refused as a literal is told of the parameter, as a warning."""
    definition = changed("Train", ("Arguments", "ResourceConfig", "InstanceType"), {"Get": "Parameters.Type"})
    definition["Parameters"].append({"Name": "Type", "Type": "String", "DefaultValue": "m5.large"})
    definition["Parameters"].append({"Name": "Nothing", "Type": "String", "DefaultValue": ""})
    told = validate_definition(read_definition(definition))
    found = {problem.message.split("'")[1]: problem for problem in told if problem.code == "SW424"}
    place = "at Arguments.ResourceConfig.InstanceType of step 'Train'"
    assert found["Type"].message.startswith(f"parameter 'Type': DefaultValue: {place}, expected one of the ")
    at = len(definition["Parameters"]) - 2
    assert found["Type"].location == ("Parameters", at, "DefaultValue")
    assert found["Nothing"].message.endswith("SageMaker refuses an empty text when the pipeline starts")
