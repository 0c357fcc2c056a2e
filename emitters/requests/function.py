"""Completes the call of a Python function: by its name, in a training job, or as the SDK has written it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...specs import DataType
from ...specs.expressions import is_expression, iter_gets
from ...specs.kinds.function import CALLER_CHANNEL
from ..assets import Asset
from ..code import StepCode, digest_files
from .common import Request, RequestContext, RequestError, add_network, add_tags, fill, within
from .jobs import complete_trainer

AS_JSON = "--serialize_output_to_json"
"""The argument by which a decorated function's result is kept as JSON, too, which other steps can read."""

_CALLER = Path(__file__).parents[1] / "programs" / "call_named_function.py"
_CODE = "function-code"
_DATA = "/opt/ml/input/data"
_RESULTS = "/opt/ml/checkpoints"


def complete_function(job: RequestContext, request: Request) -> list[Asset]:
    """Complete the call of a function; returns the code to stage. Raises RequestError where there is none.

    A decorated function travels serialised, by the Python and the SDK that will read it: nothing but the SDK
    can write that.
    """
    if job.code:
        return _call_by_name(job, request, job.code)
    if "AlgorithmSpecification" not in request:
        raise RequestError(
            "it says neither which function to call, nor has it the request of a decorated one",
            "name a function of yours, such as 'code: scores.py' with 'function: score'; one that the "
            "SageMaker SDK has decorated comes with the SDK's pipeline, in Python",
        )
    if job.is_taken:
        arguments = within(request, "AlgorithmSpecification").setdefault("ContainerArguments", [])
        if isinstance(arguments, list) and AS_JSON not in arguments:
            arguments += [AS_JSON, "true"]
    return []


def _call_by_name(job: RequestContext, request: Request, code: StepCode) -> list[Asset]:
    """Let a training job import the function and call it.

    What a job leaves as checkpoints is copied to S3 as it is, file by file: so its result can be read there.
    """
    caller = StepCode(_CALLER, _CALLER.name, digest_files([_CALLER], _CALLER.parent))
    owners = {_CODE: (code, job.name), CALLER_CHANNEL: (caller, CALLER_CHANNEL)}

    def uri(channel: str, file: str = "") -> Any:
        owned, owner = owners[channel]
        return owned.uri(job.settings, job.pipeline, owner, file)

    _add_channels(request, {channel: uri(channel) for channel in owners})
    _keep_result(job, request)
    _start(request, code, job.step.function, {**_add_literals(job, request), **job.passed})
    complete_trainer(job, request)
    add_network(job, request)
    add_tags(job, request)
    return [
        Asset(code.path, uri(_CODE, "" if code.is_folder else code.program)),
        Asset(_CALLER, uri(CALLER_CHANNEL, _CALLER.name)),
    ]


def _start(request: Request, code: StepCode, function: str, ways: Mapping[str, str]) -> None:
    algorithm = within(request, "AlgorithmSpecification")
    if {"ContainerEntrypoint", "ContainerArguments"} & algorithm.keys():
        raise RequestError("its request starts a program, and it has a function to call")
    algorithm["ContainerEntrypoint"] = ["python3", f"{_DATA}/{CALLER_CHANNEL}/{_CALLER.name}"]
    called = [f"{_DATA}/{_CODE}/{code.program}", function.rpartition(":")[2]]
    algorithm["ContainerArguments"] = called + [f"{name}:{ways[name]}" for name in sorted(ways)]


def _add_channels(request: Request, places: Mapping[str, object]) -> None:
    channels = request.setdefault("InputDataConfig", [])
    if isinstance(channels, list):
        channels += [
            {"ChannelName": name, "DataSource": {"S3DataSource": {"S3Uri": place}}}
            for name, place in places.items()
        ]


def _keep_result(job: RequestContext, request: Request) -> None:
    """Say where the file with the result goes, which others look for below the output of the job."""
    execution = {"Get": "Execution.PipelineExecutionId"}
    own = {"Get": "Execution.TrainingJobName"} if job.is_repeated else "results"  # iterations run at once
    usual = job.settings.uri(job.pipeline, execution, job.name, own)
    output = within(request, "OutputDataConfig").setdefault("S3OutputPath", usual)
    if isinstance(output, str) and output.endswith("/"):
        raise RequestError(f"its S3OutputPath ends in '/', found '{output}'", "leave the '/' out")
    if "CacheConfig" in job.beside:
        raise _no_cache(output)
    kept = {"S3Uri": output, "LocalPath": _RESULTS}
    if fill(within(request, "CheckpointConfig"), kept) != kept:
        message = "its CheckpointConfig is another than the one by which its result is kept"
        raise RequestError(message, "remove it; OutputDataConfig.S3OutputPath says where the result goes")


def _no_cache(output: object) -> RequestError:
    """Say why SageMaker's cache is no use where the result is kept at `output`."""
    is_own = any(text.startswith("Execution.") for _, text in iter_gets(output))
    why = "where it is kept names the execution" if is_own else "another execution may have written over it"
    message = f"SageMaker cannot use the result of a function again: {why}"
    return RequestError(message, "remove 'cache'; a run on this machine uses it again by itself")


def _add_literals(job: RequestContext, request: Request) -> dict[str, str]:
    """Put what the step says under `arguments` among the hyperparameters; returns how each travels."""
    given = job.step.arguments if isinstance(job.step.arguments, Mapping) else {}
    ways: dict[str, str] = {}
    texts: dict[str, object] = {}
    for name, value in given.items():
        is_text = is_expression(value) and not (isinstance(value, Mapping) and job.is_number(value))
        ways[name] = DataType.STRING if is_text else DataType.JSON
        texts[name] = value if is_expression(value) else json.dumps(value, ensure_ascii=False)
    job.add_texts(request, "HyperParameters", texts, "arguments")
    return ways
