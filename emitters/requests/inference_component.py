"""Completes the request of an InferenceComponent step: CreateInferenceComponent."""

from __future__ import annotations

from ..assets import Asset
from .common import Request, RequestContext, add_tags, fill


def complete_inference_component(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a CreateInferenceComponent request: one copy, where nothing is said."""
    if "Specifications" not in request:
        fill(request, {"RuntimeConfig": {"CopyCount": 1}})
    add_tags(job, request)
    return []
