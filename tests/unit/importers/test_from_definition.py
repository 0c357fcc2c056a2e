"""What a definition becomes as a document, and that the document emits the same again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import stepwire as sw
from stepwire.definitions.recognise import recognise
from stepwire.emitters.definition import emit_definition
from stepwire.importers.document import to_yaml
from stepwire.importers.from_definition import (
    Imported,
    from_definition,
    import_definition,
    without_needless_pins,
)
from stepwire.problems.errors import DefinitionError, StepwireError
from stepwire.specs.load import loads
from stepwire.specs.write import pipeline_data

HERE = Path(__file__).parents[2]
SHARED = Path(__file__).parents[3].parent / "shared" / "definitions"
OWN = sorted((HERE / "contract" / "definitions").glob("*.json"))
PUBLIC = sorted(SHARED.glob("*/*.json"))

ROLE = "arn:aws:iam::123456789012:role/pipelines"
S3 = {"S3DataType": "S3Prefix", "S3DataDistributionType": "FullyReplicated"}


def output(name: str) -> dict[str, Any]:
    place = {
        "S3Uri": f"s3://b/{name}/",
        "LocalPath": f"/opt/ml/processing/{name}",
        "S3UploadMode": "EndOfJob",
    }
    return {"OutputName": name, "S3Output": place}


def processing(name: str, *outputs: str, **arguments: Any) -> dict[str, Any]:
    listed = {"ProcessingOutputConfig": {"Outputs": [output(item) for item in outputs]}} if outputs else {}
    return {"Name": name, "Type": "Processing", "Arguments": {"RoleArn": ROLE, **listed, **arguments}}


def uri(step: str, name: str) -> dict[str, str]:
    return {"Get": f"Steps.{step}.ProcessingOutputConfig.Outputs['{name}'].S3Output.S3Uri"}


def training(name: str, data: Any, **arguments: Any) -> dict[str, Any]:
    channel = {"ChannelName": "train", "DataSource": {"S3DataSource": {"S3Uri": data, **S3}}}
    return {"Name": name, "Type": "Training", "Arguments": {"InputDataConfig": [channel], **arguments}}


def definition(*steps: Any, parameters: Any = (), **members: Any) -> dict[str, Any]:
    return {
        "Version": "2020-12-01",
        "Metadata": {},
        "Parameters": list(parameters),
        "Steps": list(steps),
        **members,
    }


def imported(body: dict[str, Any]) -> Imported:
    found = recognise(json.dumps(body), "churn.json")
    assert found is not None
    return import_definition(found)


def again(body: dict[str, Any]) -> Any:
    """Import a definition, write it as YAML, read that, and emit it."""
    done = imported(body)
    pipeline = loads(to_yaml(done.data, done.comments))
    assert pipeline_data(pipeline) == pipeline_data(done.pipeline)
    return json.loads(json.dumps(emit_definition(sw.resolve(pipeline)).definition))


@pytest.mark.parametrize("path", [*OWN, *PUBLIC], ids=lambda path: path.stem)
def test_import_and_emission_give_the_same_definition(path: Path) -> None:
    body = json.loads(path.read_text(encoding="utf-8"))
    assert again(body) == body


def test_ports_carry_the_names_of_the_catalogue() -> None:
    fit = training("Fit", uri("Prep", "train"), HyperParameters={"eta": {"Get": "Parameters.P"}})
    body = definition(processing("Prep", "train"), fit, parameters=[P])
    pipeline = imported(body).pipeline
    assert pipeline.pins == {"Fit.train": "Prep.train", "Fit.hyperparameters.eta": "inputs.P"}
    assert pipeline.steps["Fit"].spec.dependencies["train"].dependency_type == "training_data"
    assert again(body) == body


def test_what_the_solver_finds_by_itself_needs_no_pin() -> None:
    body = definition(
        processing("Prep", "train", "test"),
        training("Fit", uri("Prep", "train")),
        training("Odd", uri("Prep", "test")),
    )
    done = without_needless_pins(imported(body))
    assert done.pipeline.pins == {"Odd.train": "Prep.test"}
    assert emit_definition(sw.resolve(done.pipeline)).definition == body
    assert done.data["pins"] == {"Odd.train": "Prep.test"}
    assert "pins:\n  Odd.train: Prep.test  # else Prep.train\n" in to_yaml(done.data, done.comments)
    assert "pins" not in without_needless_pins(imported(definition(*body["Steps"][:2]))).data


def test_a_join_around_a_property_is_an_edge() -> None:
    report = {"Std:Join": {"On": "/", "Values": [uri("Eval", "report"), "evaluation.json"]}}
    metrics = {"ModelQuality": {"Statistics": {"ContentType": "application/json", "S3Uri": report}}}
    body = definition(
        processing("Eval", "report"),
        {"Name": "Reg", "Type": "RegisterModel", "Arguments": {"ModelMetrics": metrics}},
    )
    assert imported(body).pipeline.pins == {"Reg.model_metrics.model_statistics": "Eval.report"}
    assert again(body) == body


def test_a_condition_and_its_branches_come_back() -> None:
    value = {"Std:JsonGet": {"PropertyFile": {"Get": "Steps.Eval.PropertyFiles.scores"}, "Path": "a.b"}}
    files = [{"PropertyFileName": "scores", "OutputName": "report", "FilePath": "x.json"}]
    fail = {"Name": "Stop", "Type": "Fail", "Arguments": {"ErrorMessage": "no"}}
    check = {
        "Name": "Check",
        "Type": "Condition",
        "Arguments": {
            "Conditions": [{"Type": "LessThan", "LeftValue": value, "RightValue": 1.5}],
            "IfSteps": [fail, {**fail, "Name": "A", "DependsOn": ["Stop"]}],
            "ElseSteps": [],
        },
    }
    body = definition({**processing("Eval", "report"), "PropertyFiles": files}, check)
    pipeline = imported(body).pipeline
    assert pipeline.branches["Check"].if_ == ("Stop", "A")
    assert pipeline.pins == {"Check.condition[0].left": "Eval.scores"}
    assert again(body) == body


def job(name: str, **arguments: Any) -> dict[str, Any]:
    return {"Name": name, "Type": "Training", "Arguments": arguments}


TEXTS = {
    "K": "008",
    "N": "5e-05",
    "Y": "yes",
    "E": "",
    "T": "a\u2028b\U0001f600",
    "D": "2024-01-01",
    "M": "a: b # c",
}
P = {"Name": "P", "Type": "String"}
FULL = {"Name": "A", "Type": "Integer", "DefaultValue": 3, "EnumValues": [3, 4], "Description": "d"}
NEW = {"Name": "B", "Type": "String", "DefaultValue": "", "New": 1}
CALL = {
    "Name": "L",
    "Type": "Lambda",
    "FunctionArn": "arn",
    "Arguments": {"image": 1, "Name": {"Get": "Parameters.P"}},
}
LOOP = {
    "Name": "E",
    "Type": "ForEach",
    "Arguments": {"IterableItems": ["a"], "ForEachBody": [processing("In")]},
}
LOOPED = {"A": {"Get": "Steps.E.IterationOutputs[0].In.ProcessingJobName"}}
TOLD = ["--x", uri("A", "o"), "--y", {"Std:Join": {"On": "", "Values": ["a", uri("A", "o")]}}]
OLD = processing("A", "o")


@pytest.mark.parametrize(
    "body",
    [
        definition(processing("Z"), processing("A")),
        definition(processing("A", Environment=TEXTS)),
        definition(job("F", HyperParameters={"x": 5e-05, "y": 10**30, "z": -1.5, "t": True})),
        definition(processing("A"), {**processing("B"), "DependsOn": ["A"]}, {**job("C"), "DependsOn": []}),
        definition(processing("A"), {**processing("B"), "DependsOn": [{"Step": "A", "Trigger": "Any"}]}),
        definition(OLD, {**training("T", uri("A", "o")), "DependsOn": ["A"]}),
        definition(CALL, parameters=[P]),
        definition({"Name": "New", "Type": "Brandnew", "Arguments": {"D": [[uri("A", "o")]]}, "Odd": None}),
        definition({"Name": "N", "Type": "Fail"}),
        definition({"Name": "N", "Type": "Fail", "Arguments": {}}),
        definition(processing("A"), MlflowConfig=None, PipelineExperimentConfig={"ExperimentName": "e"}),
        definition(processing("A"), parameters=[{"Name": "Z"}, FULL, NEW]),
        {"Version": "2020-12-01", "Steps": [processing("A")]},
        definition(LOOP, processing("After", Environment=LOOPED)),
        definition(OLD, processing("B", AppSpecification={"ContainerArguments": TOLD})),
        definition(OLD, processing("B", Tags=[{"Key": "Std:Join", "Value": {"Std:New": [uri("A", "o")]}}])),
        definition(
            OLD, job("B", A={"b.c": uri("A", "o"), "d e": {"\u00e9]['": uri("A", "o")}, "": uri("A", "o")})
        ),
        definition(job("A", A={"Get": "Steps.A.TrainingJobName"})),
    ],
)
def test_whatever_stands_in_a_definition_comes_back(body: dict[str, Any]) -> None:
    assert again(body) == body


def test_nothing_is_completed_that_was_left_out() -> None:
    text = to_yaml(imported(definition(training("Fit", "s3://b/data"))).data, {})
    assert "complete: false" in text
    assert "Stopping" not in text


def test_what_is_no_dependency_is_told() -> None:
    body = definition(
        processing("A"), processing("B", Environment={"X": {"Get": "Steps.Gone.ProcessingJobArn"}})
    )
    assert imported(body).kept == ("kept as it is: 1 reference of step 'B'",)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"Version": "2019-01-01", "Steps": []}, "Version: expected '2020-12-01'"),
        (definition(processing("A"), processing("A")), "another step has this name"),
        ({"Version": "2020-12-01", "Steps": [3]}, r"churn.json:1:37: .*expected a mapping"),
    ],
)
def test_what_cannot_be_a_document_is_told(body: dict[str, Any], words: str) -> None:
    with pytest.raises(DefinitionError, match=words):
        imported(body)


def test_what_never_runs_is_refused_where_it_is_said() -> None:
    """Its document would have no wiring."""
    circle = definition({**processing("A"), "DependsOn": ["B"]}, {**processing("B"), "DependsOn": ["A"]})
    with pytest.raises(DefinitionError, match=r"steps 'A' -> 'B' -> 'A': each needs .*SW406"):
        from_definition(circle)
    branches = {"Conditions": [], "IfSteps": [processing("A")], "ElseSteps": [processing("B")]}
    check = {"Name": "Check", "Type": "Condition", "Arguments": branches}
    with pytest.raises(DefinitionError, match=r"step 'C': needs 'A' and 'B' on both sides .*SW206"):
        from_definition(definition(check, {**processing("C"), "DependsOn": ["A", "B"]}))


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda body: body,
        json.dumps,
        lambda body: {"PipelineName": "p", "PipelineDefinition": json.dumps(body)},
        lambda body: SimpleNamespace(name="p", definition=lambda: json.dumps(body)),
    ],
)
def test_in_python_a_value_a_text_an_answer_or_a_pipeline_is_taken(wrapped: Callable[[Any], Any]) -> None:
    body = definition(processing("Prep", "train"), training("Fit", uri("Prep", "train")))
    pipeline = from_definition(wrapped(body), pins=False)
    assert dict(pipeline.pins) == {}
    assert emit_definition(sw.resolve(pipeline)).definition == body


@pytest.mark.parametrize("value", [3, None, [], "", "x", {"name": "p"}, {"Steps": {1, 2}}])
def test_in_python_other_values_are_refused(value: Any) -> None:
    with pytest.raises(StepwireError):
        from_definition(value)


def test_a_step_that_waits_for_one_within_a_loop_still_does() -> None:
    loop = {
        "Name": "All",
        "Type": "ForEach",
        "Arguments": {
            "IterableItems": ["a"],
            "ForEachBody": [{"Name": "Each", "Type": "Lambda", "Arguments": {}}],
        },
    }
    after = {"Name": "After", "Type": "Lambda", "Arguments": {}, "DependsOn": ["Each"]}
    definition = {"Version": "2020-12-01", "Steps": [loop, after]}
    assert emit_definition(sw.resolve(from_definition(definition))).definition == definition


def test_names_that_no_port_can_have_are_made_fit() -> None:
    answer = {"OutputName": "a\u2028b", "OutputType": "String"}
    ask = {"Name": "Ask", "Type": "Lambda", "Arguments": {}, "OutputParameters": [answer]}
    take = {
        "Name": "Take",
        "Type": "Lambda",
        "Arguments": {"x": {"Get": "Steps.Ask.OutputParameters['a\u2028b']"}},
    }
    definition = {"Version": "2020-12-01", "Steps": [ask, take]}
    document = from_definition(definition)
    assert document.pins == {"Take.x": "Ask.a_b"}
    assert emit_definition(sw.resolve(document)).definition == definition
