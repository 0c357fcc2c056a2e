"""What the pipeline service asks of steps beyond the shapes of the API."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.definitions.check_steps import check_steps
from stepwire.definitions.steps import read_definition

POLICY = {"ExceptionType": ["Step.THROTTLING"], "MaxAttempts": 2}


def told(kind: str, arguments: Any = None, **body: Any) -> list[str]:
    step = {"Name": "A", "Type": kind, "Arguments": arguments or {}, **body}
    found = check_steps(read_definition({"Steps": [step]}))
    return [f"{str(problem).removeprefix('step ' + repr('A') + ': ')}" for problem in found]


@pytest.mark.parametrize(
    ("kind", "arguments", "body", "words"),
    [
        ("Traning", {}, {}, "Type: SageMaker has no step type 'Traning' (did you mean 'Training'?) [SW425]"),
        ("NotebookJob", {}, {}, "Type: SageMaker has no step type 'NotebookJob'"),
        ("Lambda", {}, {}, "expected a member 'FunctionArn', found none [SW420]"),
        ("Callback", {}, {}, "expected a member 'SqsQueueUrl', found none [SW420]"),
        (
            "Training",
            {"ExperimentConfig": {"ExperimentName": "e"}},
            {},
            "Arguments.ExperimentConfig.ExperimentName: pipelines refuse this member",
        ),
        (
            "RegisterModel",
            {"ModelPackageGroupName": "g", "ModelPackageName": "p"},
            {},
            "Arguments.ModelPackageName: pipelines refuse this member: a step registers versions",
        ),
        (
            "Processing",
            {"ProcessingInputs": [{}, {"S3Input": {"a": 1}, "DatasetDefinition": {"a": 1}}]},
            {},
            "Arguments.ProcessingInputs[1]: expected at most one of ",
        ),
        ("EMR", {}, {}, "Arguments: expected one of ClusterId, ClusterConfig, found none"),
        ("Fail", {}, {"CacheConfig": {"Enabled": True}}, "CacheConfig: Fail steps are not cached"),
        ("Fail", {}, {"RetryPolicies": [POLICY]}, "RetryPolicies: Fail steps are not retried"),
        ("Training", {}, {"CacheConfig": "P1D"}, "CacheConfig: expected a mapping, found a text"),
        ("Training", {}, {"CacheConfig": {"enabled": True}}, "CacheConfig: unknown member 'enabled'"),
        (
            "Training",
            {},
            {"CacheConfig": {"Enabled": True, "ExpireAfter": "30 days"}},
            "CacheConfig.ExpireAfter: expected a time such as P30D, PT1H or P1DT12H",
        ),
        (
            "Training",
            {},
            {"RetryPolicies": [{**POLICY, "ExceptionType": ["Step.SERVICE_FAULTS"]}]},
            "RetryPolicies[0].ExceptionType[0]: expected one of Step.SERVICE_FAULT, ",
        ),
        (
            "Training",
            {},
            {"RetryPolicies": [{**POLICY, "MaxAttempts": 0}]},
            "RetryPolicies[0].MaxAttempts: expected at least 1, found 0",
        ),
        ("Training", {}, {"RetryPolicies": POLICY}, "RetryPolicies: expected a list, found a mapping"),
        (
            "Training",
            {"InputDataConfig": [{"ChannelName": {"Get": "Parameters.P"}}]},
            {},
            "Arguments.InputDataConfig[0].ChannelName: a reference cannot stand here",
        ),
        *(
            ("Fail", {"ErrorMessage": printed}, {}, "Arguments.ErrorMessage: a reference was printed")
            for printed in (
                "at s3://a/{'Get': 'Parameters.P'}",
                "ParameterString(name='P', parameter_type=<ParameterTypeEnum.STRING: 'String'>)/a",
                "Join(on='/', values=['s3://a', ExecutionVariable(name='PipelineExecutionId')])",
            )
        ),
        (
            "Fail",
            {"ErrorMessage": "at <sagemaker.core.workflow.properties.Properties object at 0x7f>"},
            {},
            "Arguments.ErrorMessage: a reference was printed into a text",
        ),
        (
            "Fail",
            {"ErrorMessage": {"Std:Joins": {"On": "", "Values": []}}},
            {},
            "Arguments.ErrorMessage: SageMaker has no function 'Std:Joins' (did you mean 'Std:Join'?)",
        ),
    ],
)
def test_what_the_service_would_refuse_is_told(kind: str, arguments: Any, body: Any, words: str) -> None:
    assert any(problem.startswith(words) for problem in told(kind, arguments, **body)), told(
        kind, arguments, **body
    )


@pytest.mark.parametrize(
    "expires", ["P30D", "P30d", "p30d", "PT1H", "T12H", "T30m", "30d", "P1DT12H", {"Get": "Parameters.P"}]
)
def test_times_are_taken_as_the_service_takes_them(expires: Any) -> None:
    body = {"CacheConfig": {"Enabled": True, "ExpireAfter": expires}, "RetryPolicies": [POLICY]}
    assert not [problem for problem in told("Training", **body) if "ExpireAfter: expected" in problem]


@pytest.mark.parametrize("name", ["IntervalSeconds", "BackoffRate", "MaxAttempts", "ExpireAfterMin"])
def test_every_bound_of_a_retry_policy_is_one(name: str) -> None:
    least = {"ExceptionType": ["Step.THROTTLING"], name: 1}
    assert told("Training", RetryPolicies=[least]) == []
    (words,) = told("Training", RetryPolicies=[{**least, name: 0}])
    assert words.startswith(f"RetryPolicies[0].{name}: expected at least 1, found 0")
