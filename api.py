"""What everyone calls: from a pipeline to its wirings, and to what is to be said of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from .diagnosis.explain import REPAIRS, SECONDS, explain_search
from .diagnosis.report import Report
from .diagnosis.resolve import require_wiring
from .diagnosis.why import Why, find_why
from .solver.engines.choice import EngineName
from .solver.search.counting import WiringCount
from .solver.search.search import COUNT_SECONDS, Search
from .solver.search.wiring import Wiring
from .specs import PipelineSpec


def wirings(
    pipeline: PipelineSpec,
    *,
    limit: int | None = None,
    best_first: bool = True,
    engine: EngineName = "auto",
    timeout: float | None = None,
    max_wirings: int | None = None,
) -> Iterator[Wiring]:
    """Yield every valid wiring once, best first (or, without `best_first`, as fast as they come).

    Stops after `limit` wirings. Raises SearchLimitError after `timeout` seconds and when there are more than
    `max_wirings`; DocumentError when the pipeline has problems of its own. What was yielded best first is
    remembered, so memory grows with it; without `best_first` it does not. The engine `constraint` lists a
    component whole before its best is known.
    """
    found = Search.over(pipeline, engine, timeout).wirings(in_order=best_first, at_most=max_wirings)
    return islice(found, limit)


def resolve(
    pipeline: PipelineSpec,
    *,
    strict: bool = False,
    engine: EngineName = "auto",
    timeout: float | None = None,
) -> Wiring:
    """Return the best wiring, with its ties, the margin of every binding, and what holds in every wiring.

    Raises NoWiringError with a report of why there is none, AmbiguousWiringError with all the best wirings
    when `strict` and there are several, SearchLimitError when `timeout` seconds do not suffice to prove the
    best and its ties, and DocumentError when the pipeline has problems of its own.
    """
    return require_wiring(Search.over(pipeline, engine, timeout), strict=strict)


def count(
    pipeline: PipelineSpec, *, seconds: float = COUNT_SECONDS, engine: EngineName = "auto"
) -> WiringCount:
    """Count the valid wirings: exactly, or, when `seconds` do not suffice, at least how many there are."""
    return Search.over(pipeline, engine).count(seconds=seconds)


def explain(
    pipeline: PipelineSpec,
    *,
    repairs: int = REPAIRS,
    all_conflicts: bool = False,
    engine: EngineName = "auto",
    timeout: float = SECONDS,
) -> Report:
    """Say why a pipeline is, or is not, resolved, and what would mend it; `print` the report to read it.

    At most `repairs` repairs are offered, each of which was tried. With `all_conflicts`, every minimal
    conflict and correction is listed. What does not fit into `timeout` seconds is left out, and the report
    says so. Raises DocumentError when the pipeline has problems of its own, and SearchLimitError when time
    was up before it was known whether there is a wiring.
    """
    return explain_search(
        Search.over(pipeline, engine, timeout), repairs=repairs, all_conflicts=all_conflicts
    )


def why(pipeline: PipelineSpec, dependency: str, source: str | None = None) -> Why:
    """Say why a dependency takes what it takes in the best wiring, and what would be if it took `source`.

    Raises DocumentError when there is no such dependency or source, and as `resolve` does.
    """
    return find_why(Search.over(pipeline), dependency, source)
