"""Completes the request of a Training step: CreateTrainingJob."""

from __future__ import annotations

from collections.abc import Mapping

from ..assets import Asset
from .common import Request, RequestContext, add_texts, as_text, check_names, fill, items_of, within


def complete_training(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a CreateTrainingJob request in script mode; returns the code to stage."""
    assets = []
    if isinstance(job.step.arguments, Mapping):
        add_texts(request, "HyperParameters", job.step.arguments, "arguments")
    if job.code:
        uri = job.code.uri(job.settings, job.pipeline, job.name, "sourcedir.tar.gz")
        script = {"sagemaker_program": job.code.program, "sagemaker_submit_directory": uri}
        add_texts(request, "HyperParameters", script, "code")
        assets.append(Asset(job.code.path, uri, archive=True))
    if "HyperParameters" in request:
        parameters = within(request, "HyperParameters")
        parameters.update({key: as_text(value) for key, value in parameters.items()})
    algorithm = {"TrainingImage": job.settings["image"], "TrainingInputMode": "File"}
    if not isinstance(job.step.arguments, Mapping) and job.step.arguments:
        algorithm["ContainerArguments"] = [as_text(value) for value in job.step.arguments]
    channels = items_of(request, "InputDataConfig")
    check_names(channels, "ChannelName")
    for channel in channels:
        if "FileSystemDataSource" not in within(channel, "DataSource"):
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
    add_texts(request, "Environment", job.step.env, "env")
    return assets
