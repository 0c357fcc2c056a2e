"""The fields in which two definitions differ in meaning."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from stepwire.comparison.changes import ABSENT
from stepwire.comparison.fields import FieldChange, FieldSubject, find_field_changes

Edit = Callable[[dict[str, Any]], object]

DEFINITION: dict[str, Any] = {
    "Version": "2020-12-01",
    "Metadata": {},
    "Parameters": [
        {"Name": "Limit", "Type": "Float", "DefaultValue": 0.5},
        {"Name": "Data", "Type": "String"},
    ],
    "Steps": [
        {
            "Name": "Judge",
            "Type": "Processing",
            "Arguments": {
                "AppSpecification": {"ImageUri": "i", "ContainerArguments": ["--a", "1"]},
                "ProcessingInputs": [
                    {"InputName": "x", "S3Input": {"S3Uri": {"Get": "Parameters.Data"}}},
                    {"InputName": "y", "S3Input": {"S3Uri": "s3://b/y"}},
                ],
            },
            "PropertyFiles": [{"PropertyFileName": "m", "OutputName": "o", "FilePath": "m.json"}],
            "DependsOn": ["Quality", "Other"],
        },
        {"Name": "Other", "Type": "Fail", "Arguments": {"ErrorMessage": "no"}},
        {
            "Name": "Quality",
            "Type": "QualityCheck",
            "SkipCheck": False,
            "SuppliedBaselineStatistics": "s3://b/one",
            "Arguments": {},
        },
        {
            "Name": "Gate",
            "Type": "Condition",
            "Arguments": {
                "Conditions": [
                    {
                        "Type": "LessThan",
                        "LeftValue": {
                            "Std:JsonGet": {
                                "PropertyFile": {"Get": "Steps.Judge.PropertyFiles.m"},
                                "Path": "a",
                            }
                        },
                        "RightValue": 1,
                    }
                ],
                "IfSteps": [{"Name": "Good", "Type": "Fail", "Arguments": {"ErrorMessage": "x"}}],
                "ElseSteps": [{"Name": "Bad", "Type": "Fail", "Arguments": {"ErrorMessage": "x"}}],
            },
        },
    ],
}


def step(definition: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in definition["Steps"] if item["Name"] == name)
    return found


def swap(definition: dict[str, Any]) -> None:
    arguments = step(definition, "Gate")["Arguments"]
    arguments["IfSteps"], arguments["ElseSteps"] = arguments["ElseSteps"], arguments["IfSteps"]


def condition(definition: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = step(definition, "Gate")["Arguments"]["Conditions"][0]
    return found


CASES: list[tuple[Edit, list[str]]] = [
    (
        swap,
        [
            "step 'Bad': within \"ElseSteps of 'Gate'\" is now \"IfSteps of 'Gate'\"",
            "step 'Good': within \"IfSteps of 'Gate'\" is now \"ElseSteps of 'Gate'\"",
        ],
    ),
    (
        lambda it: condition(it)["LeftValue"]["Std:JsonGet"].update(Path="b"),
        ['step \'Gate\': Arguments.Conditions[0].LeftValue.Std:JsonGet.Path "a" is now "b"'],
    ),
    (
        lambda it: condition(it).update(Type="GreaterThan"),
        ['step \'Gate\': Arguments.Conditions[0].Type "LessThan" is now "GreaterThan"'],
    ),
    (
        lambda it: condition(it).update(RightValue=1.0),
        ["step 'Gate': Arguments.Conditions[0].RightValue 1 is now 1.0"],
    ),
    (
        lambda it: condition(it).update(RightValue={"Get": "Parameters.Limit"}),
        ['step \'Gate\': Arguments.Conditions[0].RightValue 1 is now {"Get":"Parameters.Limit"}'],
    ),
    (
        lambda it: step(it, "Judge").update(DependsOn=["Other"]),
        ['step \'Judge\': DependsOn ["Other","Quality"] is now ["Other"]'],
    ),
    (
        lambda it: step(it, "Judge")["PropertyFiles"][0].update(FilePath="n.json"),
        ['step \'Judge\': PropertyFiles[OutputName=o].FilePath "m.json" is now "n.json"'],
    ),
    (lambda it: step(it, "Quality").update(SkipCheck=True), ["step 'Quality': SkipCheck false is now true"]),
    (
        lambda it: step(it, "Quality").pop("SuppliedBaselineStatistics"),
        ["step 'Quality': SuppliedBaselineStatistics \"s3://b/one\" is gone"],
    ),
    (
        lambda it: step(it, "Judge")["Arguments"]["ProcessingInputs"].pop(1),
        [
            "step 'Judge': Arguments.ProcessingInputs[InputName=y]"
            ' {"InputName":"y","S3Input":{"S3Uri":"s3://b/y"}} is gone'
        ],
    ),
    (
        lambda it: step(it, "Judge")["Arguments"]["AppSpecification"]["ContainerArguments"].reverse(),
        [
            'step \'Judge\': Arguments.AppSpecification.ContainerArguments[0] "--a" is now "1"',
            'step \'Judge\': Arguments.AppSpecification.ContainerArguments[1] "1" is now "--a"',
        ],
    ),
    (
        lambda it: it["Parameters"][0].update(DefaultValue=0.6),
        ["parameter 'Limit': DefaultValue 0.5 is now 0.6"],
    ),
    (lambda it: it["Parameters"].pop(), ["parameter 'Data' is gone"]),
    (lambda it: it["Steps"].pop(1), ["step 'Other' is gone"]),
    (
        lambda it: it.update(PipelineExperimentConfig={"ExperimentName": "e"}),
        ['the pipeline: PipelineExperimentConfig is now {"ExperimentName":"e"}'],
    ),
    (lambda it: it["Steps"].append(it["Steps"][1]), ["step 'Other (2)' is new"]),
]


@pytest.mark.parametrize(("edit", "words"), CASES, ids=[words[0][:50] for _, words in CASES])
def test_every_field_that_differs_is_told(edit: Edit, words: list[str]) -> None:
    changed = copy.deepcopy(DEFINITION)
    edit(changed)
    assert list(map(str, find_field_changes(DEFINITION, changed))) == words
    assert len(find_field_changes(changed, DEFINITION)) == len(words)


def shuffled(value: Any, draw: random.Random) -> Any:
    """Order anew keys, steps, parameters, named items and DependsOn."""
    if isinstance(value, dict):
        keys = draw.sample(list(value), len(value))
        inner = {key: shuffled(value[key], draw) for key in keys}
        for key in ("Steps", "Parameters", "ProcessingInputs", "DependsOn", "IfSteps"):
            if key in inner:
                draw.shuffle(inner[key])
        return inner
    return [shuffled(item, draw) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(5))
def test_order_that_means_nothing_is_no_difference(seed: int) -> None:
    other = shuffled(DEFINITION, random.Random(seed))
    assert json.dumps(other) != json.dumps(DEFINITION)
    assert find_field_changes(DEFINITION, other) == ()


def test_what_is_left_out_is_the_same_as_what_is_empty() -> None:
    changed = copy.deepcopy(DEFINITION)
    del changed["Metadata"]
    step(changed, "Other").update(DependsOn=[], PropertyFiles=[])
    assert find_field_changes(DEFINITION, changed) == ()


@pytest.mark.parametrize(
    ("place", "before", "after", "kind", "words"),
    [
        ("Type", ABSENT, "Fail", "added", "step 'A': Type is now \"Fail\""),
        ("Type", "Fail", ABSENT, "removed", "step 'A': Type \"Fail\" is gone"),
        ("Type", "Fail", "Model", "changed", 'step \'A\': Type "Fail" is now "Model"'),
        ("", ABSENT, {}, "added", "step 'A' is new"),
        ("", {}, ABSENT, "removed", "step 'A' is gone"),
    ],
)
def test_a_field_tells_in_which_way_it_differs(
    place: str, before: object, after: object, kind: str, words: str
) -> None:
    change = FieldChange(FieldSubject("step", "A"), place, before, after)
    assert (change.kind, str(change)) == (kind, words)
