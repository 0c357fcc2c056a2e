"""Every pipeline of the corpus whose requests are completed is emitted, and is valid."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import stepwire as sw
from stepwire.emitters.definition import emit_valid
from stepwire.specs import loads

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
DOCUMENTS = sorted(CORPUS.glob("*.json"))

PARTS = {"MonitorBatchTransform": 2}
"""Kinds for which a definition has several steps."""

REQUESTS: Mapping[str, Mapping[str, Any]] = {
    "AutoML": {
        "AutoMLJobObjective": {"MetricName": "F1"},
        "ProblemType": "BinaryClassification",
        "InputDataConfig": [
            {
                "ChannelType": "training",
                "TargetAttributeName": "y",
                "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://some-bucket/t/"}},
            }
        ],
    },
    "Callback": {"SqsQueueUrl": "https://sqs.eu-west-1.amazonaws.com/111122223333/q"},
    "EMR": {"ClusterId": "j-ABC", "StepConfig": {"HadoopJarStep": {"Jar": "command-runner.jar"}}},
    "Fail": {"ErrorMessage": "not good enough"},
    "Function": {
        "AlgorithmSpecification": {"TrainingImage": "i", "TrainingInputMode": "File"},
        "OutputDataConfig": {"S3OutputPath": "s3://some-bucket/functions/"},
        "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 30},
        "RoleArn": "arn:aws:iam::111122223333:role/r",
        "StoppingCondition": {"MaxRuntimeInSeconds": 60},
    },
    "Lambda": {"FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:f"},
    "MonitorBatchTransform": {
        "ProcessingInputs": [
            {"InputName": "baseline_dataset_input", "S3Input": {"S3Uri": "s3://some-bucket/seen/"}}
        ],
    },
}
"""What only the author of a step can say, by its kind."""


def completed(document: dict[str, Any], wiring: Mapping[str, str]) -> dict[str, Any]:
    """Complete the requests of a document, and pin what its author wired."""
    steps = {name: _completed(step) for name, step in document["steps"].items()}
    return {**document, "steps": steps, "pins": {**wiring}}


def _completed(step: dict[str, Any]) -> dict[str, Any]:
    request = {**REQUESTS.get(step.get("kind", ""), {}), **step.get("request", {})}
    dependencies = {name: _with_path(port) for name, port in step.get("dependencies", {}).items()}
    outputs = {name: _with_file(port) for name, port in step.get("outputs", {}).items()}
    if step.get("kind") == "Function" and len(outputs) > 1:
        parts = enumerate(outputs.items())
        outputs = {name: {**port, "property_path": f"Result[{number}]"} for number, (name, port) in parts}
    if step.get("kind") == "Transform" and not any(
        port["data_type"] == "S3Uri" for port in dependencies.values()
    ):
        source = {"S3DataType": "S3Prefix", "S3Uri": "s3://some-bucket/batch/"}
        request["TransformInput"] = {"DataSource": {"S3DataSource": source}}
    if step.get("kind") == "Condition":
        request["Conditions"] = [
            _condition(number, dependencies) for number in range(_conditions(dependencies))
        ]
    return {**step, "request": request, "dependencies": dependencies, "outputs": outputs}


def _condition(number: int, dependencies: Mapping[str, Any]) -> dict[str, Any]:
    """Write a comparison without the sides that are wired."""
    sides = {"left": "LeftValue", "right": "RightValue"}
    wired = {name.rpartition(".")[2] for name in dependencies if f"[{number}]" in name}
    return {"Type": "LessThan"} | {member: 1 for side, member in sides.items() if side not in wired}


def _conditions(dependencies: Mapping[str, Any]) -> int:
    numbers = [int(name.partition("[")[2].partition("]")[0] or 0) for name in dependencies]
    return max(numbers, default=0) + 1


def _with_file(port: dict[str, Any]) -> dict[str, Any]:
    in_folder = "ProcessingOutputConfig" in (port.get("property_path") or "")
    return {"file": "model.tar.gz", **port} if in_folder and port["type"] == "model_artifacts" else port


def _with_path(port: dict[str, Any]) -> dict[str, Any]:
    return {"json_path": "metrics.auc.value", **port} if port.get("type") == "property_file" else port


@pytest.mark.skipif(not DOCUMENTS, reason="the corpus is not here")
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_pipeline_of_the_corpus_is_emitted(path: Path) -> None:
    record = json.loads(path.read_text())
    text = json.dumps(completed(record["pipeline"], record["wiring"]))
    emission = emit_valid(sw.resolve(loads(text, file="p.json")))
    written = sum(PARTS.get(step["kind"], 1) for step in record["pipeline"]["steps"].values())
    assert len(list(_steps(emission.definition["Steps"]))) == written


def _steps(steps: Any) -> Iterator[Any]:
    for step in steps:
        yield step
        for member in ("IfSteps", "ElseSteps", "ForEachBody"):
            yield from _steps(step["Arguments"].get(member, ()))
