"""Completes the request of a NotebookJob step: CreateTrainingJob, with a program that runs notebooks."""

from __future__ import annotations

from pathlib import PurePosixPath

from ...problems.codes import Code
from ..assets import Asset
from .common import Request, RequestContext, RequestError, add_network, add_tags, fill
from .jobs import machines

CHANNEL = "sagemaker_headless_execution_pipelinestep"
NOTEBOOK_FOLDER = f"/opt/ml/input/data/{CHANNEL}"


def complete_notebook_job(job: RequestContext, request: Request) -> list[Asset]:
    """Complete the job that runs the notebook under `code`; returns it as what to stage. Source: the SDK."""
    assets = []
    if isinstance(job.step.arguments, dict):
        job.add_texts(request, "HyperParameters", job.step.arguments, "arguments")
    elif job.step.arguments:
        raise RequestError("the arguments of a notebook have names", "write NAME: value")
    if job.code:
        uri = job.code.uri(job.settings, job.pipeline, job.name, job.code.program)
        folder = job.code.uri(job.settings, job.pipeline, job.name, "")
        assets.append(Asset(job.code.path, uri))
        source = {"S3DataType": "S3Prefix", "S3Uri": folder, "S3DataDistributionType": "FullyReplicated"}
        request.setdefault(
            "InputDataConfig", [{"ChannelName": CHANNEL, "DataSource": {"S3DataSource": source}}]
        )
        fill(request, {"Environment": _environment(job.code.program)})
    elif "InputDataConfig" not in request:
        raise RequestError("it has no notebook", "name it: 'code: notebook.ipynb'", Code.INCOMPLETE)
    fill(
        request,
        {
            "AlgorithmSpecification": {
                "TrainingImage": job.settings["image"],
                "TrainingInputMode": "File",
                "ContainerEntrypoint": ["amazon_sagemaker_scheduler"],
            },
            "OutputDataConfig": {"S3OutputPath": job.output_uri()},
            "ResourceConfig": machines(job),
            "RoleArn": job.settings["role"],
            "StoppingCondition": {"MaxRuntimeInSeconds": job.settings["max_seconds"]},
        },
    )
    job.add_texts(request, "Environment", job.step.env, "env")
    add_network(job, request)
    add_tags(job, request)
    return assets


def _environment(notebook: str) -> dict[str, str]:
    return {
        "SM_JOB_DEF_VERSION": "1.0",
        "SM_ENV_NAME": "sagemaker-default-env",
        "SM_SKIP_EFS_SIMULATION": "true",
        "SM_EXECUTION_INPUT_PATH": NOTEBOOK_FOLDER,
        "SM_KERNEL_NAME": "python3",
        "SM_INPUT_NOTEBOOK_NAME": notebook,
        "SM_OUTPUT_NOTEBOOK_NAME": f"{PurePosixPath(notebook).stem}-output.ipynb",
    }
