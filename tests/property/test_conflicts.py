"""Why a pipeline has no wiring: laws of the report."""

from __future__ import annotations

from types import ModuleType
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from stepwire.diagnosis.report import Report
from stepwire.diagnosis.resolve import wiring_or_report
from stepwire.solver.conflicts.minimal import Conflict, is_satisfiable
from stepwire.solver.engines.choice import EngineName
from stepwire.solver.problem.elements import Elements
from stepwire.solver.problem.wiring_problem import WiringProblem
from stepwire.solver.search.search import Search


@settings(max_examples=40)
@given(data=st.data(), engine=st.sampled_from(get_args(EngineName)))
def test_a_pipeline_without_wirings_has_a_minimal_conflict_or_a_need_nobody_meets(
    referee: ModuleType, unsolvable: st.SearchStrategy[Any], data: st.DataObject, engine: EngineName
) -> None:
    """The conflict cannot hold, and can without any one of its dependencies, rules and edges."""
    pipeline = data.draw(unsolvable).pipeline
    search = Search.over(pipeline, engine)
    report = wiring_or_report(search)
    assert isinstance(report, Report)
    starved = [port for port, domain in referee.domains(pipeline).items() if not domain]
    assert sorted(port for missing in report.missing for port in missing.dependencies) == starved
    assert starved or report.contradictions
    assert "no valid wiring" in str(report)
    for conflict in (item.conflict for item in report.contradictions):
        assert not is_satisfiable(conflict.problem, search.engine)
        assert all(is_satisfiable(smaller, search.engine) for smaller in without_one(conflict))


def without_one(conflict: Conflict) -> list[WiringProblem]:
    """The problems that remain of a conflict when one of its members goes."""
    return [Elements.of(item for item in conflict if item is not gone).problem for gone in conflict]
