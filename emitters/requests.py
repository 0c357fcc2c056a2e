"""Completes the API requests of each kind of step with what every such request needs.

Each function takes the request as the user wrote it, with the references in their slots, and fills in only
what is not there. What has the wrong form stays as it is: validation reports it. Source of names and required
members: the Create* operations of the SageMaker API.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from ..specs import StepSpecification
from ..specs.document import Step
from ..specs.paths import Key, Member, parse_path
from .assets import Asset
from .code import CONTAINER_FOLDER, Code
from .expressions import is_expression
from .settings import Settings

Request = dict[str, Any]


class RequestError(ValueError):
    """A request that contradicts the rest of its step; its text says how."""


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
        if not isinstance(value, Mapping) or is_expression(value):
            target.setdefault(key, value)
        else:
            fill(_within(target, key), value)
    return target


def _add(target: Request, key: str, values: Mapping[str, Any], word: str) -> None:
    """Add what the step says under `word` to a map of texts; raises RequestError where it stands already."""
    if not values:
        return
    there = target.setdefault(key, {})
    if not _is_plain(there):
        raise RequestError(f"'{word}' cannot be added to its {key}, which is no mapping")
    for name, value in values.items():
        if _text(there.setdefault(name, _text(value))) != _text(value):
            raise RequestError(f"'{name}' under '{word}' stands in its {key} already, with another value")


def _within(request: Request, key: str) -> Request:
    """Return the mapping at a key, made when missing; one that leads nowhere when something else is there."""
    there = request.setdefault(key, {})
    return there if _is_plain(there) else {}


def _items(request: Request, key: str) -> list[Request]:
    """List the mappings in the list at a key; none when something else is there."""
    there = request.get(key)
    return [item for item in there if _is_plain(item)] if isinstance(there, list) else []


def _is_plain(value: Any) -> TypeGuard[Request]:
    """Tell whether a value is a mapping of members, not an expression that stands for one."""
    return isinstance(value, dict) and not is_expression(value)


def _check_names(items: Iterable[Request], field: str) -> None:
    names = Counter(name for item in items if isinstance(name := item.get(field), str))
    for name, count in names.items():
        if count > 1:
            raise RequestError(f"{field} '{name}' is given {count} times")


def complete_processing(job: Job, request: Request) -> list[Asset]:
    """Complete a CreateProcessingJob request; returns the code to stage."""
    application = _within(request, "AppSpecification")
    assets = _processing_code(job, request, application)
    application.setdefault("ImageUri", job.settings["image"])
    _add_arguments(job, application)
    _processing_inputs(request)
    _processing_outputs(job, request)
    cluster = {
        "InstanceType": job.settings["instance"],
        "InstanceCount": job.settings["instance_count"],
        "VolumeSizeInGB": job.settings["volume_gb"],
    }
    fill(request, {"ProcessingResources": {"ClusterConfig": cluster}, "RoleArn": job.settings["role"]})
    fill(request, {"StoppingCondition": {"MaxRuntimeInSeconds": job.settings["max_seconds"]}})
    _add(request, "Environment", job.step.env, "env")
    return assets


def _add_arguments(job: Job, application: Request) -> None:
    """Put the step's arguments before those that its dependencies have become."""
    placed = application.get("ContainerArguments", [])
    if not isinstance(placed, list):
        return
    written = _written_arguments(job.step.arguments)
    if isinstance(job.step.arguments, Mapping):
        for flag in written[::2]:
            if flag in placed:
                raise RequestError(f"the argument {flag} is given twice")
    if written or placed:
        application["ContainerArguments"] = [_text(value) for value in (*written, *placed)]


_S3_INPUT = {
    "S3DataType": "S3Prefix",
    "S3InputMode": "File",
    "S3DataDistributionType": "FullyReplicated",
    "S3CompressionType": "None",
}


def _processing_code(job: Job, request: Request, application: Request) -> list[Asset]:
    code = job.code
    inputs = request.setdefault("ProcessingInputs", []) if code else None
    if code is None or not isinstance(inputs, list):
        return []
    uri = code.uri(job.settings, job.pipeline, job.name, "" if code.is_folder else code.program)
    source = {"S3Uri": uri, "LocalPath": CONTAINER_FOLDER, **_S3_INPUT}
    inputs.append({"InputName": "code", "S3Input": source})
    application.setdefault("ContainerEntrypoint", ["python3", f"{CONTAINER_FOLDER}/{code.program}"])
    return [Asset(code.path, uri)]


def _processing_inputs(request: Request) -> None:
    items = _items(request, "ProcessingInputs")
    _check_names(items, "InputName")
    for item in items:
        if "DatasetDefinition" not in item:
            local = f"/opt/ml/processing/input/{item.get('InputName')}"
            fill(item, {"S3Input": {"LocalPath": local, **_S3_INPUT}})


def _processing_outputs(job: Job, request: Request) -> None:
    names = set()
    for output in job.spec.outputs.values():
        tokens = parse_path(output.property_path) if output.property_path else ()
        if tokens[:2] == (Member("ProcessingOutputConfig"), Member("Outputs")) and isinstance(tokens[2], Key):
            names.add(tokens[2].text)
    if not names and "ProcessingOutputConfig" not in request:
        return
    outputs = _within(request, "ProcessingOutputConfig")
    listed = outputs.setdefault("Outputs", [])
    given = {item.get("OutputName") for item in _items(outputs, "Outputs")}
    if isinstance(listed, list):
        listed += [{"OutputName": name} for name in sorted(names - given)]
    items = _items(outputs, "Outputs")
    _check_names(items, "OutputName")
    for item in items:
        name = item.get("OutputName")
        if "FeatureStoreOutput" not in item and isinstance(name, str):
            local = f"/opt/ml/processing/output/{name}"
            place = {"S3Uri": job.output_uri(name), "LocalPath": local, "S3UploadMode": "EndOfJob"}
            fill(item, {"S3Output": place})


def complete_training(job: Job, request: Request) -> list[Asset]:
    """Complete a CreateTrainingJob request in script mode; returns the code to stage."""
    assets = []
    if isinstance(job.step.arguments, Mapping):
        _add(request, "HyperParameters", job.step.arguments, "arguments")
    if job.code:
        uri = job.code.uri(job.settings, job.pipeline, job.name, "sourcedir.tar.gz")
        script = {"sagemaker_program": job.code.program, "sagemaker_submit_directory": uri}
        _add(request, "HyperParameters", script, "code")
        assets.append(Asset(job.code.path, uri, archive=True))
    if "HyperParameters" in request:
        parameters = _within(request, "HyperParameters")
        parameters.update({key: _text(value) for key, value in parameters.items()})
    algorithm = {"TrainingImage": job.settings["image"], "TrainingInputMode": "File"}
    if not isinstance(job.step.arguments, Mapping) and job.step.arguments:
        algorithm["ContainerArguments"] = [_text(value) for value in job.step.arguments]
    channels = _items(request, "InputDataConfig")
    _check_names(channels, "ChannelName")
    for channel in channels:
        if "FileSystemDataSource" not in _within(channel, "DataSource"):
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
    _add(request, "Environment", job.step.env, "env")
    return assets


def complete_model(job: Job, request: Request) -> list[Asset]:
    """Complete a CreateModel request."""
    request.setdefault("ExecutionRoleArn", job.settings["role"])
    if "Containers" not in request:
        request.setdefault("PrimaryContainer", {})
    alone = request.get("PrimaryContainer")
    _complete_containers(job, [*_items(request, "Containers"), *([alone] if _is_plain(alone) else [])])
    return []


def _complete_containers(job: Job, containers: Iterable[Request]) -> None:
    for container in containers:
        container.setdefault("Image", job.settings["image"])
        _add(container, "Environment", job.step.env, "env")


def complete_registration(job: Job, request: Request) -> list[Asset]:
    """Complete a CreateModelPackage request."""
    inference = _within(request, "InferenceSpecification")
    inference.setdefault("Containers", [{}])
    _complete_containers(job, _items(inference, "Containers"))
    formats = {"SupportedContentTypes": ["text/csv"], "SupportedResponseMIMETypes": ["text/csv"]}
    fill(inference, formats)
    for file in _files_of(request):
        file.setdefault("ContentType", "application/json")
    fill(request, {"ModelPackageGroupName": job.pipeline, "ModelApprovalStatus": "PendingManualApproval"})
    return []


def _files_of(request: Request) -> list[Request]:
    """List the files that a registration names under its metrics and baselines."""
    sections = [request.get(name) for name in ("ModelMetrics", "DriftCheckBaselines")]
    groups = [group for section in sections if isinstance(section, dict) for group in section.values()]
    files = [file for group in groups if isinstance(group, dict) for file in group.values()]
    return [file for file in files if _is_plain(file)]


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

TAKEN: Mapping[str, tuple[str, ...]] = {
    "Processing": ("code", "env", "arguments"),
    "Training": ("code", "env", "arguments"),
    "Model": ("env",),
    "RegisterModel": ("env",),
}
"""What beside its request a kind of step makes use of."""


def _written_arguments(arguments: Any) -> list[Any]:
    if isinstance(arguments, Mapping):
        return [part for key, value in arguments.items() for part in (f"--{key}", value)]
    return list(arguments)


def _text(value: Any) -> Any:
    """Write a literal as the text that a container receives; expressions stay."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else value
