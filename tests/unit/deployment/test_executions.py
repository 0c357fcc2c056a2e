"""Executions that are started, followed and listed; moto has no steps of them, so these are answered here."""

from __future__ import annotations

import json
from typing import Any

import pytest

from stepwire.deployment.apply_orders import apply_orders
from stepwire.deployment.aws import Aws
from stepwire.deployment.errors import ExecutionError, PlanError
from stepwire.deployment.executions import follow_execution, list_executions, start_execution
from stepwire.runtime.results import StepEvent

from .conftest import Cloud, MakePlan


def execution(status: str) -> tuple[int, bytes]:
    return 200, json.dumps({"PipelineExecutionStatus": status, "CreationTime": 100.0}).encode()


def steps(**statuses: str) -> tuple[int, bytes]:
    listed: list[dict[str, Any]] = []
    for name, status in statuses.items():
        step: dict[str, Any] = {"StepName": name, "StepStatus": status, "StartTime": 100.0}
        step["Metadata"] = {"TrainingJob": {"Arn": "a"}}
        if status in ("Succeeded", "Failed"):
            step["EndTime"] = 160.0
        if status == "Failed":
            step["FailureReason"] = "ClientError: no space left"
        listed.append(step)
    return 200, json.dumps({"PipelineExecutionSteps": listed}).encode()


def answer(cloud: Cloud, *moments: tuple[str, dict[str, str]]) -> None:
    """Have AWS tell of an execution, and of its steps, moment by moment."""
    cloud.faults["sagemaker:DescribePipelineExecution"] = [execution(status) for status, _ in moments]
    cloud.faults["sagemaker:ListPipelineExecutionSteps"] = [steps(**told) for _, told in moments]


def test_each_step_is_told_as_it_starts_and_ends(aws: Aws, cloud: Cloud) -> None:
    answer(
        cloud,
        ("Executing", {"Split": "Starting"}),
        ("Executing", {"Split": "Executing"}),
        ("Executing", {"Split": "Succeeded", "Fit": "Starting"}),
        ("Succeeded", {"Split": "Succeeded", "Fit": "Succeeded"}),
    )
    heard: list[StepEvent] = []
    waited: list[float] = []
    assert follow_execution(aws, "arn", 2, heard.append, poll=7, sleep=waited.append).status == "Succeeded"
    assert [(event.step, event.state, event.index, event.seconds) for event in heard] == [
        ("Split", "started", 1, 0.0),
        ("Split", "succeeded", 1, 60.0),
        ("Fit", "started", 2, 0.0),
        ("Fit", "succeeded", 2, 60.0),
    ]
    assert waited == [7, 7, 7]


def test_a_failed_step_is_told_with_its_reason(aws: Aws, cloud: Cloud) -> None:
    answer(cloud, ("Failed", {"Split": "Succeeded", "Fit": "Failed"}))
    with pytest.raises(
        ExecutionError, match=r"step 'Fit' failed: ClientError: no space left.*SW621"
    ) as caught:
        follow_execution(aws, "arn", 2, lambda _: None)
    assert caught.value.exit_code == 6


def test_a_stopped_execution_did_not_succeed(aws: Aws, cloud: Cloud) -> None:
    answer(cloud, ("Stopped", {"Split": "Stopped"}))
    with pytest.raises(ExecutionError, match=r"execution arn stopped"):
        follow_execution(aws, "arn", 2, lambda _: None)


def test_executions_are_listed_and_unknown_pipelines_told(aws: Aws, plan: MakePlan) -> None:
    with pytest.raises(PlanError, match="SW614"):
        list_executions(aws, "churn", 5)
    apply_orders(aws, plan().orders)
    assert list_executions(aws, "churn", 5) == ()
    arns = {start_execution(aws, "churn", {"raw": "s3://other/"}) for _ in range(2)}
    found = list_executions(aws, "churn", 5)
    assert {item.arn for item in found} == arns
    assert {item.status for item in found} == {"Succeeded"}
    assert len(list_executions(aws, "churn", 1)) == 1
