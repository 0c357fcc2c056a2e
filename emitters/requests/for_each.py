"""Completes a ForEach step: how many of its items are worked on at once."""

from __future__ import annotations

from ..assets import Asset
from .common import Request, RequestContext


def complete_for_each(_job: RequestContext, request: Request) -> list[Asset]:
    """Work on one item after another, where nothing is said; its body is put in where steps are nested."""
    request.setdefault("MaxConcurrency", 1)
    return []
