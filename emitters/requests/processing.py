"""Completes the request of a Processing step: CreateProcessingJob."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...specs.paths import Key, Member, parse_path
from ..assets import Asset
from ..code import CONTAINER_FOLDER
from .common import (
    Request,
    RequestContext,
    RequestError,
    add_network,
    add_tags,
    check_names,
    fill,
    is_plain,
    items_of,
    within,
)
from .jobs import machines


def complete_processing(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a CreateProcessingJob request; returns the code to stage."""
    application = within(request, "AppSpecification")
    assets = _processing_code(job, request, application)
    application.setdefault("ImageUri", job.settings["image"])
    _add_arguments(job, application)
    complete_inputs(request)
    _complete_datasets(job, request)
    _processing_outputs(job, request)
    complete_cluster(job, request)
    job.add_texts(request, "Environment", job.step.env, "env")
    add_network(job, request, "NetworkConfig")
    add_tags(job, request)
    return assets


def complete_cluster(job: RequestContext, request: Request) -> None:
    """Say on what machines a processing job runs, in what role, and how long at most."""
    fill(request, {"ProcessingResources": {"ClusterConfig": machines(job)}, "RoleArn": job.settings["role"]})
    fill(request, {"StoppingCondition": {"MaxRuntimeInSeconds": job.settings["max_seconds"]}})


def _add_arguments(job: RequestContext, application: Request) -> None:
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
        application["ContainerArguments"] = [job.as_text(value) for value in (*written, *placed)]


_S3_INPUT = {
    "S3DataType": "S3Prefix",
    "S3InputMode": "File",
    "S3DataDistributionType": "FullyReplicated",
    "S3CompressionType": "None",
}


def _processing_code(job: RequestContext, request: Request, application: Request) -> list[Asset]:
    code = job.code
    inputs = request.setdefault("ProcessingInputs", []) if code else None
    if code is None or not isinstance(inputs, list):
        return []
    uri = code.uri(job.settings, job.pipeline, job.name, "" if code.is_folder else code.program)
    source = {"S3Uri": uri, "LocalPath": CONTAINER_FOLDER, **_S3_INPUT}
    inputs.append({"InputName": "code", "S3Input": source})
    application.setdefault("ContainerEntrypoint", ["python3", f"{CONTAINER_FOLDER}/{code.program}"])
    return [Asset(code.path, uri)]


def complete_inputs(request: Request, folders: Mapping[str, str] | None = None) -> None:
    """Say where in the container each input of a processing job lies, and how it is read there."""
    items = items_of(request, "ProcessingInputs")
    check_names(items, "InputName")
    for item in items:
        if "DatasetDefinition" not in item:
            name = str(item.get("InputName"))
            local = (folders or {}).get(name, f"/opt/ml/processing/input/{name}")
            fill(item, {"S3Input": {"LocalPath": local, **_S3_INPUT}})


def _complete_datasets(job: RequestContext, request: Request) -> None:
    """Say where the answer of a query goes that fills an input, in S3 and in the container."""
    for item in items_of(request, "ProcessingInputs"):
        definition, name = item.get("DatasetDefinition"), str(item.get("InputName"))
        if is_plain(definition):
            fill(definition, {"LocalPath": f"/opt/ml/processing/input/{name}"})
            for query in _QUERIES & definition.keys():
                within(definition, query).setdefault("OutputS3Uri", job.output_uri(name))


_QUERIES = frozenset(("AthenaDatasetDefinition", "RedshiftDatasetDefinition"))


def _processing_outputs(job: RequestContext, request: Request) -> None:
    names = set()
    for output in job.spec.outputs.values():
        tokens = parse_path(output.property_path) if output.property_path else ()
        if tokens[:2] == (Member("ProcessingOutputConfig"), Member("Outputs")) and isinstance(tokens[2], Key):
            names.add(tokens[2].text)
    if not names and "ProcessingOutputConfig" not in request:
        return
    outputs = within(request, "ProcessingOutputConfig")
    listed = outputs.setdefault("Outputs", [])
    given = {item.get("OutputName") for item in items_of(outputs, "Outputs")}
    if isinstance(listed, list):
        listed += [{"OutputName": name} for name in sorted(names - given)]
    items = items_of(outputs, "Outputs")
    check_names(items, "OutputName")
    for item in items:
        name = item.get("OutputName")
        if "FeatureStoreOutput" not in item and isinstance(name, str):
            local = f"/opt/ml/processing/output/{name}"
            place = {"S3Uri": job.output_uri(name), "LocalPath": local, "S3UploadMode": "EndOfJob"}
            fill(item, {"S3Output": place})


def _written_arguments(arguments: Any) -> list[Any]:
    if isinstance(arguments, Mapping):
        return [part for key, value in arguments.items() for part in (f"--{key}", value)]
    return list(arguments)
