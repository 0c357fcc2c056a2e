"""A component is counted in every way as listing counts it, and by cases where no other way is open."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.solver.deadline import NEVER, Deadline, TimeIsUp
from stepwire.solver.engines.constraint import ConstraintSolver
from stepwire.solver.presolve.components import Component, Flow
from stepwire.solver.problem.rules_over_several import AtMost, BranchSides, Distinct
from stepwire.solver.search import cases
from stepwire.solver.search.cases import count_component
from stepwire.solver.search.effort import Effort, TooMuch
from stepwire.solver.search.feeding import Feeding
from stepwire.solver.search.sweep import count_by_sweep
from stepwire.specs import Port


def effort(most: int = 10**6) -> Effort:
    """An amount of work without a deadline."""
    return Effort(most, NEVER)


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


def branched(draft: Any) -> Component:
    """A ring with a branch, a fixed edge, an output for two, and two dependencies of one step apart."""
    whole = ring(draft, 5)
    other = draft.variable("S02.b", {"S01.x": 1, "S03.x": 1, "inputs.i": 1})
    rules = (
        AtMost(Port("inputs", "i"), 2, tuple(item.port for item in (*whole.variables, other))),
        Distinct((Port("S02", "a"), other.port), strict=True),
    )
    branch = BranchSides("Gate", ("S00",), ("S03",))
    steps = tuple(f"S{each:02}" for each in range(5))
    flow = Flow(steps, (("S01", "S04"),), (branch,), tangles=(steps,))
    component: Component = draft.component(*whole.variables, other, rules=rules, flow=flow)
    return component


def only(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """Leave one way of counting a component whole, or none."""

    def too_much(*_: object) -> int:
        raise TooMuch

    for other in {"_by_recursion", "count_by_sweep"} - {way}:
        monkeypatch.setattr(cases, other, too_much)


WAYS = ("_by_recursion", "count_by_sweep")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("number", [3, 4, 5, 6])
def test_a_tangle_is_counted_as_listing_counts_it(
    draft: Any, monkeypatch: pytest.MonkeyPatch, number: int, way: str
) -> None:
    only(monkeypatch, way)
    component = ring(draft, number)
    listed = len(list(ConstraintSolver(component).solutions(NEVER)))
    assert count_component(component, effort()) == listed > 1


@pytest.mark.parametrize("way", WAYS)
def test_branches_and_local_rules_hold(draft: Any, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    only(monkeypatch, way)
    component = branched(draft)
    listed = len(list(ConstraintSolver(component).solutions(NEVER)))
    assert count_component(component, effort()) == listed > 1


def test_what_is_too_much_as_a_whole_is_counted_by_cases(draft: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cases, here of three steps at most, are counted by the ways that are open."""

    def small(feeding: Feeding, part: Effort) -> int:
        if feeding.size > 3 and any(len(feeding.merged(step, part)) > 1 for step in range(feeding.size)):
            raise TooMuch
        return count_by_sweep(feeding, part)

    only(monkeypatch, "")
    monkeypatch.setattr(cases, "count_by_sweep", small)
    for component in (ring(draft, 6), branched(draft)):
        listed = len(list(ConstraintSolver(component).solutions(NEVER)))
        assert count_component(component, effort()) == listed > 1


def test_limited_outputs_are_swept_and_nothing_is_spent_on_another_way(draft: Any) -> None:
    """Each output feeds one step; the recursion over sets would take fifty times the work."""
    whole = ring(draft, 8)
    ports = tuple(item.port for item in whole.variables)
    rules = tuple(AtMost(Port(f"S{each:02}", "x"), 1, ports) for each in range(8))
    component = draft.component(*whole.variables, rules=rules, flow=whole.flow)
    listed = len(list(ConstraintSolver(component).solutions(NEVER)))
    assert count_component(component, effort(3_000)) == listed > 1


def test_where_cycles_are_allowed_they_are_counted(draft: Any) -> None:
    """Only the branch binds: each of three steps in a ring takes what it likes."""
    whole = ring(draft, 3)
    flow = Flow(("S00", "S01", "S02"), (), (BranchSides("Gate", ("S00",), ("S01",)),), tangles=())
    component = draft.component(*whole.variables, flow=flow)
    listed = len(list(ConstraintSolver(component).solutions(NEVER)))
    assert count_component(component, effort()) == listed > 1


def test_more_is_counted_than_could_be_listed(draft: Any) -> None:
    """In a ring of n steps a cycle is all forward, all backward, or a pair that feeds each other."""
    assert count_component(ring(draft, 40), effort()) > 10**16


def test_more_work_than_is_allowed_is_given_up(draft: Any) -> None:
    with pytest.raises(TooMuch):
        count_component(ring(draft, 40), effort(100))


def test_it_ends_at_its_deadline(draft: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stepwire.solver.search.effort.BETWEEN_LOOKS", 100)
    with pytest.raises(TimeIsUp):
        count_component(ring(draft, 40), Effort(10**6, Deadline.after(0)))
