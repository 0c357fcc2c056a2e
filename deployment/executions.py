"""Executions of a deployed pipeline: started, followed to their end, listed."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from ..problems.codes import Code
from ..problems.problem import Problem
from ..runtime.results import StepEvent
from .aws import Aws
from .deployed import is_missing, not_deployed
from .errors import AwsError, ExecutionError

POLL_SECONDS = 5.0

_ENDED = ("Succeeded", "Failed", "Stopped")
_STATES: Mapping[str, Literal["started", "succeeded", "failed"]] = {
    "Starting": "started",
    "Succeeded": "succeeded",
    "Failed": "failed",
    "Stopped": "failed",
}
"""What is told of a step by its status; that it goes on is told once, as its start."""


@dataclass(frozen=True)
class Execution:
    """One execution; it has no end while it goes on. Times carry their zone."""

    arn: str
    status: str
    started: datetime | None = None
    ended: datetime | None = None
    reason: str = ""

    @property
    def name(self) -> str:
        """The last part of its ARN."""
        return self.arn.rpartition("/")[2]

    @property
    def seconds(self) -> float | None:
        """How long it took; None while it goes on."""
        return (self.ended - self.started).total_seconds() if self.started and self.ended else None


def start_execution(aws: Aws, name: str, parameters: Mapping[str, str]) -> str:
    """Start an execution, and return its ARN; the call may be repeated without starting a second one."""
    values = [{"Name": key, "Value": value} for key, value in sorted(parameters.items())]
    found = aws.call(
        "sagemaker",
        "start_pipeline_execution",
        about=f"pipeline {name}",
        PipelineName=name,
        PipelineParameters=values,
        ClientRequestToken=uuid.uuid4().hex,
    )
    return str(found["PipelineExecutionArn"])


def list_executions(aws: Aws, name: str, limit: int) -> tuple[Execution, ...]:
    """List the last executions of a pipeline, the newest first; PlanError when there is no such pipeline."""
    about = f"pipeline {name}"
    try:
        found = aws.call(
            "sagemaker",
            "list_pipeline_executions",
            about=about,
            PipelineName=name,
            SortBy="CreationTime",
            SortOrder="Descending",
            MaxResults=limit,
        )
    except AwsError as error:
        if is_missing(error):
            raise not_deployed(name) from None
        raise
    listed = [str(item["PipelineExecutionArn"]) for item in found.get("PipelineExecutionSummaries", ())]
    return tuple(describe(aws, arn) for arn in listed[:limit])


def describe(aws: Aws, arn: str) -> Execution:
    """Ask how an execution is."""
    found = aws.call(
        "sagemaker", "describe_pipeline_execution", about=f"execution {arn}", PipelineExecutionArn=arn
    )
    status = str(found["PipelineExecutionStatus"])
    ended = found.get("LastModifiedTime") if status in _ENDED else None
    return Execution(arn, status, found.get("CreationTime"), ended, str(found.get("FailureReason") or ""))


def follow_execution(
    aws: Aws,
    arn: str,
    total: int,
    listen: Callable[[StepEvent], None],
    *,
    poll: float = POLL_SECONDS,
    sleep: Callable[[float], None] = time.sleep,
) -> Execution:
    """Tell of each step of an execution as it starts and ends, until all has ended.

    `total` is the number of steps. Raises ExecutionError with the reasons of the steps that failed, unless
    the execution succeeded.
    """
    told: dict[str, str] = {}
    while True:
        execution = describe(aws, arn)
        steps = _steps(aws, arn)
        for index, step in enumerate(steps, 1):
            state = str(step["StepStatus"])
            if told.get(str(step["StepName"])) != state:
                told[str(step["StepName"])] = state
                if event := _event(step, index, total):
                    listen(event)
        if execution.status in _ENDED:
            break
        sleep(poll)
    if execution.status != "Succeeded":
        raise ExecutionError(_problems(execution, steps))
    return execution


def _steps(aws: Aws, arn: str) -> list[Mapping[str, Any]]:
    """List the steps of an execution that have begun, in the order in which they did."""
    pages = aws.pages(
        "sagemaker",
        "list_pipeline_execution_steps",
        about=f"execution {arn}",
        PipelineExecutionArn=arn,
        SortOrder="Ascending",
    )
    return [step for page in pages for step in page.get("PipelineExecutionSteps", ())]


def _event(step: Mapping[str, Any], index: int, total: int) -> StepEvent | None:
    state = str(step["StepStatus"])
    begun, ended = step.get("StartTime"), step.get("EndTime")
    seconds = (ended - begun).total_seconds() if begun and ended else 0.0
    kind = next(iter(step.get("Metadata") or {}), "step")
    note = str(step.get("FailureReason") or "")
    if step.get("CacheHitResult"):
        note = "from the cache"
    known = _STATES.get(state)
    return (
        StepEvent(str(step["StepName"]), kind, index, max(index, total), known, seconds, note)
        if known
        else None
    )


def _problems(execution: Execution, steps: list[Mapping[str, Any]]) -> Iterator[Problem]:
    failed = [step for step in steps if step["StepStatus"] == "Failed"]
    for step in failed:
        reason = str(step.get("FailureReason") or "SageMaker gives no reason")
        yield Problem(Code.EXECUTION_FAILED, f"step '{step['StepName']}' failed: {reason}")
    if not failed:
        reason = f": {execution.reason}" if execution.reason else ""
        yield Problem(Code.EXECUTION_FAILED, f"execution {execution.name} {execution.status.lower()}{reason}")
