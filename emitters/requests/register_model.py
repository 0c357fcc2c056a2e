"""Completes the request of a RegisterModel step: CreateModelPackage."""

from __future__ import annotations

from ..assets import Asset
from .common import Request, RequestContext, fill, is_plain, items_of, within
from .model import complete_containers


def complete_registration(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a CreateModelPackage request."""
    inference = within(request, "InferenceSpecification")
    inference.setdefault("Containers", [{}])
    complete_containers(job, items_of(inference, "Containers"))
    formats = {"SupportedContentTypes": ["text/csv"], "SupportedResponseMIMETypes": ["text/csv"]}
    fill(inference, formats)
    for file in _files_of(request):
        file.setdefault("ContentType", "application/json")
    fill(request, {"ModelPackageGroupName": job.pipeline, "ModelApprovalStatus": "PendingManualApproval"})
    return []


def _files_of(request: Request) -> list[Request]:
    """List the files that a registration names under its metrics and baselines."""
    sections = [request.get(name) for name in ("ModelMetrics", "DriftCheckBaselines")]
    groups = [group for section in sections if isinstance(section, dict) for group in section.values()]
    files = [file for group in groups if isinstance(group, dict) for file in group.values()]
    return [file for file in files if is_plain(file)]
