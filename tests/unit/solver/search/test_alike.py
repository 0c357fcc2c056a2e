"""Steps that are alike are counted by their number."""

from __future__ import annotations

from typing import Any

from stepwire.solver.deadline import NEVER
from stepwire.solver.presolve.components import Component, Flow
from stepwire.solver.search.acyclic import count_acyclic
from stepwire.solver.search.alike import count_alike, kinds_of_steps
from stepwire.solver.search.effort import Effort
from stepwire.solver.search.feeding import Feeding


def effort() -> Effort:
    """An amount of work without a deadline."""
    return Effort(10**6, NEVER)


def tangle(draft: Any, *groups: tuple[int, int]) -> Component:
    """Steps that all feed each other: of each group so many, with so many dependencies each."""
    steps = [
        f"{letter}{each}"
        for letter, (number, _) in zip("ABC", groups, strict=False)
        for each in range(number)
    ]
    needs = [number for many, number in groups for _ in range(many)]
    variables = [
        draft.variable(f"{step}.{name}", {**{f"{it}.x": 1 for it in steps if it != step}, "inputs.i": 1})
        for step, number in zip(steps, needs, strict=True)
        for name in range(number)
    ]
    component: Component = draft.component(*variables, flow=Flow(tuple(steps), (), (), (tuple(steps),)))
    return component


def test_steps_are_alike_when_they_can_change_places(draft: Any) -> None:
    feeding = Feeding.of(tangle(draft, (3, 1), (2, 2)), effort())
    assert kinds_of_steps(feeding, effort()) == [[0, 1, 2], [3, 4]]


def test_alike_is_not_what_others_tell_apart(draft: Any) -> None:
    """Both are fed alike, but C takes from A only."""
    component = draft.component(
        draft.variable("A.a", {"C.x": 1, "inputs.i": 1}),
        draft.variable("B.a", {"C.x": 1, "inputs.i": 1}),
        draft.variable("C.a", {"A.x": 1, "inputs.i": 1}),
        flow=Flow(("A", "B", "C"), (), (), (("A", "B", "C"),)),
    )
    assert kinds_of_steps(Feeding.of(component, effort()), effort()) == [[0], [1], [2]]


def test_their_number_is_that_of_the_recursion_over_sets(draft: Any) -> None:
    for groups in (((4, 1),), ((3, 1), (2, 2)), ((2, 0), (3, 2), (2, 1))):
        feeding = Feeding.of(tangle(draft, *groups), effort())
        kinds = kinds_of_steps(feeding, effort())
        assert len(kinds) == len(groups)
        assert count_alike(feeding, kinds, effort()) == count_acyclic(feeding, effort()) > 1


def test_one_need_each_of_many_alike_steps_makes_a_forest(draft: Any) -> None:
    """By Cayley, (n + 1)^(n - 1) forests of rooted trees; each root takes what comes from outside."""
    feeding = Feeding.of(tangle(draft, (61, 1)), effort())
    kinds = kinds_of_steps(feeding, effort())
    assert count_alike(feeding, kinds, effort()) == 62**60
