"""Counting: exact as a product, or flagged as a lower bound."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.solver.counting import WiringCount, count_wirings
from stepwire.solver.deadline import Deadline
from stepwire.solver.engines.clingo import ClingoSolver
from stepwire.solver.engines.constraint import ConstraintSolver
from stepwire.solver.problem import AtMost, Distinct
from stepwire.specs import Port

NEVER, NOW = Deadline(), Deadline.after(0)


def test_a_count_says_whether_it_is_exact() -> None:
    assert str(WiringCount(12)) == "12"
    assert str(WiringCount(12, exact=False)) == "≥ 12"


def test_components_multiply_into_big_numbers(draft: Any) -> None:
    alone = draft.component(draft.variable("A.a", {"P.x": 1, "P.y": 1}, required=False))
    assert count_wirings([ConstraintSolver(alone)] * 100, NEVER) == WiringCount(3**100)


def test_no_components_are_one_empty_wiring() -> None:
    assert count_wirings([], NOW) == WiringCount(1)


def test_rules_are_counted_in(draft: Any) -> None:
    both = [draft.variable(f"A.{name}", {"P.x": 1, "P.y": 1, "P.z": 1}) for name in "ab"]
    rule = Distinct((both[0].port, both[1].port), strict=True)
    component = draft.component(*both, rules=(rule,))
    assert count_wirings([ConstraintSolver(component)], NEVER) == WiringCount(6)


def many(draft: Any, number: int) -> Any:
    """Twice as many assignments for each variable, one of them excluded."""
    variables = [draft.variable(f"A{number}.a", {"P.x": 1, "P.y": 1}) for number in range(number)]
    rule = AtMost(Port("P", "x"), number - 1, tuple(item.port for item in variables))
    return draft.component(*variables, rules=(rule,))


@pytest.mark.parametrize("solver", [ConstraintSolver, ClingoSolver])
def test_past_its_time_a_count_is_a_lower_bound(draft: Any, solver: Any) -> None:
    found = count_wirings([solver(many(draft, 40))], Deadline.after(0.2))
    assert not found.exact
    assert 0 < found.value < 2**40
    assert count_wirings([solver(many(draft, 12))], NEVER) == WiringCount(2**12 - 1)


def test_what_a_component_does_not_need_of_its_time_the_others_get(draft: Any) -> None:
    """The large one stops at its share, so that the small one after it is counted whole."""
    components = [many(draft, 40), many(draft, 3)]
    found = count_wirings([ClingoSolver(item) for item in components], Deadline.after(0.4))
    assert not found.exact
    assert found.value % (2**3 - 1) == 0


def test_a_component_without_solutions_makes_the_count_an_exact_nothing(draft: Any) -> None:
    both = [draft.variable(f"A.{name}", {"P.x": 1}) for name in "ab"]
    rule = Distinct((both[0].port, both[1].port), strict=True)
    free = draft.component(draft.variable("B.a", {"P.x": 1, "P.y": 1}))
    solvers = [ConstraintSolver(free), ConstraintSolver(draft.component(*both, rules=(rule,)))]
    assert count_wirings(solvers, NEVER) == WiringCount(0)
