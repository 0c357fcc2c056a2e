"""Counting: exact as a product, or flagged as a lower bound."""

from __future__ import annotations

from typing import Any

from stepwire.solver.counting import WiringCount, count_wirings
from stepwire.solver.engines.constraint import ConstraintEngine
from stepwire.solver.problem import AtMost, Distinct
from stepwire.specs import Port


def test_a_count_says_whether_it_is_exact() -> None:
    assert str(WiringCount(12)) == "12"
    assert str(WiringCount(12, exact=False)) == "≥ 12"


def test_components_multiply_into_big_numbers(draft: Any) -> None:
    alone = draft.component(draft.variable("A.a", {"P.x": 1, "P.y": 1}, required=False))
    assert count_wirings(ConstraintEngine(), [alone] * 100, seconds=0) == WiringCount(3**100)


def test_no_components_are_one_empty_wiring() -> None:
    assert count_wirings(ConstraintEngine(), [], seconds=0) == WiringCount(1)


def test_rules_are_counted_in(draft: Any) -> None:
    both = [draft.variable(f"A.{name}", {"P.x": 1, "P.y": 1, "P.z": 1}) for name in "ab"]
    rule = Distinct((both[0].port, both[1].port), strict=True)
    component = draft.component(*both, rules=(rule,))
    assert count_wirings(ConstraintEngine(), [component], seconds=5) == WiringCount(6)


def test_past_its_time_a_count_is_a_lower_bound(draft: Any) -> None:
    variables = [draft.variable(f"A{number}.a", {"P.x": 1, "P.y": 1}) for number in range(12)]
    rule = AtMost(Port("P", "x"), 11, tuple(item.port for item in variables))
    component = draft.component(*variables, rules=(rule,))
    found = count_wirings(ConstraintEngine(), [component], seconds=0)
    assert not found.exact
    assert 0 < found.value < 2**12 - 1
    assert count_wirings(ConstraintEngine(), [component], seconds=30) == WiringCount(2**12 - 1)


def test_a_component_without_solutions_makes_the_count_an_exact_nothing(draft: Any) -> None:
    both = [draft.variable(f"A.{name}", {"P.x": 1}) for name in "ab"]
    rule = Distinct((both[0].port, both[1].port), strict=True)
    free = draft.component(draft.variable("B.a", {"P.x": 1, "P.y": 1}))
    found = count_wirings(ConstraintEngine(), [free, draft.component(*both, rules=(rule,))], seconds=0)
    assert found == WiringCount(0)
