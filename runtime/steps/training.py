"""Training steps, under the container contract of SageMaker training jobs."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from ..archive import pack
from ..checkpoints import keep_checkpoints
from ..errors import ReasonError
from ..folders import has_files, require_own
from ..metrics import find_metrics
from ..pipes import feed_pipes
from ..process import run_program
from ..request_models import read_request, script_of
from ..runnable_kind import RunnableKind, Traffic
from ..step_job import Job, StepOutcome, make_arn, write_json
from .channels import bring_channels
from .decorated_function import call_decorated_function, decorated_traffic, lacks_sdk
from .training_request import TrainingRequest, is_decorated_function
from .training_scripts import (
    code_uri,
    has_drivers,
    prepare_script,
    prepare_stand_in,
    read_hyperparameters,
    training_image_alone,
)

_HOST = "algo-1"
_RESOURCES = {"current_host": _HOST, "hosts": [_HOST], "network_interface_name": "lo"}
# The built-in algorithm has gone by three names of images.
_XGBOOST_IMAGE = re.compile(r"(^|/)(sagemaker-)?xgboost(:|$)")
XGBOOST = Path(__file__).parents[1] / "programs" / "train_xgboost.py"
XGBOOST_LOG = r"#011{}:([-+.0-9e]+)"

_FAILURE_LENGTH = 1024  # what SageMaker keeps of a failure file


def run_training(job: Job) -> StepOutcome:
    """Fetch the channels, run the script, and publish the model that it leaves, packed.

    Raises ReasonError when a channel or the code is missing, the script fails, or leaves no model.
    """
    request = read_request(TrainingRequest, job.request)
    if is_decorated_function(request) and not job.stand_in:
        return call_decorated_function(job, request)
    uri = f"{request.output_data_config.s3_output_path.rstrip('/')}/{job.name}/output"
    job.store.path(uri)  # refused before the script has run rather than after
    for folder in (job.ml / "model", job.ml / "output" / "data", job.ml / "input" / "data"):
        folder.mkdir(parents=True, exist_ok=True)
    _write_config(job, request)
    with ExitStack() as stack:
        folders = {}
        if kept := request.checkpoint_config:
            folders[kept.local_path] = stack.enter_context(keep_checkpoints(job, kept.s3_uri))
        stack.enter_context(feed_pipes(bring_channels(job, request)))
        _run_script(job, request, folders)
    metrics = {item.name: item.regex for item in request.algorithm_specification.metric_definitions}
    found = {**_told_metrics(job), **find_metrics(job, metrics)}
    _publish(job, uri)
    properties = {
        "TrainingJobName": job.name,
        "TrainingJobArn": make_arn("training-job", job.name),
        "TrainingJobStatus": "Completed",
        "ModelArtifacts": {"S3ModelArtifacts": f"{uri}/model.tar.gz"},
        "FinalMetricDataList": [{"MetricName": name, "Value": value} for name, value in found.items()],
    }
    checkpoints = {"checkpoints": kept.s3_uri} if kept else {}
    return StepOutcome(properties, {"ModelArtifacts": f"{uri}/model.tar.gz", **checkpoints})


def _write_config(job: Job, request: TrainingRequest) -> None:
    config = job.ml / "input" / "config"
    channels = {
        channel.channel_name: {
            "TrainingInputMode": "Pipe" if request.is_piped(channel) else "File",
            "S3DistributionType": "FullyReplicated",
            "RecordWrapperType": channel.record_wrapper_type,
            **({"ContentType": channel.content_type} if channel.content_type else {}),
        }
        for channel in request.input_data_config
    }
    write_json(config / "hyperparameters.json", dict(request.hyper_parameters))
    write_json(config / "inputdataconfig.json", channels)
    write_json(config / "resourceconfig.json", _RESOURCES)


def _run_script(job: Job, request: TrainingRequest, folders: Mapping[str, Path]) -> None:
    own = job.relocate_all(request.environment)
    environment = {**_environment(job, request), **own}
    prepare = prepare_stand_in if job.stand_in else prepare_script
    program = replace(prepare(job, request, environment), folders=folders)
    try:
        run_program(job, program, request.stopping_condition.max_runtime_in_seconds)
    except ReasonError as error:
        failure = job.ml / "output" / "failure"
        if not failure.is_file():
            raise
        said = failure.read_text(encoding="utf-8", errors="replace")[:_FAILURE_LENGTH].strip()
        raise ReasonError(f"{error.reason}: {said}", error.exit_code) from error


def _environment(job: Job, request: TrainingRequest) -> dict[str, str]:
    """Make the SM_* variables of SageMaker's training containers."""
    ml = PurePosixPath(job.seen)
    values = read_hyperparameters(request)
    channels = sorted(channel.channel_name for channel in request.input_data_config)
    folders = {f"SM_CHANNEL_{_upper(name)}": str(ml / "input" / "data" / name) for name in channels}
    hyperparameters = {f"SM_HP_{_upper(name)}": _to_text(value) for name, value in values.items()}
    return {
        **hyperparameters,
        **folders,
        "SM_CHANNELS": json.dumps(channels),
        "SM_CURRENT_HOST": _HOST,
        "SM_HOSTS": json.dumps([_HOST]),
        "SM_HPS": json.dumps(values, sort_keys=True),
        "SM_INPUT_CONFIG_DIR": str(ml / "input" / "config"),
        "SM_INPUT_DATA_DIR": str(ml / "input" / "data"),
        "SM_INPUT_DIR": str(ml / "input"),
        "SM_MODEL_DIR": str(ml / "model"),
        "SM_NUM_CPUS": str(os.cpu_count() or 1),
        "SM_NUM_GPUS": "0",
        "SM_OUTPUT_DATA_DIR": str(ml / "output" / "data"),
        "SM_OUTPUT_DIR": str(ml / "output"),
        "SM_RESOURCE_CONFIG": json.dumps(_RESOURCES, sort_keys=True),
        "TRAINING_JOB_ARN": make_arn("training-job", job.name),
        "TRAINING_JOB_NAME": job.name,
    }


def _upper(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]", "_", name).upper()


def _to_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def _publish(job: Job, uri: str) -> None:
    model, data = job.ml / "model", job.ml / "output" / "data"
    require_own(model, job.ml, "its model")
    require_own(data, job.ml, "its output data")
    if not has_files(model):
        raise ReasonError(f"wrote nothing to /opt/ml/model (SM_MODEL_DIR); here this is {model}")
    packed = [(model, "model.tar.gz")] + ([(data, "output.tar.gz")] if has_files(data) else [])
    for folder, name in packed:
        pack(folder, job.folder / name)
    for _, name in packed:
        job.store.publish({"": job.folder / name}, f"{uri}/{name}", take=True)


def _told_metrics(job: Job) -> dict[str, float]:
    """Read the metrics that a stand-in tells without a pattern, in `output/metrics.json`."""
    place = job.ml / "output" / "metrics.json"
    if job.stand_in is None or not place.is_file() or place.is_symlink():
        return {}
    try:
        return {str(name): float(value) for name, value in dict(json.loads(place.read_bytes())).items()}
    except (ValueError, TypeError) as error:
        raise ReasonError("wrote a metrics.json that holds no numbers by name") from error


def shipped(request: TrainingRequest) -> Path | None:
    """Return our stand-in for a built-in algorithm, where there is one."""
    own = request.algorithm_specification.container_entrypoint
    built_in = None if own else training_image_alone(request)
    return XGBOOST if built_in and _XGBOOST_IMAGE.search(built_in) else None


def find_pattern(request: TrainingRequest, metric: str) -> str | None:
    """Return the pattern that finds a metric in the log, declared or of our stand-in, if any does."""
    declared = request.algorithm_specification.metric_definitions
    pattern = next((item.regex for item in declared if item.name == metric), None)
    if pattern is None and shipped(request):
        return XGBOOST_LOG.format(re.escape(metric.replace(":", "-")))
    return pattern


def training_traffic(request: TrainingRequest, _: Path) -> Traffic:
    """Return where a training request takes its channels and code from, and where its model goes."""
    if is_decorated_function(request):
        return decorated_traffic(request)
    named = {f"channel '{channel.channel_name}'": channel for channel in request.input_data_config}
    code, kept = code_uri(request), request.checkpoint_config
    app = request.algorithm_specification
    command = () if has_drivers(request) else (*app.container_entrypoint, *app.container_arguments)
    return Traffic(
        {
            **{name: channel.data_source.s3_data_source.s3_uri for name, channel in named.items()},
            **({"its code": code} if code else {}),
        },
        (request.output_data_config.s3_output_path, *([kept.s3_uri] if kept else [])),
        {name: f"/opt/ml/input/data/{channel.channel_name}" for name, channel in named.items()},
        script_of(command),
        chooses_names=True,
        code=frozenset(["its code"] if code else []),
        manifests={
            name: channel.data_source.s3_data_source.attribute_names
            for name, channel in named.items()
            if channel.data_source.s3_data_source.s3_data_type != "S3Prefix"
        },
    )


TRAINING = RunnableKind(
    TrainingRequest,
    run_training,
    training_image_alone,
    training_traffic,
    stands_in=True,
    shipped=shipped,
    lacks=lacks_sdk,
)
