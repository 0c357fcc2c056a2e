"""Of several conflicts, one with fewest members is told."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.solver.conflicts import smallest
from stepwire.solver.conflicts.minimal import Conflict
from stepwire.solver.conflicts.smallest import smallest_conflict
from stepwire.solver.deadline import NEVER, Deadline
from stepwire.solver.engines import clingo_cores
from stepwire.solver.problem.rules_over_several import AtMost, Distinct
from stepwire.solver.problem.wiring_problem import WiringProblem
from stepwire.specs import Port


def problem(draft: Any) -> WiringProblem:
    """Three need two outputs that feed one each; two of the three, of one step, also want the same output."""
    both = ("P.x", "P.y")
    variables = (
        draft.variable("A.a", {"P.x": 1}),
        draft.variable("A.b", {"P.x": 1}),
        draft.variable("B.a", dict.fromkeys(both, 1)),
        draft.variable("B.b", dict.fromkeys(both, 1)),
        draft.variable("C.a", dict.fromkeys(both, 1)),
    )
    ports = tuple(item.port for item in variables)
    limits = tuple(AtMost(Port.parse(source), 1, ports[2:]) for source in both)
    return WiringProblem(
        variables, (Distinct(ports[:2], strict=True), *limits, Distinct(ports[1:3], strict=True))
    )


def larger(stated: WiringProblem) -> Conflict:
    """The conflict of three dependencies and two rules."""
    return Conflict(stated.variables[2:], stated.local_rules[1:3])


def test_a_smaller_one_takes_the_place_of_a_larger(draft: Any) -> None:
    stated = problem(draft)
    found = smallest_conflict(stated, larger(stated), NEVER)
    assert found == Conflict(stated.variables[:2], stated.local_rules[:1])
    assert found.is_smallest


def test_one_that_has_fewest_stays(draft: Any) -> None:
    stated = problem(draft)
    least = Conflict(stated.variables[:2], stated.local_rules[:1])
    found = smallest_conflict(stated, least, NEVER)
    assert found == least
    assert found.is_smallest
    assert not least.is_smallest


def test_without_time_nothing_is_claimed(draft: Any) -> None:
    stated = problem(draft)
    found = smallest_conflict(stated, larger(stated), Deadline.after(-1))
    assert found == larger(stated)
    assert not found.is_smallest


def test_in_large_parts_nothing_is_claimed(draft: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    stated = problem(draft)
    monkeypatch.setattr(smallest, "LARGE", len(stated.elements) - 1)
    assert not smallest_conflict(stated, larger(stated), NEVER).is_smallest
    monkeypatch.setattr(smallest, "LARGE", len(stated.elements))
    assert smallest_conflict(stated, larger(stated), NEVER).is_smallest


def test_nothing_is_smaller_than_a_conflict_of_one(draft: Any) -> None:
    """A dependency that nothing may supply."""
    starved = draft.variable("A.a", {})
    stated = WiringProblem((starved,))
    found = smallest_conflict(stated, Conflict((starved,)), NEVER)
    assert (found, found.is_smallest) == (Conflict((starved,)), True)


def test_what_would_take_too_long_to_look_at_is_not_claimed(
    draft: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five need three sources that feed one each; after one dead end, not all conflicts are seen."""
    offers = {f"P{number}.x": 1 for number in range(3)}
    variables = tuple(draft.variable(f"A{number}.a", offers) for number in range(5))
    ports = tuple(item.port for item in variables)
    limits = tuple(AtMost(Port.parse(source), 1, ports) for source in offers)
    stated, found = WiringProblem(variables, limits), Conflict(variables[:4], limits)
    assert smallest_conflict(stated, found, NEVER).is_smallest
    monkeypatch.setattr(clingo_cores, "SOON", ("--solve-limit=1",))
    assert not smallest_conflict(stated, found, NEVER).is_smallest
