"""Completes the API requests of each kind of step with what every such request needs.

Each function takes the request as the user wrote it, with the references in their slots, and fills in only
what is not there. Source of names and required members: the Create* operations of the SageMaker API.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..specs import StepSpecification
from ..specs.document import Step
from ..specs.paths import Key, Member, parse_path
from .assets import Asset
from .code import CONTAINER_FOLDER, Code
from .settings import Settings

Request = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """What is known of a step when its request is completed."""

    pipeline: str
    name: str
    step: Step
    settings: Settings
    code: Code | None

    @property
    def spec(self) -> StepSpecification:
        """The step's specification."""
        return self.step.spec

    def output_uri(self, *parts: str) -> Any:
        """Write where this execution's outputs of the step go."""
        execution = {"Get": "Execution.PipelineExecutionId"}
        return self.settings.uri(self.pipeline, execution, self.name, *parts)


def fill(target: Request, defaults: Mapping[str, Any]) -> Request:
    """Add defaults, nested structures included, to a request, keeping what stands there."""
    for key, value in defaults.items():
        if isinstance(value, Mapping) and isinstance(target.get(key), dict):
            fill(target[key], value)
        else:
            target.setdefault(key, value)
    return target


def complete_processing(job: Job, request: Request) -> list[Asset]:
    """Complete a CreateProcessingJob request; returns the code to stage."""
    application = request.setdefault("AppSpecification", {})
    assets = _processing_code(job, request, application)
    application.setdefault("ImageUri", job.settings["image"])
    written = [*_written_arguments(job.step.arguments), *application.get("ContainerArguments", ())]
    if written:
        application["ContainerArguments"] = [_text(value) for value in written]
    for item in request.get("ProcessingInputs", ()):
        local = f"/opt/ml/processing/input/{item['InputName']}"
        fill(item, {"S3Input": {"LocalPath": local, **_S3_INPUT}})
    _processing_outputs(job, request)
    cluster = {
        "InstanceType": job.settings["instance"],
        "InstanceCount": job.settings["instance_count"],
        "VolumeSizeInGB": job.settings["volume_gb"],
    }
    fill(request, {"ProcessingResources": {"ClusterConfig": cluster}, "RoleArn": job.settings["role"]})
    fill(request, {"StoppingCondition": {"MaxRuntimeInSeconds": job.settings["max_seconds"]}})
    _environment(job, request)
    return assets


_S3_INPUT = {
    "S3DataType": "S3Prefix",
    "S3InputMode": "File",
    "S3DataDistributionType": "FullyReplicated",
    "S3CompressionType": "None",
}


def _processing_code(job: Job, request: Request, application: Request) -> list[Asset]:
    code = job.code
    if code is None:
        return []
    uri = code.uri(job.settings, job.pipeline, job.name, "" if code.is_folder else code.program)
    source = {"S3Uri": uri, "LocalPath": CONTAINER_FOLDER, **_S3_INPUT}
    request.setdefault("ProcessingInputs", []).append({"InputName": "code", "S3Input": source})
    application.setdefault("ContainerEntrypoint", ["python3", f"{CONTAINER_FOLDER}/{code.program}"])
    return [Asset(code.path, uri)]


def _processing_outputs(job: Job, request: Request) -> None:
    names = []
    for output in job.spec.outputs.values():
        tokens = parse_path(output.property_path) if output.property_path else ()
        if tokens[:2] == (Member("ProcessingOutputConfig"), Member("Outputs")) and isinstance(tokens[2], Key):
            names.append(tokens[2].text)
    if not names and "ProcessingOutputConfig" not in request:
        return
    outputs = request.setdefault("ProcessingOutputConfig", {}).setdefault("Outputs", [])
    for name in sorted(set(names)):
        if not any(item.get("OutputName") == name for item in outputs):
            outputs.append({"OutputName": name})
    for item in outputs:
        name = item["OutputName"]
        local = f"/opt/ml/processing/output/{name}"
        place = {"S3Uri": job.output_uri(name), "LocalPath": local, "S3UploadMode": "EndOfJob"}
        fill(item, {"S3Output": place})


def complete_training(job: Job, request: Request) -> list[Asset]:
    """Complete a CreateTrainingJob request in script mode; returns the code to stage."""
    parameters = request.setdefault("HyperParameters", {})
    if isinstance(job.step.arguments, Mapping):
        fill(parameters, job.step.arguments)
    assets = []
    if job.code:
        uri = job.code.uri(job.settings, job.pipeline, job.name, "sourcedir.tar.gz")
        fill(parameters, {"sagemaker_program": job.code.program, "sagemaker_submit_directory": uri})
        assets.append(Asset(job.code.path, uri, archive=True))
    request["HyperParameters"] = {key: _text(value) for key, value in parameters.items()}
    algorithm = {"TrainingImage": job.settings["image"], "TrainingInputMode": "File"}
    if not isinstance(job.step.arguments, Mapping) and job.step.arguments:
        algorithm["ContainerArguments"] = [_text(value) for value in job.step.arguments]
    for channel in request.get("InputDataConfig", ()):
        source = {"S3DataType": "S3Prefix", "S3DataDistributionType": "FullyReplicated"}
        fill(channel, {"DataSource": {"S3DataSource": source}})
    resources = {
        "InstanceType": job.settings["instance"],
        "InstanceCount": job.settings["instance_count"],
        "VolumeSizeInGB": job.settings["volume_gb"],
    }
    defaults = {
        "AlgorithmSpecification": algorithm,
        "OutputDataConfig": {"S3OutputPath": job.output_uri()},
        "ResourceConfig": resources,
        "RoleArn": job.settings["role"],
        "StoppingCondition": {"MaxRuntimeInSeconds": job.settings["max_seconds"]},
    }
    fill(request, defaults)
    _environment(job, request)
    return assets


def complete_model(job: Job, request: Request) -> list[Asset]:
    """Complete a CreateModel request."""
    request.setdefault("ExecutionRoleArn", job.settings["role"])
    for container in request.get("Containers", ()) or [request.setdefault("PrimaryContainer", {})]:
        container.setdefault("Image", job.settings["image"])
        if job.step.env:
            environment = {key: _text(value) for key, value in job.step.env.items()}
            fill(container, {"Environment": environment})
    return []


def complete_registration(job: Job, request: Request) -> list[Asset]:
    """Complete a CreateModelPackage request."""
    inference = request.setdefault("InferenceSpecification", {})
    for container in inference.setdefault("Containers", [{}]):
        container.setdefault("Image", job.settings["image"])
    formats = {"SupportedContentTypes": ["text/csv"], "SupportedResponseMIMETypes": ["text/csv"]}
    fill(inference, formats)
    for file in _files_of(request):
        file.setdefault("ContentType", "application/json")
    fill(request, {"ModelPackageGroupName": job.pipeline, "ModelApprovalStatus": "PendingManualApproval"})
    return []


def _files_of(request: Request) -> list[Request]:
    """List the files that a registration names under its metrics and baselines."""
    return [
        file
        for section in ("ModelMetrics", "DriftCheckBaselines")
        for group in request.get(section, {}).values()
        for file in group.values()
    ]


def complete_nothing(_job: Job, _request: Request) -> list[Asset]:
    """Leave a request as it is: Condition and Fail steps have no job of their own."""
    return []


COMPLETIONS: Mapping[str, Callable[[Job, Request], list[Asset]]] = {
    "Processing": complete_processing,
    "Training": complete_training,
    "Model": complete_model,
    "RegisterModel": complete_registration,
    "Condition": complete_nothing,
    "Fail": complete_nothing,
}
"""The kinds of steps that can be emitted, and what completes the request of each."""


def _environment(job: Job, request: Request) -> None:
    if job.step.env:
        fill(request, {"Environment": {key: _text(value) for key, value in job.step.env.items()}})


def _written_arguments(arguments: Any) -> list[Any]:
    if isinstance(arguments, Mapping):
        return [part for key, value in arguments.items() for part in (f"--{key}", value)]
    return list(arguments)


def _text(value: Any) -> Any:
    """Write a literal as the text that a container receives; expressions stay."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else value
