"""EndpointConfig steps: they are recorded, and nothing is started."""

from __future__ import annotations

from ..registry import record, recorded
from ..request_models import RequestPart, Text, read_request
from ..runnable_kind import RunnableKind
from ..step_job import Job, StepOutcome, make_arn


class Variant(RequestPart):
    """A model that an endpoint would serve."""

    model_name: Text | None = None


class EndpointConfigRequest(RequestPart):
    """CreateEndpointConfig."""

    endpoint_config_name: Text | None = None
    production_variants: tuple[Variant, ...] = ()


def record_config(job: Job) -> StepOutcome:
    """Record a configuration of registered models; raises ReasonError when one is not registered."""
    request = read_request(EndpointConfigRequest, job.request)
    for variant in request.production_variants:
        if variant.model_name:
            recorded(job.registry, "model", variant.model_name)
    name = request.endpoint_config_name or job.name
    properties = {"EndpointConfigName": name, "EndpointConfigArn": make_arn("endpoint-config", name)}
    record(job.registry, "endpoint-config", name, {**job.request, **properties})
    return StepOutcome(properties, {"EndpointConfigName": name}, note="recorded")


ENDPOINT_CONFIG = RunnableKind(EndpointConfigRequest, record_config)
