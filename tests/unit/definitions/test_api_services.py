"""Steps that call other services: their Arguments are held against what those take."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

import pytest

import stepwire as sw
from stepwire.definitions.api_paths import check_property_path
from stepwire.emitters.definition import emit_valid
from stepwire.problems.errors import DefinitionError
from stepwire.specs import loads
from stepwire.specs.kinds.catalogue import KINDS

NAME = {"Get": "Parameters.Name"}
S3 = {"S3DataSource": {"S3Uri": "s3://some-bucket/model/"}}
WHOLE: Mapping[str, dict[str, Any]] = {
    "Athena": {"QueryString": "SELECT 1", "ResultConfiguration": {"OutputLocation": "s3://some-bucket/q/"}},
    "BedrockCustomModel": {"ModelName": NAME, "ModelSourceConfig": S3},
    "BedrockCustomModelDeployment": {
        "ModelDeploymentName": NAME,
        "ModelArn": "arn:aws:bedrock:us-east-1:111122223333:custom-model/imported/abcdef012345",
    },
    "BedrockModelImport": {"JobName": "job", "ImportedModelName": "m", "ModelDataSource": S3},
    "BedrockProvisionedModelThroughput": {"ModelUnits": 1, "ProvisionedModelName": "p", "ModelId": "m"},
    "HubContent": {
        "HubName": "hub",
        "HubContentName": "c",
        "HubContentType": "Model",
        "HubContentDocument": "{}",
        "DocumentSchemaVersion": "2.3.0",
    },
}
MISSING = {
    "Athena": "QueryString",
    "BedrockCustomModel": "ModelName",
    "BedrockCustomModelDeployment": "ModelArn",
    "BedrockModelImport": "JobName",
    "BedrockProvisionedModelThroughput": "ModelUnits",
    "HubContent": "HubContentDocument",
}
DEEP = {
    "Athena": ("ResultConfiguration", "OutputLocation"),
    "BedrockCustomModel": ("ModelSourceConfig", "S3DataSource"),
    "BedrockModelImport": ("ModelDataSource", "S3DataSource"),
}


def refusals(kind: str, request: Mapping[str, Any]) -> list[str]:
    steps = {"It": {"kind": kind, "request": request}}
    inputs = {"Name": {"type": "custom_property", "data_type": "String"}}
    text = json.dumps({"name": "p", "steps": steps, "inputs": inputs})
    try:
        emit_valid(sw.resolve(loads(text, file="p.json")))
    except DefinitionError as error:
        return [problem.message for problem in error.problems]
    return []


def test_every_step_that_calls_another_service_is_tried() -> None:
    assert {name for name, kind in KINDS.items() if kind.calls} == WHOLE.keys()


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_a_whole_request_is_sound(kind: str) -> None:
    assert refusals(kind, WHOLE[kind]) == []


@pytest.mark.parametrize("kind", sorted(MISSING))
def test_a_missing_member_is_found(kind: str) -> None:
    request = {key: value for key, value in WHOLE[kind].items() if key != MISSING[kind]}
    (message,) = refusals(kind, request)
    assert f"expected a member '{MISSING[kind]}', found none" in message


@pytest.mark.parametrize("kind", sorted(name for name in WHOLE if name.startswith("Bedrock")))
def test_an_unknown_member_is_found(kind: str) -> None:
    (message,) = refusals(kind, {**WHOLE[kind], "Bogus": 1})
    assert "unknown member 'Bogus'" in message


@pytest.mark.parametrize("kind", sorted(DEEP))
def test_a_wrong_type_at_depth_is_found(kind: str) -> None:
    request, (outer, inner) = copy.deepcopy(WHOLE[kind]), DEEP[kind]
    request[outer][inner] = [1]
    (message,) = refusals(kind, request)
    assert f"Arguments.{outer}.{inner}: expected" in message


def test_members_begin_with_a_capital() -> None:
    """The service begins them with a small letter, which is the mistake to expect."""
    request = {"jobName": "job", **WHOLE["BedrockModelImport"]}
    del request["JobName"]
    assert any("jobName" in message for message in refusals("BedrockModelImport", request))


@pytest.mark.parametrize(
    ("kind", "name"),
    [("BedrockCustomModel", "ModelName"), ("BedrockCustomModelDeployment", "ModelDeploymentName")],
)
def test_a_name_that_only_a_parameter_gives(kind: str, name: str) -> None:
    """Source: the SDK's step classes, of what the pipeline service refuses."""
    (message,) = refusals(kind, {**WHOLE[kind], name: "fixed"})
    assert "pipelines take this from a parameter only" in message


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("BedrockCustomModel", "ModelArn"),
        ("BedrockCustomModelDeployment", "ModelDeploymentArn"),
        ("BedrockModelImport", "ModelDataSource.S3DataSource.S3Uri"),
        ("BedrockProvisionedModelThroughput", "ProvisionedModelArn"),
    ],
)
def test_properties_are_what_the_service_tells(kind: str, path: str) -> None:
    assert check_property_path(kind, path) is None
    assert check_property_path(kind, "ModelArm") is not None
