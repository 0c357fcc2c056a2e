"""Completes a Callback step: what it sends, and what it is answered."""

from __future__ import annotations

from ..assets import Asset
from .called import complete_call
from .common import Request, RequestContext


def complete_callback(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a message to a queue; its URL is for the user to say."""
    complete_call(job, request)
    return []
