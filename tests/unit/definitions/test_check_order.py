"""Orders that steps need and nothing says."""

from __future__ import annotations

from typing import Any

from stepwire.definitions.check_order import check_order
from stepwire.definitions.steps import read_definition


def told(*steps: Any) -> list[str]:
    return [
        f"{problem.message} [{problem.code}]"
        for problem in check_order(read_definition({"Steps": list(steps)}))
    ]


def fail(name: str, *before: Any) -> dict[str, Any]:
    return {"Name": name, "Type": "Fail", "Arguments": {"ErrorMessage": "x"}, "DependsOn": list(before)}


def check(name: str, if_: list[Any], else_: list[Any]) -> dict[str, Any]:
    return {
        "Name": name,
        "Type": "Condition",
        "Arguments": {"Conditions": [], "IfSteps": if_, "ElseSteps": else_},
    }


def writer(name: str, path: Any, *before: str) -> dict[str, Any]:
    outputs = [{"OutputName": "o", "S3Output": {"S3Uri": path}}]
    arguments = {"ProcessingOutputConfig": {"Outputs": outputs}}
    return {"Name": name, "Type": "Processing", "Arguments": arguments, "DependsOn": list(before)}


def reader(name: str, path: Any, *before: str) -> dict[str, Any]:
    arguments = {"ProcessingInputs": [{"InputName": "i", "S3Input": {"S3Uri": path}}]}
    return {"Name": name, "Type": "Processing", "Arguments": arguments, "DependsOn": list(before)}


def test_a_step_that_needs_both_sides_of_a_condition_never_runs() -> None:
    assert told(check("C", [fail("A")], [fail("B")]), fail("Z", "A", "B")) == [
        "step 'Z': needs 'A' and 'B' on both sides of condition 'C', and so never runs [SW206]"
    ]


def test_a_step_that_waits_for_any_end_of_another_runs() -> None:
    waits = {"Step": "B", "Trigger": "Any"}
    assert told(check("C", [fail("A")], [fail("B")]), fail("Z", "A", waits)) == []


def test_a_reader_of_what_another_writes_should_wait_for_it() -> None:
    (problem,) = told(writer("W", "s3://b/data"), reader("R", "s3://b/data/"))
    assert problem.startswith(
        "step 'R': Arguments.ProcessingInputs[0].S3Input.S3Uri: reads what step 'W' writes"
    )
    assert told(writer("W", "s3://b/data"), reader("R", "s3://b/data/", "W")) == []
    assert told(writer("W", "s3://b/data"), reader("R", "s3://b/other")) == []
    same = {"Std:Join": {"On": "/", "Values": [{"Get": "Parameters.B"}, "data"]}}
    assert len(told(writer("W", same), reader("R", same))) == 1


def test_a_step_within_a_branch_may_not_need_the_other() -> None:
    assert told(check("C", [fail("A")], [fail("B", "A")])) == [
        "step 'B': needs 'A' on the other side of condition 'C', and so never runs [SW206]"
    ]


def test_jobs_that_make_folders_of_their_own_are_read_at_or_above_their_path() -> None:
    """Two of them do not clash, and what lies beside their folders is not theirs."""

    def job(name: str) -> dict[str, Any]:
        arguments = {"OutputDataConfig": {"S3OutputPath": "s3://b/models/"}}
        return {"Name": name, "Type": "Training", "Arguments": arguments}

    assert told(job("A"), job("B")) == []
    assert told(job("A"), reader("R", "s3://b/models/other/")) == []
    for path in ("s3://b/models", "s3://b/models/", "s3://b/mod"):
        (problem,) = told(job("A"), reader("R", path))
        assert "step 'A' writes" in problem


def test_a_prefix_that_takes_in_another_is_told() -> None:
    (problem,) = told(writer("W", "s3://b/test_small"), reader("R", "s3://b/test"))
    assert "also reads what begins so" in problem
    assert told(writer("W", "s3://b/test_small"), reader("R", "s3://b/test/")) == []


def test_two_writers_of_one_place_are_told_unless_only_one_runs() -> None:
    (problem,) = told(writer("A", "s3://b/x"), writer("B", "s3://b/x"))
    assert "step 'A' writes to the same place" in problem
    assert told(writer("A", "s3://b/x"), writer("B", "s3://b/x", "A")) == []
    assert told(check("C", [writer("A", "s3://b/x")], [writer("B", "s3://b/x")])) == []
