"""Completes a Fail step: nothing to add."""

from __future__ import annotations

from ..assets import Asset
from .common import Request, RequestContext


def complete_fail(_job: RequestContext, _request: Request) -> list[Asset]:
    """Leave the message as it is."""
    return []
