"""Completes an EMRServerless step: in whose role its job runs."""

from __future__ import annotations

from ..assets import Asset
from .common import Request, RequestContext, fill


def complete_emr_serverless(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a StartJobRun request, whose application and role stand in two places; source: the SDK."""
    role = request.setdefault("ExecutionRoleArn", job.settings["role"])
    fill(request, {"JobConfig": {"executionRoleArn": role}})
    if "ApplicationId" in request:
        fill(request, {"JobConfig": {"applicationId": request["ApplicationId"]}})
    return []
