"""Counting: exact as a product, or flagged as a lower bound."""

from __future__ import annotations

import time
from typing import Any

import pytest

from stepwire.solver.deadline import Deadline
from stepwire.solver.engines.clingo import ClingoSolver
from stepwire.solver.engines.constraint import ConstraintSolver
from stepwire.solver.problem.rules_over_several import AtMost, Distinct
from stepwire.solver.search.counting import MAX_LISTED_ASSIGNMENTS, WiringCount, count_wirings
from stepwire.specs import Port

NEVER, NOW = Deadline(), Deadline.after(0)


def test_a_count_says_whether_it_is_exact() -> None:
    assert str(WiringCount(12)) == "12"
    assert str(WiringCount(12, exact=False)) == "at least 12"
    assert WiringCount(10**5000).digits == "1" + 5000 * "0"
    assert str(WiringCount(10**5000)) == "1.00e5000"
    assert [WiringCount(1).words, WiringCount(1234).words] == ["1 wiring", "1,234 wirings"]
    assert repr(WiringCount(10**5000)).endswith("000, exact=True)")


def test_what_is_known_otherwise_raises_a_lower_bound_and_no_exact_count() -> None:
    assert WiringCount(0, exact=False).at_least(3) == WiringCount(3, exact=False)
    assert WiringCount(7, exact=False).at_least(3) == WiringCount(7, exact=False)
    assert WiringCount(2).at_least(3) == WiringCount(2)


def test_components_multiply_into_big_numbers(draft: Any) -> None:
    alone = draft.component(draft.variable("A.a", {"P.x": 1, "P.y": 1}, required=False))
    assert count_wirings([alone] * 100, ConstraintSolver, NEVER) == WiringCount(3**100)


def test_no_components_are_one_empty_wiring() -> None:
    assert count_wirings([], ConstraintSolver, NOW) == WiringCount(1)


def test_rules_are_counted_in(draft: Any) -> None:
    both = [draft.variable(f"A.{name}", {"P.x": 1, "P.y": 1, "P.z": 1}) for name in "ab"]
    rule = Distinct((both[0].port, both[1].port), strict=True)
    component = draft.component(*both, rules=(rule,))
    assert count_wirings([component], ConstraintSolver, NEVER) == WiringCount(6)


def many(draft: Any, number: int) -> Any:
    """As many assignments as scores of any kind could tell apart, and nothing along which to cut them."""
    variables = [
        draft.variable(f"A{each}.a", {f"P{source}.x": 1 for source in range(12)}) for each in range(number)
    ]
    ports = tuple(item.port for item in variables)
    rules = [AtMost(Port(f"P{source}", "x"), 3, ports) for source in range(12)]
    return draft.component(*variables, rules=(*rules,))


@pytest.mark.parametrize("engine", [ConstraintSolver, ClingoSolver])
def test_what_takes_too_much_work_is_a_lower_bound_that_no_clock_decides(draft: Any, engine: Any) -> None:
    found = count_wirings([many(draft, 12)], engine, NEVER, most=1000)
    assert found == WiringCount(MAX_LISTED_ASSIGNMENTS, exact=False)


def test_past_its_time_a_count_is_not_exact(draft: Any) -> None:
    start = time.monotonic()
    found = count_wirings([many(draft, 12)], ClingoSolver, Deadline.after(0.4))
    assert not found.exact
    assert found.value < 12**12
    assert time.monotonic() - start < 5


def test_work_is_shared_and_what_small_ones_leave_goes_on(draft: Any) -> None:
    """The small one is counted whole; of the large ones, some are listed."""
    components = [many(draft, 12), many(draft, 3), many(draft, 12)]
    found = count_wirings(components, ClingoSolver, NEVER, most=3000)
    assert found == WiringCount(12**3 * MAX_LISTED_ASSIGNMENTS**2, exact=False)


def test_a_component_without_solutions_makes_the_count_an_exact_nothing(draft: Any) -> None:
    both = [draft.variable(f"A.{name}", {"P.x": 1}) for name in "ab"]
    rule = Distinct((both[0].port, both[1].port), strict=True)
    free = draft.component(draft.variable("B.a", {"P.x": 1, "P.y": 1}))
    nothing = draft.component(*both, rules=(rule,))
    assert count_wirings([free, nothing], ConstraintSolver, NEVER) == WiringCount(0)


def test_digits_are_read_however_many() -> None:
    """Python itself reads no more than 4,300."""
    count = WiringCount(10**6000 + 7)
    assert WiringCount.read(count.digits) == count
    assert WiringCount.read("-1") is WiringCount.read("many") is None
