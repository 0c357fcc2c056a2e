"""Counting by cases agrees with listing, and counts what no listing could."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.solver.deadline import Deadline, TimeIsUp
from stepwire.solver.engines.constraint import ConstraintSolver
from stepwire.solver.presolve.components import Component, Flow
from stepwire.solver.problem.constraints import AtMost, BranchSides
from stepwire.solver.search import cases
from stepwire.solver.search.cases import count_by_cases
from stepwire.specs import Port

NEVER = Deadline()


def ring(draft: Any, number: int) -> Component:
    """Steps in a ring, each fed by the one before, the one after, or from outside, or by none."""
    steps = [f"S{each:02}" for each in range(number)]
    variables = [
        draft.variable(
            f"{step}.a",
            {f"{steps[each - 1]}.x": 3, f"{steps[(each + 1) % number]}.x": 2, "inputs.i": 1},
            required=each % 2 == 0,
        )
        for each, step in enumerate(steps)
    ]
    flow = Flow(tuple(steps), (), (), tangles=(tuple(steps),))
    component: Component = draft.component(*variables, flow=flow)
    return component


@pytest.mark.parametrize("number", [3, 4, 5, 6])
def test_a_tangle_is_counted_as_listing_counts_it(
    draft: Any, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(cases, "FEW", 1)
    component = ring(draft, number)
    listed = len(list(ConstraintSolver(component).solutions(NEVER)))
    assert count_by_cases(component, ConstraintSolver, NEVER) == listed > 1


def test_branches_and_local_rules_hold_in_every_case(draft: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "FEW", 1)
    whole = ring(draft, 5)
    rule = AtMost(Port("inputs", "i"), 2, tuple(item.port for item in whole.variables))
    branch = BranchSides("Gate", ("S00",), ("S03",))
    flow = Flow(tuple(f"S{each:02}" for each in range(5)), (("S01", "S04"),), (branch,), tangles=())
    component = draft.component(*whole.variables, rules=(rule,), flow=flow)
    listed = len(list(ConstraintSolver(component).solutions(NEVER)))
    assert count_by_cases(component, ConstraintSolver, NEVER) == listed > 1


def test_more_is_counted_than_could_be_listed(draft: Any) -> None:
    """In a ring of n steps a cycle is all forward, all backward, or a pair that feeds each other."""
    found = count_by_cases(ring(draft, 40), ConstraintSolver, NEVER)
    assert found > 10**16


def test_it_ends_at_its_deadline(draft: Any) -> None:
    with pytest.raises(TimeIsUp):
        count_by_cases(ring(draft, 40), ConstraintSolver, Deadline.after(0))
