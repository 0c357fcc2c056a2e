"""Completes the request of an Endpoint step: CreateEndpoint."""

from __future__ import annotations

from ..assets import Asset
from .common import Request, RequestContext, add_tags


def complete_endpoint(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a CreateEndpoint request."""
    add_tags(job, request)
    return []
