"""Decorated functions: what other steps read of their results."""

from __future__ import annotations

import json
from typing import Any

import pytest

import stepwire as sw
from stepwire.emitters.definition import emit_definition
from stepwire.problems.errors import DefinitionError
from stepwire.specs import loads

RESULT = {"type": "processing_output", "data_type": "Python"}
REQUEST = {"AlgorithmSpecification": {"TrainingImage": "i", "ContainerArguments": ["--x", "1"]}}
GATE = {
    "kind": "Condition",
    "dependencies": {"condition[0].left": {"type": "processing_output", "data_type": "Json"}},
    "request": {"Conditions": [{"Type": "LessThan", "RightValue": 1}]},
}


def written(outputs: dict[str, Any], gate: dict[str, Any]) -> dict[str, Any]:
    steps = {"Score": {"kind": "Function", "outputs": outputs, "request": REQUEST}, "Gate": gate}
    pins = {"Gate.condition[0].left": "Score.auc"} if gate.get("dependencies") else {}
    text = json.dumps({"name": "p", "steps": steps, "pins": pins})
    definition = emit_definition(sw.resolve(loads(text, file="p.json"))).definition
    return {step["Name"]: step["Arguments"] for step in definition["Steps"]}


@pytest.mark.parametrize("path", ["", "Result[1]", "Result['auc']"], ids=["whole", "item", "key"])
def test_a_result_is_read_from_its_file(path: str) -> None:
    steps = written({"auc": {**RESULT, **({"property_path": path} if path else {})}}, GATE)
    place = {"Get": "Steps.Score.OutputDataConfig.S3OutputPath"}
    uri = {"Std:Join": {"On": "/", "Values": [place, "results.json"]}}
    assert steps["Gate"]["Conditions"][0]["LeftValue"] == {
        "Std:JsonGet": {"S3Uri": uri, "Path": path or "Result"}
    }


def test_a_function_keeps_its_result_as_json_where_another_step_takes_it() -> None:
    arguments = written({"auc": RESULT}, GATE)["Score"]["AlgorithmSpecification"]["ContainerArguments"]
    assert arguments == ["--x", "1", "--serialize_output_to_json", "true"]
    compared = {"Conditions": [{"Type": "LessThan", "LeftValue": 0, "RightValue": 1}]}
    alone = {"kind": "Condition", "request": compared}
    arguments = written({"auc": RESULT}, alone)["Score"]["AlgorithmSpecification"]["ContainerArguments"]
    assert arguments == ["--x", "1"]


def test_one_of_several_results_must_say_which() -> None:
    with pytest.raises(DefinitionError, match="one of several results of a function"):
        written({"auc": RESULT, "loss": RESULT}, GATE)
