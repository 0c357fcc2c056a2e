"""What stands beside the Arguments of a step, and what a document says of a whole definition."""

from __future__ import annotations

import json
from typing import Any

import pytest

import stepwire as sw
from stepwire.emitters.definition import emit_definition
from stepwire.problems.errors import DefinitionError
from stepwire.specs import loads

STOP = {"kind": "Fail", "request": {"ErrorMessage": "no"}}
REPORTS = {"evaluation": {"type": "evaluation_report"}, "bias": {"type": "evaluation_report"}}


def definition(steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    text = json.dumps({"name": "p", "steps": steps, **more})
    return dict(emit_definition(sw.resolve(loads(text, file="p.json"))).definition)


def files(outputs: dict[str, Any]) -> list[Any]:
    (step,) = definition({"Look": {"kind": "Processing", "outputs": outputs}})["Steps"]
    return [tuple(item.values()) for item in step["PropertyFiles"]]


def test_property_files_belong_to_the_outputs_whose_names_they_have() -> None:
    named = {f"{name}_metrics": {"type": "property_file", "data_type": "Json"} for name in REPORTS}
    assert files({**REPORTS, **named}) == [
        ("evaluation_metrics", "evaluation", "evaluation.json"),
        ("bias_metrics", "bias", "bias.json"),
    ]


def test_the_file_of_a_property_file_may_be_said() -> None:
    figures = {"type": "property_file", "data_type": "Json", "file": "all/figures.json"}
    assert files({"evaluation": REPORTS["evaluation"], "figures": figures}) == [
        ("figures", "evaluation", "all/figures.json")
    ]


def test_a_property_file_that_may_lie_in_several_outputs_is_told() -> None:
    with pytest.raises(
        DefinitionError, match="the property file 'figures' may lie in each of bias, evaluation"
    ):
        files({**REPORTS, "figures": {"type": "property_file", "data_type": "Json"}})


def test_cache_retries_and_names_stand_beside_the_arguments() -> None:
    step = {
        "kind": "Training",
        "display_name": "Fit",
        "description": "fits",
        "cache": "P1D",
        "retry": [{"exception_type": ["Step.THROTTLING"], "max_attempts": 2}],
    }
    (written,) = definition({"Fit": step})["Steps"]
    del written["Arguments"]
    assert written == {
        "Name": "Fit",
        "Type": "Training",
        "CacheConfig": {"Enabled": True, "ExpireAfter": "P1D"},
        "Description": "fits",
        "DisplayName": "Fit",
        "RetryPolicies": [{"ExceptionType": ["Step.THROTTLING"], "MaxAttempts": 2}],
    }


def test_a_step_waits_for_others_by_name_or_for_an_end_of_theirs() -> None:
    waits = {**STOP, "depends_on": ["B", {"step": "A", "trigger": "Failed"}]}
    steps = definition({"A": {"kind": "Training"}, "B": {"kind": "Training"}, "C": waits})["Steps"]
    assert steps[-1]["DependsOn"] == ["B", {"Step": "A", "Trigger": "Failed"}]


def test_executions_are_recorded_where_the_document_says() -> None:
    run = {"Get": "Execution.PipelineExecutionId"}
    found = definition(
        {"Stop": STOP},
        experiment={"name": "churn", "trial": run},
        mlflow={"resource_arn": "arn:aws:sagemaker:eu-west-1:111122223333:mlflow-app/a"},
        metadata={"team": "churn"},
    )
    assert found["PipelineExperimentConfig"] == {"ExperimentName": "churn", "TrialName": run}
    assert found["MlflowConfig"] == {
        "MlflowResourceArn": "arn:aws:sagemaker:eu-west-1:111122223333:mlflow-app/a"
    }
    assert found["Metadata"] == {"team": "churn"}


def test_parameters_say_what_values_they_may_have() -> None:
    size = {"type": "any", "data_type": "String", "default": "a", "enum": ["a", "b"], "description": "x"}
    (parameter,) = definition({"Stop": STOP}, inputs={"size": size})["Parameters"]
    assert parameter == {
        "Name": "size",
        "Type": "String",
        "DefaultValue": "a",
        "EnumValues": ["a", "b"],
        "Description": "x",
    }


def test_network_and_tags_are_said_once_for_all_steps() -> None:
    request = {
        "network": {"subnets": ["subnet-1"], "security_groups": ["sg-1"], "isolation": True},
        "tags": {"team": "churn"},
    }
    first, second = definition({"A": {"kind": "Processing"}, "B": {"kind": "Training"}}, request=request)[
        "Steps"
    ]
    vpc = {"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1"]}
    assert first["Arguments"]["NetworkConfig"] == {"EnableNetworkIsolation": True, "VpcConfig": vpc}
    assert second["Arguments"]["VpcConfig"] == vpc
    assert first["Arguments"]["Tags"] == second["Arguments"]["Tags"] == [{"Key": "team", "Value": "churn"}]


def test_a_request_that_is_not_completed_is_written_as_it_is() -> None:
    step = {
        "kind": "Training",
        "complete": False,
        "request": {"RoleArn": "r", "CacheConfig": {"Enabled": False}},
    }
    (written,) = definition({"Fit": step})["Steps"]
    assert written["Arguments"] == {"RoleArn": "r"}
    assert written["CacheConfig"] == {"Enabled": False}


def test_a_serverless_job_has_no_image_and_no_machines() -> None:
    step = {
        "kind": "Training",
        "request": {"ServerlessJobConfig": {"BaseModelArn": "a", "JobType": "Evaluation"}},
    }
    (written,) = definition({"Fit": step})["Steps"]
    assert not {"AlgorithmSpecification", "ResourceConfig"} & written["Arguments"].keys()
