"""The best wiring, or the reasons why there is none."""

from __future__ import annotations

import pytest

from stepwire.diagnosis.errors import NoWiringError
from stepwire.diagnosis.report import Report
from stepwire.diagnosis.resolve import require_wiring, wiring_or_report
from stepwire.solver.search.errors import AmbiguousWiringError
from stepwire.solver.search.search import Search
from stepwire.solver.search.wiring import Wiring
from stepwire.specs import loads

TIED = loads("""
name: tied
steps:
  A: {kind: Processing, outputs: {data: {type: processing_output}}}
  B: {kind: Processing, outputs: {data: {type: processing_output}}}
  C: {kind: Processing, dependencies: {table: {type: processing_output}}}
""")
STARVED = loads("name: p\nsteps: {A: {kind: Lambda, dependencies: {x: {type: any}}}}\n")


def test_a_search_without_a_wiring_finds_none() -> None:
    """Why there is none is not the search's to say."""
    assert Search.over(STARVED).resolve() is None


def test_a_report_stands_where_there_is_no_wiring() -> None:
    found = wiring_or_report(Search.over(STARVED))
    assert isinstance(found, Report)
    assert [str(item.need.port) for item in found.missing] == ["A.x"]
    assert not found.tried
    assert isinstance(wiring_or_report(Search.over(TIED)), Wiring)


def test_a_wiring_that_is_required_is_there_or_an_error_says_why() -> None:
    """The error's problems are those of its report; ties are an error when one wiring is demanded."""
    with pytest.raises(NoWiringError) as raised:
        require_wiring(Search.over(STARVED))
    assert raised.value.problems == raised.value.report.problems()
    assert require_wiring(Search.over(TIED)).ties
    with pytest.raises(AmbiguousWiringError) as tied:
        require_wiring(Search.over(TIED), strict=True)
    assert [problem.code for problem in tied.value.problems] == ["SW302"]
