"""Completes the request of a Training step: CreateTrainingJob."""

from __future__ import annotations

from collections.abc import Mapping

from ..assets import Asset
from .common import Request, RequestContext, _add, _check_names, _items, _text, _within, fill


def complete_training(job: RequestContext, request: Request) -> list[Asset]:
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
