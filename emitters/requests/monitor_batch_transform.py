"""Refuses what is not one step in a definition."""

from __future__ import annotations

from ..assets import Asset
from .common import Request, RequestContext, RequestError


def complete_monitor_batch_transform(_job: RequestContext, _request: Request) -> list[Asset]:
    """Raise RequestError: the SDK's class writes two steps, each of a kind of its own."""
    raise RequestError(
        "a definition has two steps for it",
        "write a Transform step, and the QualityCheck or ClarifyCheck step before or after it",
    )
