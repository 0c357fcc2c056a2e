"""Completes the request of a Transform step: CreateTransformJob."""

from __future__ import annotations

from ..assets import Asset
from .common import Request, RequestContext, add_tags, fill


def complete_transform(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a CreateTransformJob request."""
    machines = {
        "InstanceType": job.settings["instance"],
        "InstanceCount": job.settings["instance_count"],
    }
    source = {"S3DataSource": {"S3DataType": "S3Prefix"}}
    fill(
        request,
        {
            "TransformInput": {"DataSource": source},
            "TransformOutput": {"S3OutputPath": job.output_uri()},
            "TransformResources": machines,
        },
    )
    job.add_texts(request, "Environment", job.step.env, "env")
    add_tags(job, request)
    return []
