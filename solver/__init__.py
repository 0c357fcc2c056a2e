"""From a pipeline to all of its valid wirings, best first, or to the reason why there are none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ..specs import PipelineSpec
from .counting import WiringCount
from .report import Report, explain_failure
from .search import COUNT_SECONDS, Search
from .wiring import Binding, Wiring


def wirings(pipeline: PipelineSpec, *, limit: int | None = None, best_first: bool = True) -> Iterator[Wiring]:
    """Yield every valid wiring once, best first (or, without `best_first`, as fast as they come).

    Raises DocumentError when the pipeline has problems of its own.
    """
    return islice(Search.over(pipeline).wirings(in_order=best_first), limit)


def resolve(pipeline: PipelineSpec, *, strict: bool = False) -> Wiring:
    """Return the best wiring, with its ties and the margin of every binding.

    Raises NoWiringError with a report of why there is none, AmbiguousWiringError with all the best wirings
    when `strict` and there are several, and DocumentError when the pipeline has problems of its own.
    """
    return Search.over(pipeline).resolve(strict=strict)


def count(pipeline: PipelineSpec, *, seconds: float = COUNT_SECONDS) -> WiringCount:
    """Count the valid wirings: exactly, or, when `seconds` do not suffice, at least how many there are."""
    return Search.over(pipeline).count(seconds=seconds)


def explain(pipeline: PipelineSpec) -> Report | Wiring:
    """Return the best wiring with its evidence, or the report of why there is none."""
    search = Search.over(pipeline)
    if next(search.wirings(), None) is None:
        return explain_failure(pipeline, search.problem, search.engine)
    return search.resolve()


__all__ = ["Binding", "Report", "Search", "Wiring", "WiringCount", "count", "explain", "resolve", "wirings"]
