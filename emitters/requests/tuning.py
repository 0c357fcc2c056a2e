"""Completes the request of a Tuning step: CreateHyperParameterTuningJob."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...specs.expressions import is_expression
from ..assets import Asset
from .common import Request, RequestContext, RequestError, add_network, add_tags, fill, items_of, within
from .jobs import complete_program, complete_trainer

MODEL_OF_JOB = "output/model.tar.gz"
"""Where a training job puts its model, under the job's name in its output path."""


def complete_tuning(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a CreateHyperParameterTuningJob request and its training jobs; returns the code to stage."""
    fill(
        request,
        {
            "HyperParameterTuningJobConfig": {
                "Strategy": "Bayesian",
                "ResourceLimits": {"MaxParallelTrainingJobs": 1},
            }
        },
    )
    assets: list[Asset] = []
    for definition in training_jobs(request):
        assets += complete_program(job, definition, "StaticHyperParameters")
        has_cluster = "HyperParameterTuningResourceConfig" in definition
        complete_trainer(job, definition)
        if has_cluster:
            definition.pop("ResourceConfig")
        add_network(job, definition)
    add_tags(job, request)
    return [asset for number, asset in enumerate(assets) if asset not in assets[:number]]


def training_jobs(request: Request) -> list[Request]:
    """List the definitions of training jobs in a request; one is made where there is none."""
    if "TrainingJobDefinitions" in request:
        return items_of(request, "TrainingJobDefinitions")
    return [within(request, "TrainingJobDefinition")]


def best_model(arguments: Request, job_name: Mapping[str, Any]) -> dict[str, Any]:
    """Write where the model of a training job lies, given the expression for the job's name.

    Raises RequestError when the training jobs write to different places.
    """
    paths = [item.get("OutputDataConfig", {}).get("S3OutputPath") for item in training_jobs(arguments)]
    if any(path != paths[0] for path in paths):
        raise RequestError("its training jobs write to different places, so that of the best is not known")
    return {"Std:Join": {"On": "/", "Values": [*_folders(paths[0]), job_name, MODEL_OF_JOB]}}


def _folders(path: Any) -> list[Any]:
    """Split a URI so that a Join at `/` writes it again, without a `/` at its end."""
    match path:
        case str():
            return [path.rstrip("/")]
        case {"Std:Join": {"On": "/", "Values": [*parts, ""]}} if is_expression(path):
            return parts
        case {"Std:Join": {"On": "/", "Values": [*parts]}} if is_expression(path):
            return parts
    return [path]
