"""A training job that waits for spare machines: only where it may, and as long as it must."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.definitions.check_spot import check_spot
from stepwire.definitions.steps import read_definition


def told(kind: str, arguments: dict[str, Any]) -> list[tuple[Any, str]]:
    body = {"Version": "2020-12-01", "Steps": [{"Name": "Fit", "Type": kind, "Arguments": arguments}]}
    (step,) = read_definition(body).steps
    return [(problem.location[3:], problem.message) for problem in check_spot(step)]


def job(run: Any, wait: Any, **more: Any) -> dict[str, Any]:
    return {"StoppingCondition": {"MaxRuntimeInSeconds": run, "MaxWaitTimeInSeconds": wait}, **more}


WAIT = ("StoppingCondition", "MaxWaitTimeInSeconds")


def test_nobody_waits_without_spot_training() -> None:
    ((place, message),) = told("Training", job(60, 90))
    assert place == WAIT
    assert message.endswith("only spot training waits for machines")


def test_the_wait_is_no_shorter_than_the_run() -> None:
    ((_, message),) = told("Training", job(60, 30, EnableManagedSpotTraining=True))
    assert message.endswith("expected at least 60, as MaxRuntimeInSeconds is, found 30")


@pytest.mark.parametrize("wait", [60, {"Get": "Parameters.Wait"}, None])
def test_what_may_be_right_is_let_pass(wait: Any) -> None:
    assert told("Training", job(60, wait, EnableManagedSpotTraining=True)) == []


def test_each_training_job_of_a_tuning_step_is_looked_at() -> None:
    right, wrong = job(60, 90, EnableManagedSpotTraining=True), job(60, 90)
    assert [place for place, _ in told("Tuning", {"TrainingJobDefinition": wrong})] == [
        ("TrainingJobDefinition", *WAIT)
    ]
    assert [place for place, _ in told("Tuning", {"TrainingJobDefinitions": [right, wrong]})] == [
        ("TrainingJobDefinitions", 1, *WAIT)
    ]
