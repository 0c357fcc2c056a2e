"""Model steps: what a model is made of is checked and recorded."""

from __future__ import annotations

from pathlib import Path

from ..registry import record
from ..request_models import RequestPart, Text, read_request
from ..runnable_kind import RunnableKind, Traffic
from ..step_job import Job, StepOutcome, make_arn


class Container(RequestPart):
    """A container of a model."""

    model_data_url: Text | None = None


class ModelRequest(RequestPart):
    """CreateModel."""

    model_name: Text | None = None
    primary_container: Container | None = None
    containers: tuple[Container, ...] = ()


def create_model(job: Job) -> StepOutcome:
    """Check that the model's data are there, and record it; raises ReasonError when they are not."""
    request = read_request(ModelRequest, job.request)
    for uri in _traffic(request, job.registry).inputs.values():
        job.store.files(uri, "its model data")
    name = request.model_name or job.name
    properties = {"ModelName": name, "ModelArn": make_arn("model", name)}
    record(job.registry, "model", name, {**job.request, **properties})
    return StepOutcome(properties, {"ModelName": name})


def _traffic(request: ModelRequest, _: Path) -> Traffic:
    primary = [request.primary_container] if request.primary_container else []
    containers = (*primary, *request.containers)
    return Traffic(
        {
            f"model data {number}": container.model_data_url
            for number, container in enumerate(containers, start=1)
            if container.model_data_url
        }
    )


MODEL = RunnableKind(ModelRequest, create_model, traffic=_traffic, reused=False)
