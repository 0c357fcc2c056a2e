"""Decorated functions of the SageMaker SDK: Training steps that call what the SDK has serialised."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..process import Program, run_program
from ..runnable_kind import Traffic
from ..s3_mirror import bring_mirrored, publish_mirrored
from ..step_job import Job, StepOutcome, make_arn
from .training_request import BOOTSTRAP, TrainingRequest, channel_names

RUN_SDK_FUNCTION = Path(__file__).parents[1] / "programs" / "run_sdk_function.py"

# Source: both SDKs give a function step this channel, and its program these arguments.
_FOLDER = ("--s3_base_uri", "--pipeline_step_name", "--func_step_s3_dir")


def call_decorated_function(job: Job, request: TrainingRequest) -> StepOutcome:
    """Call the function with the results that it needs, and publish its own; raises ReasonError."""
    arguments = request.algorithm_specification.container_arguments
    for uri in sorted({*_function_of(request).values(), *_results_in(arguments)}):
        bring_mirrored(job, uri)
    for what, uri in _workspace_of(request).items():
        job.store.fetch(uri, job.ml / "input" / "workspace", what)
    (job.ml / "output").mkdir(parents=True, exist_ok=True)
    command = ("python", job.bring(RUN_SDK_FUNCTION), *arguments)
    limit = request.stopping_condition.max_runtime_in_seconds
    run_program(job, Program(command, "", job.relocate_all(request.environment)), limit)
    publish_mirrored(job)
    properties = {
        "TrainingJobName": job.name,
        "TrainingJobArn": make_arn("training-job", job.name),
        "TrainingJobStatus": "Completed",
    }
    return StepOutcome(properties, {"S3OutputPath": request.output_data_config.s3_output_path})


def decorated_traffic(request: TrainingRequest) -> Traffic:
    """Return where the function and its workspace lie, and where its result goes."""
    function = {**_function_of(request), **_workspace_of(request)}
    return Traffic(function, (request.output_data_config.s3_output_path,), code=frozenset(function))


def lacks_sdk(body: Mapping[str, Any]) -> str:
    """Say that a decorated function needs the SDK, where it is not installed."""
    decorated = BOOTSTRAP in channel_names(body.get("Arguments", {}))
    return (
        "" if not decorated or find_spec("sagemaker") else "a decorated function, without the SageMaker SDK,"
    )


def _function_of(request: TrainingRequest) -> dict[str, str]:
    """Return the places of the function and its arguments; parts of them that are not told are left out."""
    told = dict(pairwise(request.algorithm_specification.container_arguments))
    parts = [told[name].rstrip("/") for name in _FOLDER if told.get(name)]
    folder = "/".join(parts)
    return {"its function": f"{folder}/function", "its arguments": f"{folder}/arguments"} if parts else {}


def _workspace_of(request: TrainingRequest) -> dict[str, str]:
    """Return the place of the local folder that the SDK has packed, if it was to (include_local_workdir)."""
    told = dict(pairwise(request.algorithm_specification.container_arguments))
    # Source: both SDKs name the channel after the folder of the function.
    name = told.get(_FOLDER[-1])
    packed = [item for item in request.input_data_config if item.channel_name == name]
    return {"its workspace": packed[0].data_source.s3_data_source.s3_uri} if packed else {}


def _results_in(arguments: tuple[str, ...]) -> set[str]:
    """Return the places of other steps' results, which stand among the references to properties."""
    return {text for name, text in pairwise(arguments) if text.startswith("s3://") and name != _FOLDER[0]}
