"""Processing steps, under the container contract of SageMaker processing jobs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from ..errors import ReasonError
from ..folders import list_files, require_own
from ..manifests import fetch_listed
from ..process import Program, run_program
from ..request_models import (
    ContainerPath,
    ContainerProgram,
    EnvironmentName,
    RequestPart,
    S3DataType,
    StoppingCondition,
    Text,
    is_here,
    read_request,
    runs_here,
    script_of,
)
from ..runnable_kind import RunnableKind, Traffic
from ..step_job import Job, StepOutcome, make_arn, write_json
from ..store import Store


def run_processing(job: Job) -> StepOutcome:
    """Fetch the inputs, run the program, and publish the outputs once all of them are there.

    Raises ReasonError when an input is missing, the program fails, or an output is left empty.
    """
    request = read_request(ProcessingRequest, job.request)
    outputs = request.processing_output_config.outputs
    for item in request.processing_inputs:
        folder = job.place(item.s3_input.local_path)
        fetch = fetch_listed if item.s3_input.is_manifest else Store.fetch
        fetch(job.store, item.s3_input.s3_uri, folder, f"input '{item.input_name}'")
    for output in outputs:
        job.store.path(output.s3_output.s3_uri)  # refused before the program has run rather than after
        job.place(output.s3_output.local_path).mkdir(parents=True, exist_ok=True)
    _write_config(job)
    run_program(job, _program(job, request), request.stopping_condition.max_runtime_in_seconds)
    made = [(output.s3_output.s3_uri, _made(job, output)) for output in outputs]
    for uri, files in made:
        job.store.publish(files, uri)
    properties = {
        "ProcessingJobName": job.name,
        "ProcessingJobArn": make_arn("processing-job", job.name),
        "ProcessingJobStatus": "Completed",
    }
    return StepOutcome(properties, {output.output_name: output.s3_output.s3_uri for output in outputs})


def _program(job: Job, request: ProcessingRequest) -> Program:
    app = request.app_specification
    start = ("python", job.bring_stand_in()) if job.stand_in else app.container_entrypoint
    return Program(
        command=tuple(job.relocate(part) for part in (*start, *app.container_arguments)),
        folder="",
        environment=job.relocate_all(request.environment),
    )


def _write_config(job: Job) -> None:
    config = job.ml / "config"
    described = {"ProcessingJobName": job.name, "ProcessingJobArn": make_arn("processing-job", job.name)}
    write_json(config / "processingjobconfig.json", job.relocate_all({**job.request, **described}))
    write_json(config / "resourceconfig.json", {"current_host": "algo-1", "hosts": ["algo-1"]})


def _made(job: Job, output: RequestedOutput) -> dict[str, Path]:
    """Return the files of an output; raises ReasonError when there are none, or they are from elsewhere."""
    path, what = output.s3_output.local_path, f"output '{output.output_name}'"
    folder = job.place(path)
    require_own(folder, job.ml, what)
    files = dict(list_files(folder, what)) if folder.is_dir() else {}
    if not files:
        raise ReasonError(f"wrote nothing to {path} for {what}; here this is {folder}")
    return files


def processing_traffic(request: ProcessingRequest, _: Path) -> Traffic:
    """Return where a processing request takes from and puts to, and the program that its inputs bring."""
    named = {f"input '{item.input_name}'": item.s3_input for item in request.processing_inputs}
    app = request.app_specification
    return Traffic(
        {name: source.s3_uri for name, source in named.items()},
        tuple(output.s3_output.s3_uri for output in request.processing_output_config.outputs),
        {name: source.local_path for name, source in named.items()},
        script_of((*app.container_entrypoint, *app.container_arguments)),
        manifests={name: () for name, source in named.items() if source.is_manifest},
    )


class S3Input(RequestPart):
    """Where a processing input comes from, and where the program finds it."""

    s3_uri: Text
    local_path: ContainerPath
    s3_data_type: S3DataType = "S3Prefix"
    s3_input_mode: Annotated[Text, runs_here("File", Pipe="set it to File")] = "File"
    s3_compression_type: Annotated[Text, runs_here("None", Gzip="it goes with Pipe mode")] = "None"

    @property
    def is_manifest(self) -> bool:
        """Tell whether a list of files is there, rather than the files."""
        return self.s3_data_type == "ManifestFile"


class ProcessingInput(RequestPart):
    """A named input of a processing job."""

    input_name: Text
    s3_input: S3Input


class S3Output(RequestPart):
    """Where the program leaves a processing output, and where it goes."""

    s3_uri: Text
    local_path: ContainerPath


class RequestedOutput(RequestPart):
    """A named output of a processing job."""

    output_name: Text
    s3_output: S3Output


class ProcessingOutputConfig(RequestPart):
    """The outputs of a processing job."""

    outputs: tuple[RequestedOutput, ...] = ()


class AppSpecification(ContainerProgram):
    """The container of a processing job."""

    image_uri: Text = ""


class ProcessingRequest(RequestPart):
    """CreateProcessingJob."""

    app_specification: AppSpecification
    processing_inputs: tuple[ProcessingInput, ...] = ()
    processing_output_config: ProcessingOutputConfig = ProcessingOutputConfig()
    environment: Mapping[EnvironmentName, Text] = {}
    stopping_condition: StoppingCondition = StoppingCondition()


def processing_image_alone(request: ProcessingRequest) -> str | None:
    """Return the image that has the program of a processing request; None when that can be here."""
    app = request.app_specification
    entrypoint = app.container_entrypoint
    return None if entrypoint and is_here(entrypoint[0]) else app.image_uri


PROCESSING = RunnableKind(
    ProcessingRequest, run_processing, processing_image_alone, processing_traffic, stands_in=True
)
