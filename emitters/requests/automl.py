"""Completes the request of an AutoML step: CreateAutoMLJob."""

from __future__ import annotations

from ..assets import Asset
from .common import Request, RequestContext, add_tags, fill, items_of


def complete_automl(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a CreateAutoMLJob request; in pipelines there is one mode only, source: the SDK."""
    for channel in items_of(request, "InputDataConfig"):
        fill(channel, {"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix"}}})
    fill(
        request,
        {
            "OutputDataConfig": {"S3OutputPath": job.output_uri()},
            "AutoMLJobConfig": {"Mode": "ENSEMBLING"},
            "RoleArn": job.settings["role"],
        },
    )
    add_tags(job, request)
    return []
