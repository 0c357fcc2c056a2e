"""Runs a Model step: finds the data of its containers."""

from __future__ import annotations

from ..job import Job, StepOutcome, make_arn
from ..request_models import RequestPart, Text, read_request
from ..runnable_kind import RunnableKind


def create_model(job: Job) -> StepOutcome:
    """Check that the model's data are there, and name it; raises ReasonError when they are not."""
    request = read_request(ModelRequest, job.request)
    primary = [request.primary_container] if request.primary_container else []
    for container in (*primary, *request.containers):
        _find_data(job, container)
    name = request.model_name or job.name
    properties = {"ModelName": name, "ModelArn": make_arn("model", name)}
    return StepOutcome(properties, {"ModelName": name})


def _find_data(job: Job, container: Container) -> None:
    if container.model_data_url:
        job.store.files(container.model_data_url, "its model data")


class Container(RequestPart):
    """A container of a model."""

    model_data_url: Text | None = None


class ModelRequest(RequestPart):
    """CreateModel."""

    model_name: Text | None = None
    primary_container: Container | None = None
    containers: tuple[Container, ...] = ()


MODEL = RunnableKind(ModelRequest, create_model)
