"""Completes the request of a BedrockModelImport step: CreateModelImportJob."""

from __future__ import annotations

from ..assets import Asset
from .common import Request, RequestContext


def complete_bedrock_model_import(job: RequestContext, request: Request) -> list[Asset]:
    """Say whose role reads the model; what it is called, and the job, is for the step to say."""
    request.setdefault("RoleArn", job.settings["role"])
    return []
