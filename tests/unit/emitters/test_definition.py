"""What cannot be emitted, and why; what can is in tests/golden/test_definitions.py."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

import stepwire as sw
from stepwire.emitters.definition import emit_definition, emit_valid, to_json
from stepwire.problems.errors import DefinitionError
from stepwire.specs.load import loads


def emitted(steps: Mapping[str, Any], **document: Any) -> Mapping[str, Any]:
    text = json.dumps({"name": "p", "steps": steps, **document})
    return emit_definition(sw.resolve(loads(text, file="p.json"))).definition


def problems(steps: Mapping[str, Any], **document: Any) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        emitted(steps, **document)
    return [f"{problem.message} [{problem.code}]" for problem in caught.value.problems]


MODEL = {"kind": "Training", "outputs": {"model": {"type": "model_artifacts"}}}
REPORT = {
    "kind": "Processing",
    "outputs": {
        "report": {"type": "evaluation_report"},
        "figures": {"type": "property_file", "data_type": "Json"},
    },
}


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ({"kind": "Lamda"}, "step 'A': SageMaker has no kind of step called 'Lamda'"),
        ({"kind": "Fail", "code": "a.py"}, "step 'A': a Fail step makes no use of 'code'"),
        ({"kind": "Model", "arguments": {"a": 1}}, "step 'A': a Model step makes no use of 'arguments'"),
        ({"kind": "Condition"}, "step 'A': it does not say what it compares"),
        ({"kind": "Condition", "request": {"Conditions": 5}}, "step 'A': it does not say what it compares"),
        ({"kind": "Fail", "request": {"rol": "x"}}, "step 'A', request: unknown setting 'rol'"),
    ],
)
def test_a_step_that_cannot_be_emitted_is_told(step: Mapping[str, Any], words: str) -> None:
    assert any(text.startswith(words) for text in problems({"A": step}))


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (
            {"kind": "Lambda", "request": {"FunctionArn": "f"}},
            "FunctionArn: expected a text that matches arn:",
        ),
        (
            {"kind": "Callback", "request": {"SqsQueueUrl": "q"}},
            "SqsQueueUrl: expected a text that matches http",
        ),
        ({"kind": "Lineage"}, "expected one of Artifacts, Actions, Contexts, Associations, found none"),
        ({"kind": "QualityCheck"}, "expected a member 'ProcessingInputs', found none"),
        ({"kind": "ClarifyCheck"}, "expected a member 'ProcessingInputs', found none"),
        ({"kind": "NotebookJob"}, "it has no notebook"),
        (
            {"kind": "EMR", "request": {"ClusterId": "j", "StepConfig": {"HadoopJar": {"Jar": "a.jar"}}}},
            "unknown member 'HadoopJar'",
        ),
        (
            {"kind": "MonitorBatchTransform", "code": "a.py"},
            "a MonitorBatchTransform step makes no use of 'code'",
        ),
    ],
)
def test_one_thing_that_is_missing_is_told_once(step: Mapping[str, Any], words: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        emit_valid(sw.resolve(loads(json.dumps({"name": "p", "steps": {"A": step}}), file="p.json")))
    (found,) = [problem for problem in caught.value.problems if words in problem.message]
    assert found.position is not None


def test_what_nobody_says_is_hinted_at() -> None:
    """A member that the document says nowhere has no place but the step's."""
    text = json.dumps({"name": "p", "steps": {"A": {"kind": "Fail"}}})
    with pytest.raises(DefinitionError) as caught:
        emit_valid(sw.resolve(loads(text, file="p.json")))
    (problem,) = caught.value.problems
    assert problem.hint == "say it under 'request', or make it a dependency"


def test_all_problems_are_told_in_the_order_of_the_document() -> None:
    found = problems({"B": {"kind": "EMS"}, "A": {"kind": "Processing", "code": "absent.py"}})
    assert [text[:8] for text in found] == ["step 'B'", "step 'A'"]


def test_what_sagemaker_refuses_is_placed_at_its_member() -> None:
    text = """
name: p
steps:
  A: {kind: Fail, request: {ErrorMessage: x}}
  Prep:
    kind: Fail
    request:
      ErrorMessage: 3
"""
    with pytest.raises(DefinitionError) as caught:
        emit_valid(sw.resolve(loads(text)))
    places = {problem.code: str(problem.position) for problem in caught.value.problems}
    assert places == {"SW420": "document.yaml:8:7"}


def test_a_default_that_is_refused_is_placed_at_its_input() -> None:
    text = """
name: p
inputs:
  why: {type: custom_property, data_type: String, default: ""}
steps:
  A: {kind: Fail, dependencies: {message: {type: custom_property, data_type: String}}}
"""
    with pytest.raises(DefinitionError) as caught:
        emit_valid(sw.resolve(loads(text)))
    (problem,) = caught.value.problems
    assert (problem.code, problem.position and problem.position.line) == ("SW424", 4)


def test_a_pipeline_without_steps_is_told() -> None:
    assert problems({}) == ["the pipeline has no steps [SW435]"]


def test_a_place_that_is_taken_is_told() -> None:
    step = {
        "kind": "Processing",
        "dependencies": {"model": {"type": "model_artifacts", "slot": "Environment.MODEL"}},
        "request": {"Environment": {"MODEL": "mine"}},
    }
    (text,) = problems({"A": step, "M": MODEL})
    assert text == "step 'A': 'model' has no room at Environment.MODEL: it holds a text, \"mine\" [SW434]"


def test_a_property_file_needs_a_path_into_it() -> None:
    condition = {
        "kind": "Condition",
        "dependencies": {"figures": {"type": "property_file", "data_type": "Json"}},
        "request": {"Conditions": [{"Type": "LessThan", "RightValue": 1}]},
    }
    (text,) = problems({"A": condition, "R": REPORT})
    assert text == "step 'A': 'figures' reads the property file R.figures [SW435]"


def test_a_property_file_is_named_after_its_report() -> None:
    (step,) = emitted({"R": REPORT})["Steps"]
    assert step["PropertyFiles"] == [
        {"PropertyFileName": "figures", "OutputName": "report", "FilePath": "report.json"}
    ]


def test_a_number_is_a_text_where_only_a_text_can_stand() -> None:
    condition = {
        "kind": "Condition",
        "dependencies": {"limit": {"type": "custom_property", "data_type": "Float"}},
        "request": {"Conditions": [{"Type": "LessThan", "RightValue": 1}]},
    }
    training = {
        "kind": "Training",
        "dependencies": {"limit": {"type": "custom_property", "data_type": "Float"}},
    }
    given = {"limit": {"type": "custom_property", "data_type": "Float", "default": 0.5}}
    first, second = emitted({"A": condition, "B": training}, inputs=given)["Steps"]
    reference = {"Get": "Parameters.limit"}
    assert first["Arguments"]["Conditions"][0]["LeftValue"] == reference
    assert second["Arguments"]["HyperParameters"]["limit"] == {"Std:Join": {"On": "", "Values": [reference]}}


def test_an_order_that_data_keeps_anyway_is_not_written_again() -> None:
    steps = {
        "A": {"kind": "Processing", "outputs": {"made": {"type": "processing_output"}}},
        "B": {"kind": "Processing", "dependencies": {"made": {"type": "processing_output"}}},
        "C": {"kind": "Fail", "request": {"ErrorMessage": "x"}},
    }
    found = emitted(steps, order=[["A", "B"], ["B", "C"], ["A", "C"]])["Steps"]
    assert [step.get("DependsOn") for step in found] == [None, None, ["A", "B"]]


def test_emission_leaves_the_pipeline_as_it_was() -> None:
    text = json.dumps({"name": "p", "steps": {"R": {**REPORT, "request": {"Environment": {"A": "1"}}}}})
    wiring = sw.resolve(loads(text, file="p.json"))
    assert to_json(emit_definition(wiring).definition) == to_json(emit_definition(wiring).definition)
    assert wiring.pipeline.steps["R"].request == {"Environment": {"A": "1"}}


def test_values_stand_in_only_for_parameters_that_are_not_the_users_own() -> None:
    text = json.dumps(
        {
            "name": "p",
            "steps": {"R": REPORT},
            "inputs": {"Bucket": {"type": "custom_property", "data_type": "String"}},
        }
    )
    emission = emit_definition(sw.resolve(loads(text, file="p.json")))
    assert sorted(emission.stand_ins) == ["ImageUri", "RoleArn"]


def test_a_definition_is_checked_before_it_leaves() -> None:
    text = json.dumps({"name": "p", "steps": {"A": {"kind": "Processing", "request": {"Enviroment": {}}}}})
    with pytest.raises(DefinitionError, match="did you mean 'Environment'"):
        emit_valid(sw.resolve(loads(text, file="p.json")))
