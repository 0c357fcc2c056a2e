"""Endpoint steps: they are recorded, and nothing is started."""

from __future__ import annotations

from ..registry import record, recorded
from ..request_models import RequestPart, Text, read_request
from ..runnable_kind import RunnableKind
from ..step_job import Job, StepOutcome, make_arn


class EndpointRequest(RequestPart):
    """CreateEndpoint."""

    endpoint_name: Text | None = None
    endpoint_config_name: Text


def record_endpoint(job: Job) -> StepOutcome:
    """Record an endpoint of a recorded configuration; raises ReasonError when that is not recorded."""
    request = read_request(EndpointRequest, job.request)
    recorded(job.registry, "endpoint-config", request.endpoint_config_name)
    name = request.endpoint_name or job.name
    properties = {"EndpointName": name, "EndpointArn": make_arn("endpoint", name)}
    record(job.registry, "endpoint", name, {**job.request, **properties})
    return StepOutcome(properties, {"EndpointName": name}, note="recorded")


ENDPOINT = RunnableKind(EndpointRequest, record_endpoint)
