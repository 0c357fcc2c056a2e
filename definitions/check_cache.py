"""Cache policies of steps: how long their results are used again, and what defeats that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Problem
from ..problems.suggestions import shown
from ..specs.expressions import is_expression, iter_texts
from ..specs.kinds.catalogue import find_kind
from .api_values import ValueCheck
from .steps import DefinedStep

# ISO 8601, with the leading P that the service does without, in either case: p30d, T30m, as the SDK's own
# documentation has them; and days and hours as in examples.
_DURATION = re.compile(r"(?=.*\d)(?:P?(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?|\d+[DHM])", re.IGNORECASE)

# What is made anew each time a definition is written: a time of day, or a random id in an address. An id
# that stands elsewhere names a thing, such as a key.
_TIME = re.compile(
    r"(?<!\d)20\d\d-?[01]\d-?[0-3]\d[-T_ ]?[0-2]\d[-:]?[0-5]\d[-:]?[0-5]\d(?:[-.]\d{3})?(?!\d)"
    r"|(?<=[-/_])1[6-9]\d{8}(?:\d{3})?(?![\d.])"  # the seconds, or milliseconds, of a clock
)
_RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def check_cache(step: DefinedStep) -> Iterator[Problem]:
    """Find what SageMaker would refuse in how long results are kept, and what defeats the cache (SW429)."""
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
    if enabled is True:
        yield from _check_changing(step)


def _check_changing(step: DefinedStep) -> Iterator[Problem]:
    """Find texts in what the cache goes by that are others each time the definition is written."""
    told: set[str] = set()
    for path in find_kind(step.kind).cache_keys:
        value: Any = step.arguments
        way = tuple(path.split("."))
        for name in way:
            value = value.get(name) if isinstance(value, Mapping) else None
        for location, text in iter_texts(value, ("Arguments", *way)):
            found = _TIME.search(text) or ("://" in text and _RANDOM.search(text))
            if found and found[0] not in told:
                told.add(found[0])
                message = f"'{found[0]}' looks made anew each time, so that the cache is never used"
                hint = "name the place by what lies there, not by the time"
                yield step.problem(Code.CACHE_DEFEATED, location, message, hint)
