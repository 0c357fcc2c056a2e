"""Cache policies of steps: how long their results are used again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..problems.codes import Code
from ..problems.problem import Problem
from ..problems.suggestions import shown
from ..specs.expressions import is_expression
from ..specs.kinds.catalogue import find_kind
from .api_values import ValueCheck
from .steps import DefinedStep

# ISO 8601, with the leading P that the service does without, and days and hours as its examples have them.
_DURATION = re.compile(r"P?(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?|\d+[dhm]")


def check_cache(step: DefinedStep) -> Iterator[Problem]:
    """Find what SageMaker would refuse in how long the results of a step are kept."""
    policy = step.body.get("CacheConfig")
    if policy is None:
        return
    at = ("CacheConfig",)
    if not find_kind(step.kind).caches:
        yield step.problem(Code.REQUEST_SHAPE, at, f"{step.kind} steps are not cached", "remove it")
        return
    if not isinstance(policy, Mapping):
        yield step.problem(Code.REQUEST_SHAPE, at, f"expected a mapping, found {shown(policy)}")
        return
    yield from ValueCheck(step.problem).own_members(policy, at, ("Enabled",), ("ExpireAfter",))
    enabled, expires = policy.get("Enabled", True), policy.get("ExpireAfter", "P1D")
    if not isinstance(enabled, bool) and not is_expression(enabled):
        message = f"expected true or false, found {shown(enabled)}"
        yield step.problem(Code.REQUEST_SHAPE, (*at, "Enabled"), message)
    if not is_expression(expires) and not (isinstance(expires, str) and _DURATION.fullmatch(expires)):
        message = f"expected a time such as P30D, PT1H or P1DT12H (ISO 8601), found {shown(expires)}"
        yield step.problem(Code.REQUEST_VALUE, (*at, "ExpireAfter"), message)
