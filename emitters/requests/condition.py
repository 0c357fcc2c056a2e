"""Completes a Condition step: nothing to add, since its branches are put in where steps are nested."""

from __future__ import annotations

from ..assets import Asset
from .common import Request, RequestContext


def complete_condition(_job: RequestContext, _request: Request) -> list[Asset]:
    """Leave the conditions as they are."""
    return []
