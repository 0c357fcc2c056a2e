"""Completes the request of a Model step: CreateModel."""

from __future__ import annotations

from collections.abc import Iterable

from ..assets import Asset
from .common import Request, RequestContext, add_network, add_tags, is_plain, items_of


def complete_model(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a CreateModel request."""
    request.setdefault("ExecutionRoleArn", job.settings["role"])
    if "Containers" not in request:
        request.setdefault("PrimaryContainer", {})
    alone = request.get("PrimaryContainer")
    complete_containers(job, [*items_of(request, "Containers"), *([alone] if is_plain(alone) else [])])
    add_network(job, request)
    add_tags(job, request)
    return []


def complete_containers(job: RequestContext, containers: Iterable[Request]) -> None:
    """Give each container of a model its image and environment; a container by package has them already."""
    for container in containers:
        if "ModelPackageName" not in container:
            container.setdefault("Image", job.settings["image"])
        job.add_texts(container, "Environment", job.step.env, "env")
