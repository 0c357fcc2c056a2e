"""Finds the best wiring of a pipeline, or why it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..solver.search.errors import AmbiguousWiringError
from ..solver.search.search import Search
from ..solver.search.wiring import Wiring
from .errors import NoWiringError

if TYPE_CHECKING:
    from .report import Report


def wiring_or_report(search: Search) -> Wiring | Report:
    """Return the best wiring as `Search.resolve` does, or a report of why there is none, without repairs."""
    wiring = search.resolve()
    return _report(search) if wiring is None else wiring


def _report(search: Search) -> Report:
    from .failures import find_failures  # a pipeline that has a wiring never loads what says why not
    from .report import Report

    failures, complete = find_failures(search.pipeline, search.problem, search.engine, search.deadline)
    return Report(search.pipeline, failures, complete=complete)


def require_wiring(search: Search, *, strict: bool = False) -> Wiring:
    """Return the best wiring.

    Raises NoWiringError with a report when there is none, AmbiguousWiringError under `strict` when there are
    ties, and SearchLimitError when time is up before the best is proven.
    """
    found = wiring_or_report(search)
    if not isinstance(found, Wiring):
        raise NoWiringError(found)
    if strict and found.ties:
        raise AmbiguousWiringError((found, *found.ties))
    return found
