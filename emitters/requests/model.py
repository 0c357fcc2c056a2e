"""Completes the request of a Model step: CreateModel."""

from __future__ import annotations

from collections.abc import Iterable

from ..assets import Asset
from .common import Request, RequestContext, _add, _is_plain, _items


def complete_model(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a CreateModel request."""
    request.setdefault("ExecutionRoleArn", job.settings["role"])
    if "Containers" not in request:
        request.setdefault("PrimaryContainer", {})
    alone = request.get("PrimaryContainer")
    _complete_containers(job, [*_items(request, "Containers"), *([alone] if _is_plain(alone) else [])])
    return []


def _complete_containers(job: RequestContext, containers: Iterable[Request]) -> None:
    for container in containers:
        container.setdefault("Image", job.settings["image"])
        _add(container, "Environment", job.step.env, "env")
