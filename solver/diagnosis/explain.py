"""Explains a pipeline: the one road from a search to a report, within a time."""

from __future__ import annotations

from ..corrections import Clash, find_all
from ..deadline import TimeIsUp
from ..problem import Problem
from ..search import Search
from .ambiguity import find_ambiguities
from .failures import find_failures
from .idle import find_idle
from .repairs import find_repairs
from .report import Report
from .trial import Trials, without

SECONDS = 20.0
"""How long an explanation may take when nobody says."""

REPAIRS = 6
"""How many repairs are offered at most when nobody says."""


def explain_search(search: Search, *, repairs: int = REPAIRS, all_conflicts: bool = False) -> Report:
    """Say why the pipeline of a search is, or is not, resolved, and what would mend it.

    At most `repairs` repairs are offered. With `all_conflicts`, every minimal conflict and correction is
    listed. Raises SearchLimitError when not even the best wiring is found in the search's time.
    """
    if search.has_wiring():
        return _resolved(search)
    pipeline, deadline = search.pipeline, search.deadline
    failures, complete = find_failures(pipeline, search.engine, deadline)
    trials = Trials(search.engine, deadline)
    offered, tried_all = find_repairs(pipeline, search.problem, failures, trials, repairs)
    clashes: tuple[Clash, ...] = ()
    if all_conflicts:
        starved = {port for failure in failures if failure.is_missing for port in failure.dependencies}
        clashes, listed_all = find_all(without(Problem.of(pipeline, relaxed=True), starved), deadline)
        complete = complete and listed_all
    return Report(pipeline, failures, offered, True, clashes, complete=complete and tried_all)


def _resolved(search: Search) -> Report:
    wiring = search.resolve()
    try:
        ambiguities, complete = find_ambiguities(wiring, search.solvers, search.engine, search.deadline)
    except TimeIsUp:
        ambiguities, complete = (), False
    return Report(
        search.pipeline,
        wiring=wiring,
        ambiguities=ambiguities,
        idle=find_idle(wiring),
        complete=complete and wiring.complete,
    )
