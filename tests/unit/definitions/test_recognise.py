"""Definitions are known by what they hold."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from stepwire.definitions.check_definition import check_definition
from stepwire.definitions.recognise import MAX_DEFINITION_DEPTH, recognise, recognise_value
from stepwire.problems.codes import Code
from stepwire.problems.errors import DefinitionError
from stepwire.problems.problem import Problem

STEP = {"Name": "Stop", "Type": "Fail", "Arguments": {"ErrorMessage": "enough"}}
DEFINITION = {"Version": "2020-12-01", "Metadata": {}, "Parameters": [], "Steps": [STEP]}
PLAIN = json.dumps(DEFINITION, indent=2)
ANSWER = {"PipelineArn": "arn:…", "PipelineName": "churn-7", "PipelineDefinition": json.dumps(DEFINITION)}


@pytest.mark.parametrize(
    ("text", "file", "name"),
    [
        (PLAIN, "a/train_v2.json", "train-v2"),
        (PLAIN, "-", "pipeline"),
        ("\ufeff" + PLAIN, "x.txt", "x"),
        (json.dumps(ANSWER), "answer.json", "churn-7"),
        (json.dumps({**ANSWER, "PipelineDefinition": DEFINITION}), "answer.json", "churn-7"),
        (json.dumps(PLAIN), "text.json", "text"),
        (json.dumps(json.dumps(ANSWER)), "text.json", "churn-7"),
        (json.dumps(json.dumps(PLAIN)), "text.json", "text"),
        (yaml.safe_dump(DEFINITION), "d.yaml", "d"),
        (yaml.safe_dump(ANSWER), "d.yaml", "churn-7"),
    ],
)
def test_a_definition_is_recognised_whatever_holds_it(text: str, file: str, name: str) -> None:
    found = recognise(text, file)
    assert found is not None
    assert (found.definition.body, found.name) == (DEFINITION, name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        '"a text"',
        "name: p\nsteps: {A: {kind: Fail}}",
        '{"name": "p", "steps": {}}',
        json.dumps({"name": "p", "steps": {"A": {"kind": "Fail"}}, "Steps": []}),
        "specs: {A: {kind: Fail}}",
        "{name: p, steps: {}}",
        "x" * (5 * 2**20),
    ],
)
def test_other_texts_are_not(text: str) -> None:
    assert recognise(text, "a.yaml") is None


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ('{"Steps": [], "Steps": []}', Code.DUPLICATE_KEY, "the key 'Steps' is given twice"),
        ('{"Steps": [NaN]}', Code.UNREADABLE, "NaN is no value of JSON"),
        ('{"Steps": [-Infinity]}', Code.UNREADABLE, "-Infinity is no value of JSON"),
        (
            '{"Steps": ' + "[" * 250 + "]" * 250 + "}",
            Code.TOO_LARGE,
            f"more than {MAX_DEFINITION_DEPTH} levels",
        ),
        (
            '{"Steps": ' + "[" * 5000 + "]" * 5000 + "}",
            Code.TOO_LARGE,
            f"more than {MAX_DEFINITION_DEPTH} levels",
        ),
        ('{"Steps": [' + "9" * 5000 + "]}", Code.TOO_LARGE, "a number has 5000 digits"),
        (
            '{"PipelineDefinition": null}',
            Code.UNREADABLE,
            "PipelineDefinition: expected a definition, found nothing",
        ),
        ('{"PipelineDefinition": "Steps: []"}', Code.UNREADABLE, "PipelineDefinition: the text is no JSON"),
    ],
)
def test_a_definition_that_cannot_be_read_is_told(text: str, code: Code, words: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        recognise(text, "d.json")
    (problem,) = caught.value.problems
    assert problem.code == code
    assert words in problem.message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"Version": "NaN",\n "Steps": [1, NaN]}', (2, 15)),
        ('{"a\\"": 1, "Steps": [-Infinity]}', (1, 22)),
        ('{"Steps": [],\n "Steps": []}', (2, 2)),
    ],
)
def test_a_definition_that_cannot_be_read_is_told_with_its_place(text: str, place: tuple[int, int]) -> None:
    with pytest.raises(DefinitionError) as caught:
        recognise(text, "d.json")
    (problem,) = caught.value.problems
    assert problem.position
    assert (problem.position.line, problem.position.column) == place


def nested(levels: int) -> dict[str, Any]:
    step: dict[str, Any] = STEP
    for level in range(levels):
        step = {"Name": f"C{level}", "Type": "Condition", "Arguments": {"Conditions": [], "IfSteps": [step]}}
    return {"Version": "2020-12-01", "Steps": [step]}


def test_conditions_may_be_nested_far_deeper_than_documents() -> None:
    found = recognise(json.dumps(nested(60)), "d.json")
    assert found is not None
    assert len(found.definition.steps) == 61
    problem = Problem(Code.STEP_NAME, "x", location=found.definition.steps[-1].location)
    assert found.placed([problem])[0].position is not None


def test_problems_are_placed_where_they_stand() -> None:
    where = ("Steps", 0, "Arguments", "ErrorMessage")
    problem = Problem(Code.REQUEST_VALUE, "x", location=where)
    found = recognise(PLAIN, "d.json")
    assert found is not None
    (placed,) = found.placed([problem])
    assert str(placed.position) == "d.json:10:25"
    inside = recognise(
        json.dumps({"PipelineName": "p", "PipelineDefinition": DEFINITION}, indent=1), "d.json"
    )
    assert inside is not None
    (placed,) = inside.placed([problem])
    assert placed.position is not None
    assert placed.position.line == 12
    text = recognise(json.dumps(ANSWER, indent=1), "d.json")
    assert text is not None
    (placed,) = text.placed([problem])
    assert str(placed.position) == "d.json:4:24"


def test_values_of_python_are_recognised_too() -> None:
    found = recognise_value(DEFINITION, "churn")
    assert found is not None
    assert (found.name, found.definition.body) == ("churn", DEFINITION)
    assert recognise_value({"name": "p"}, "churn") is None


def test_a_step_whose_name_holds_a_quotation_mark_is_placed_like_any_other() -> None:
    """Places come from locations; the words in which a problem is told may hold anything."""
    steps = [
        STEP,
        {**STEP, "Name": "Pr'ep"},
        {"Name": "a: b", "Type": "Fail", "Arguments": {"ErrorMessage": 3}},
    ]
    found = recognise(json.dumps({**DEFINITION, "Steps": steps}, indent=1), "d.json")
    assert found is not None
    told = found.placed(check_definition(found.definition))
    assert {(problem.code, problem.position.line) for problem in told if problem.position} == {
        ("SW407", 14),
        ("SW407", 21),
        ("SW420", 24),
    }
