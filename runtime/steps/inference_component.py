"""InferenceComponent steps: they are recorded, and nothing is started."""

from __future__ import annotations

from ..registry import record, recorded
from ..request_models import RequestPart, Text, read_request
from ..runnable_kind import RunnableKind
from ..step_job import Job, StepOutcome, make_arn


class InferenceComponentRequest(RequestPart):
    """CreateInferenceComponent."""

    inference_component_name: Text | None = None
    endpoint_name: Text


def record_component(job: Job) -> StepOutcome:
    """Record a component of a recorded endpoint; raises ReasonError when that is not recorded."""
    request = read_request(InferenceComponentRequest, job.request)
    recorded(job.registry, "endpoint", request.endpoint_name)
    name = request.inference_component_name or job.name
    arn = make_arn("inference-component", name)
    properties = {"InferenceComponentName": name, "InferenceComponentArn": arn}
    record(job.registry, "inference-component", name, {**job.request, **properties})
    return StepOutcome(properties, {"InferenceComponentName": name}, note="recorded")


INFERENCE_COMPONENT = RunnableKind(InferenceComponentRequest, record_component)
