"""Completes the request of a RegisterModel step: CreateModelPackage."""

from __future__ import annotations

from ..assets import Asset
from .common import Request, RequestContext, fill, is_plain, items_of, within
from .model import complete_containers

GROUP_MOST = 63
"""The longest name of a model package group; source: CreateModelPackageGroup."""


def complete_registration(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a CreateModelPackage request."""
    if "SourceAlgorithmSpecification" not in request:
        inference = within(request, "InferenceSpecification")
        inference.setdefault("Containers", [{}])
        complete_containers(job, items_of(inference, "Containers"))
        formats = {"SupportedContentTypes": ["text/csv"], "SupportedResponseMIMETypes": ["text/csv"]}
        fill(inference, formats)
    for file in _files_of(request):
        file.setdefault("ContentType", "application/json")
    request.setdefault("ModelPackageGroupName", usual_group(job.pipeline))
    request.setdefault("ModelApprovalStatus", "PendingManualApproval")
    return []


def usual_group(pipeline: str) -> str:
    """Name the model package group of a pipeline that names none: its own name, as far as one may be long."""
    return pipeline[:GROUP_MOST].rstrip("-")


def _files_of(request: Request) -> list[Request]:
    """List the files that a registration names under its metrics and baselines."""
    sections = [request.get(name) for name in ("ModelMetrics", "DriftCheckBaselines")]
    groups = [group for section in sections if isinstance(section, dict) for group in section.values()]
    files = [file for group in groups if isinstance(group, dict) for file in group.values()]
    return [file for file in files if is_plain(file)]
