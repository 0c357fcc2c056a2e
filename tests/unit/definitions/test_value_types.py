"""What references yield, in words."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.definitions.steps import read_definition
from stepwire.definitions.value_types import ValueTypes

DEFINITION = {
    "Parameters": [
        {"Name": kind.lower(), "Type": kind} for kind in ("String", "Integer", "Float", "Boolean")
    ],
    "Steps": [
        {"Name": "T", "Type": "Training", "Arguments": {}},
        {
            "Name": "L",
            "Type": "Lambda",
            "Arguments": {},
            "OutputParameters": [
                {"OutputName": "n", "OutputType": "Integer"},
                {"OutputName": "s", "OutputType": "String"},
            ],
        },
    ],
}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ({"Get": "Parameters.string"}, "a text"),
        ({"Get": "Parameters.integer"}, "a whole number"),
        ({"Get": "Parameters.float"}, "a number"),
        ({"Get": "Parameters.boolean"}, "true or false"),
        ({"Get": "Parameters.none"}, None),
        ({"Get": "Execution.PipelineName"}, "a text"),
        ({"Std:Join": {"On": "", "Values": []}}, "a text"),
        ({"Std:JsonGet": {"Path": "a"}}, None),
        ({"Get": "Steps.T.TrainingJobName"}, "a text"),
        ({"Get": "Steps.T.ResourceConfig.InstanceCount"}, "a whole number"),
        ({"Get": "Steps.T.ResourceConfig"}, None),
        ({"Get": "Steps.T.TrainingStartTime"}, None),
        ({"Get": "Steps.L.OutputParameters['n']"}, "a whole number"),
        ({"Get": "Steps.L.OutputParameters['s']"}, None),
        ({"Get": "nothing"}, None),
        ({"Other": 1}, None),
    ],
)
def test_what_an_expression_yields(expression: Any, expected: str | None) -> None:
    assert ValueTypes(read_definition(DEFINITION)).of(expression) == expected
