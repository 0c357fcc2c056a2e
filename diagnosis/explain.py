"""Explains a pipeline: the one road from a search to a report, within a time."""

from __future__ import annotations

from ..solver.conflicts.corrections import Clash, find_all
from ..solver.deadline import TimeIsUp
from ..solver.problem.wiring_problem import WiringProblem
from ..solver.search.search import Search
from ..solver.search.wiring import Wiring
from .ambiguity import find_ambiguities
from .failures import Missing, find_failures
from .idle import find_idle
from .repairs.repairs import find_repairs
from .repairs.trials import Trials
from .report import Report

EXPLAIN_SECONDS = 20.0
"""How long an explanation may take when nobody says."""

REPAIRS = 6
"""How many repairs are offered at most when nobody says."""


def explain_search(search: Search, *, repairs: int = REPAIRS, all_conflicts: bool = False) -> Report:
    """Say why the pipeline of a search is, or is not, resolved, and what would mend it.

    At most `repairs` repairs are offered. With `all_conflicts`, every minimal conflict and correction is
    listed. Raises SearchLimitError when not even the best wiring is found in the search's time.
    """
    wiring = search.resolve() if search.has_wiring() else None
    if wiring is not None:
        return _resolved(search, wiring)
    pipeline, deadline = search.pipeline, search.deadline
    failures, complete = find_failures(pipeline, search.problem, search.engine, deadline)
    trials = Trials(search.engine, deadline)
    offer = find_repairs(pipeline, search.problem, failures, trials, repairs)
    clashes: tuple[Clash, ...] = ()
    if all_conflicts:
        starved = {port for item in failures if isinstance(item, Missing) for port in item.dependencies}
        try:
            relaxed = WiringProblem.of(pipeline, relaxed=True, deadline=deadline).without(starved)
            clashes, listed_all = find_all(relaxed, deadline)
        except TimeIsUp:
            listed_all = False
        complete = complete and listed_all
    return Report(
        pipeline, failures, offer.whole, offer.apart, True, clashes, complete=complete and offer.complete
    )


def _resolved(search: Search, wiring: Wiring) -> Report:
    ambiguities, complete = find_ambiguities(wiring, search.solvers, search.engine, search.deadline)
    return Report(
        search.pipeline,
        wiring=wiring,
        ambiguities=ambiguities,
        idle=find_idle(wiring),
        complete=complete and wiring.complete,
    )
