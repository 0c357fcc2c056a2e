"""Completes a Condition step: nothing to add, since its branches are put in where steps are nested."""

from __future__ import annotations

from collections.abc import Mapping

from ...problems.codes import Code
from ..assets import Asset
from .common import Request, RequestContext, RequestError


def complete_condition(_job: RequestContext, request: Request) -> list[Asset]:
    """Leave the conditions as they are; raises RequestError where one does not say what it compares."""
    conditions = request.get("Conditions")
    told = conditions if isinstance(conditions, list) else []
    if not told or not all(isinstance(item, Mapping) and "Type" in item for item in told):
        hint = "request: {Conditions: [{Type: GreaterThanOrEqualTo, RightValue: 0.9}]}"
        raise RequestError("it does not say what it compares", hint, Code.INCOMPLETE)
    return []
