"""Steps for which a definition has several, and names that only documents know."""

from __future__ import annotations

import json
from typing import Any

import pytest

import stepwire as sw
from stepwire.emitters.definition import emit_definition, emit_valid
from stepwire.problems.errors import DefinitionError
from stepwire.specs import loads

WATCH: dict[str, Any] = {
    "kind": "MonitorBatchTransform",
    "dependencies": {
        "transform.data": {"type": "processing_output"},
        "transform.model_name": {"type": "model_artifacts", "data_type": "ModelName"},
        "supplied_baseline_constraints": {"type": "evaluation_report"},
        "baseline_dataset": {"type": "training_data"},
    },
    "outputs": {
        "scores": {"type": "processing_output", "property_path": "properties.TransformOutput.S3OutputPath"},
        "CalculatedBaselineConstraints": {"type": "evaluation_report"},
    },
}
INPUTS = {
    "batch": {"type": "processing_output"},
    "model": {"type": "model_artifacts", "data_type": "ModelName"},
    "constraints": {"type": "evaluation_report"},
    "seen": {"type": "training_data"},
}
STOP = {"kind": "Fail", "request": {"ErrorMessage": "no"}}
WAIT = {**STOP, "depends_on": ["Watch"]}


def written(steps: dict[str, Any], **more: Any) -> dict[str, dict[str, Any]]:
    text = json.dumps({"name": "p", "inputs": INPUTS, "steps": steps, **more})
    steps_written = emit_definition(sw.resolve(loads(text, file="p.json"))).definition["Steps"]
    return {step["Name"]: step for step in steps_written}


def watch(**request: Any) -> dict[str, Any]:
    return {"Watch": {**WATCH, "request": request}}


def refusal(steps: dict[str, Any], **more: Any) -> str:
    with pytest.raises(DefinitionError) as caught:
        written(steps, **more)
    return str(caught.value)


def test_a_monitored_transform_is_two_steps() -> None:
    steps = written(watch())
    assert {name: step["Type"] for name, step in steps.items()} == {
        "Watch-transform": "Transform",
        "Watch-monitoring": "QualityCheck",
    }
    assert steps["Watch-transform"]["Arguments"]["ModelName"] == {"Get": "Parameters.model"}
    assert steps["Watch-monitoring"]["SuppliedBaselineConstraints"] == {"Get": "Parameters.constraints"}
    (given,) = steps["Watch-monitoring"]["Arguments"]["ProcessingInputs"]
    assert given["S3Input"]["S3Uri"] == {"Get": "Parameters.seen"}


@pytest.mark.parametrize(
    ("before", "waits"), [(False, "Watch-monitoring"), (True, "Watch-transform")], ids=["after", "before"]
)
def test_the_second_waits_for_the_first(before: bool, waits: str) -> None:
    steps = written({**watch(MonitorBeforeTransform=before), "Stop": STOP}, order=[["Stop", "Watch"]])
    first = ({"Watch-monitoring", "Watch-transform"} - {waits}).pop()
    assert (steps[first]["DependsOn"], steps[waits]["DependsOn"]) == (["Stop"], [first])


def test_what_waits_for_it_waits_for_the_second() -> None:
    assert written({**watch(), "Wait": WAIT})["Wait"]["DependsOn"] == ["Watch-monitoring"]


def test_both_run_where_it_runs() -> None:
    gate = {
        "kind": "Condition",
        "request": {"Conditions": [{"Type": "Equals", "LeftValue": 1, "RightValue": 1}]},
    }
    steps = written({**watch(), "Gate": gate}, branches={"Gate": {"if": ["Watch"], "else": []}})
    inside = [step["Name"] for step in steps["Gate"]["Arguments"]["IfSteps"]]
    assert sorted(inside) == ["Watch-monitoring", "Watch-transform"]


@pytest.mark.parametrize(
    ("path", "owner"),
    [("TransformOutput.S3OutputPath", "transform"), ("CalculatedBaselineConstraints", "monitoring")],
)
def test_a_property_is_that_of_the_step_that_has_it(path: str, owner: str) -> None:
    """Wired, or written by hand, within a text."""
    joined = {"Std:Join": {"On": "", "Values": ["see ", {"Get": f"Steps.Watch.{path}"}]}}
    steps = written({**watch(), "Stop": {"kind": "Fail", "request": {"ErrorMessage": joined}}})
    said = steps["Stop"]["Arguments"]["ErrorMessage"]["Std:Join"]["Values"][1]
    assert said == {"Get": f"Steps.Watch-{owner}.{path}"}


def test_what_takes_its_output_takes_that_of_the_transform() -> None:
    look = {"kind": "Processing", "dependencies": {"scores": {"type": "processing_output"}}}
    (given,) = written({**watch(), "Look": look}, pins={"Look.scores": "Watch.scores"})["Look"]["Arguments"][
        "ProcessingInputs"
    ]
    assert given["S3Input"]["S3Uri"] == {"Get": "Steps.Watch-transform.TransformOutput.S3OutputPath"}


def test_the_type_of_the_check_tells_which_step_makes_it() -> None:
    assert written(watch(CheckType="MODEL_BIAS"))["Watch-monitoring"]["Type"] == "ClarifyCheck"


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (
            {"CheckType": "MODEL_QUALITY", "MonitorBeforeTransform": True},
            "looks at what the transform writes",
        ),
        ({"Transform": ["x"]}, "Transform is no mapping: a list"),
        ({"MonitorBeforeTransform": "yes"}, "MonitorBeforeTransform is a text"),
    ],
    ids=["order", "form", "flag"],
)
def test_what_says_no_two_steps_is_refused(request_: dict[str, Any], words: str) -> None:
    assert words in refusal(watch(**request_))


def test_a_name_that_another_step_has_is_refused() -> None:
    text = refusal({**watch(), "Watch-transform": STOP})
    assert "'Watch' is called 'Watch-transform' in a definition, as another step is" in text


def test_what_is_wrong_in_a_part_is_placed_where_it_stands() -> None:
    text = """
name: p
inputs: {batch: {type: processing_output}}
steps:
  Watch:
    kind: MonitorBatchTransform
    dependencies: {transform.data: {type: processing_output}}
    request:
      Transform:
        ModelName: m
        MaxPayloadInMB: much
"""
    with pytest.raises(DefinitionError) as caught:
        emit_valid(sw.resolve(loads(text, file="p.yaml")))
    (problem,) = [it for it in caught.value.problems if "MaxPayloadInMB" in it.message]
    assert problem.position is not None
    assert problem.position.line == 11


def test_the_number_of_a_call_is_written_with_a_hyphen() -> None:
    steps = {"stop": STOP, "stop#2": STOP}
    assert sorted(written(steps, order=[["stop", "stop#2"]])) == ["stop", "stop-2"]
    assert written(steps, order=[["stop", "stop#2"]])["stop-2"]["DependsOn"] == ["stop"]
