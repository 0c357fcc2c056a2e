"""Completes the request of a BedrockCustomModel step: CreateCustomModel."""

from __future__ import annotations

from ..assets import Asset
from .common import Request, RequestContext


def complete_bedrock_custom_model(job: RequestContext, request: Request) -> list[Asset]:
    """Say whose role reads the model, where it lies in S3."""
    if "ModelSourceConfig" in request:
        request.setdefault("RoleArn", job.settings["role"])
    return []
