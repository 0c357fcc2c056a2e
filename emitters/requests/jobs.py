"""What completes the jobs that train models: their program, their data, their machines."""

from __future__ import annotations

from collections.abc import Mapping

from ..assets import Asset
from .common import Request, RequestContext, check_names, fill, items_of, within


def complete_program(job: RequestContext, request: Request, hyperparameters: str) -> list[Asset]:
    """Put the step's arguments and code into the hyperparameters of a job; returns the code to stage."""
    assets = []
    if isinstance(job.step.arguments, Mapping):
        job.add_texts(request, hyperparameters, job.step.arguments, "arguments")
    if job.code:
        uri = job.code.uri(job.settings, job.pipeline, job.name, "sourcedir.tar.gz")
        script = {"sagemaker_program": job.code.program, "sagemaker_submit_directory": uri}
        job.add_texts(request, hyperparameters, script, "code")
        assets.append(Asset(job.code.path, uri, archive=True))
    if hyperparameters in request:
        parameters = within(request, hyperparameters)
        parameters.update({key: job.as_text(value) for key, value in parameters.items()})
    return assets


def complete_channels(request: Request) -> None:
    """Say how each channel's data is read, where it lies in S3."""
    channels = items_of(request, "InputDataConfig")
    check_names(channels, "ChannelName")
    for channel in channels:
        if not {"FileSystemDataSource", "DatasetSource"} & within(channel, "DataSource").keys():
            source = {"S3DataType": "S3Prefix", "S3DataDistributionType": "FullyReplicated"}
            fill(channel, {"DataSource": {"S3DataSource": source}})


def complete_trainer(job: RequestContext, request: Request, *, serverless: bool = False) -> None:
    """Fill in what every job that trains a model needs; a serverless one has no image and no machines."""
    complete_channels(request)
    fill(
        request,
        {
            "OutputDataConfig": {"S3OutputPath": job.output_uri()},
            "RoleArn": job.settings["role"],
        },
    )
    if not serverless:
        fill(
            request,
            {
                "AlgorithmSpecification": _algorithm(job, request),
                "ResourceConfig": machines(job),
                "StoppingCondition": {"MaxRuntimeInSeconds": job.settings["max_seconds"]},
            },
        )
    job.add_texts(request, "Environment", job.step.env, "env")


def _algorithm(job: RequestContext, request: Request) -> Request:
    algorithm: Request = {"TrainingInputMode": "File"}
    if "AlgorithmName" not in within(request, "AlgorithmSpecification"):
        algorithm["TrainingImage"] = job.settings["image"]
    if not isinstance(job.step.arguments, Mapping) and job.step.arguments:
        algorithm["ContainerArguments"] = [job.as_text(value) for value in job.step.arguments]
    return algorithm


def machines(job: RequestContext) -> Request:
    """Say on what machines a job runs, with how much room on their disks."""
    return {
        "InstanceType": job.settings["instance"],
        "InstanceCount": job.settings["instance_count"],
        "VolumeSizeInGB": job.settings["volume_gb"],
    }
