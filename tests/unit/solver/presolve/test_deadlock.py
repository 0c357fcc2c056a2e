"""Steps that all wait for one another."""

from __future__ import annotations

from typing import Any

from stepwire.solver.presolve.deadlock import find_deadlock
from stepwire.solver.problem.wiring_problem import Variable


def found(variables: list[Variable], *edges: tuple[str, str]) -> tuple[list[str], list[tuple[str, str]]]:
    """The addresses and edges of what is found."""
    waiting, fixed = find_deadlock(variables, edges)
    return [str(item.port) for item in waiting], fixed


def test_steps_of_which_each_needs_another_are_found(draft: Any) -> None:
    """Whoever waits for them waits in vain too, and is not named."""
    ring = [
        draft.variable("A.a", {"B.x": 1, "C.x": 1}),
        draft.variable("B.a", {"A.x": 1, "C.x": 1}),
        draft.variable("C.a", {"A.x": 1, "B.x": 1}),
    ]
    after = draft.variable("D.a", {"A.x": 1, "B.x": 1})
    assert found([*ring, after]) == (["A.a", "B.a", "C.a"], [])


def test_one_that_may_take_from_outside_lets_all_run(draft: Any) -> None:
    for source in ("inputs.i", "P.x"):
        ring = [
            draft.variable("A.a", {"B.x": 2, source: 1}),
            draft.variable("B.a", {"A.x": 1}),
        ]
        assert found(ring) == ([], [])


def test_an_optional_dependency_waits_for_nothing(draft: Any) -> None:
    ring = [draft.variable("A.a", {"B.x": 2}, required=False), draft.variable("B.a", {"A.x": 1})]
    assert found(ring) == ([], [])


def test_fixed_edges_make_steps_wait(draft: Any) -> None:
    needs = draft.variable("B.a", {"A.x": 1})
    assert found([needs], ("B", "C"), ("C", "A"), ("Z", "A")) == (["B.a"], [("B", "C"), ("C", "A")])


def test_the_smallest_of_several_is_found(draft: Any) -> None:
    ring = [draft.variable(f"{name}.a", {f"{other}.x": 1}) for name, other in ("AB", "BC", "CA", "XY", "YX")]
    assert found(ring) == (["X.a", "Y.a"], [])
