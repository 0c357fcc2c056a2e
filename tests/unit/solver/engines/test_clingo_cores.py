"""What of a component cannot hold together, and what would have to go."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.solver.deadline import Deadline
from stepwire.solver.engines.clingo_cores import corrections, find_core, hitting_sets
from stepwire.solver.presolve.components import Component, Flow
from stepwire.solver.problem.rules_over_several import AtMost, BranchSides
from stepwire.specs import Port

NEVER = Deadline()


def sets(*numbers: set[int]) -> set[frozenset[int]]:
    return {frozenset(each) for each in numbers}


def crowd(draft: Any) -> Component:
    """Two of three variables want one source: elements 0 and 1, and rule 3."""
    variables = [draft.variable(f"{name}.a", {"P.x": 1}) for name in "AB"]
    variables.append(draft.variable("C.a", {"P.x": 1, "P.y": 1}))
    rule = AtMost(Port("P", "x"), 1, tuple(item.port for item in variables))
    component: Component = draft.component(*variables, rules=(rule,))
    return component


def test_a_core_is_a_part_that_has_no_solution(draft: Any) -> None:
    found = find_core(crowd(draft), NEVER)
    assert {0, 1, 3} <= found


def test_corrections_are_least_and_spare_what_is_not_liftable(draft: Any) -> None:
    found, complete = corrections(crowd(draft), range(4), 10, NEVER)
    assert ({*found}, complete) == (sets({0}, {1}, {3}), True)
    assert corrections(crowd(draft), (2, 3), 10, NEVER) == ([frozenset({3})], True)
    assert corrections(crowd(draft), (2,), 10, NEVER) == ([], True)


def test_no_more_are_listed_than_asked_for(draft: Any) -> None:
    found, complete = corrections(crowd(draft), range(4), 2, NEVER)
    assert (len(found), complete) == (2, False)
    assert corrections(crowd(draft), range(4), 3, NEVER)[1]
    assert corrections(crowd(draft), range(4), 3, Deadline.after(0)) == ([], False)


def test_edges_and_flow_rules_are_lifted_one_by_one(draft: Any) -> None:
    """A needs B, which runs before it anyway; two edges lead back, and A stands on the other side from C.

    Elements: 0 the variable, 1 acyclic, 2 the branch, then the edges (A, B), (A, C), (C, B).
    """
    flow = Flow(
        ("A", "B", "C"),
        (("A", "B"), ("A", "C"), ("C", "B")),
        (BranchSides("Gate", ("A",), ("C",)),),
        tangles=(("A", "B", "C"),),
    )
    component = draft.component(draft.variable("A.a", {"B.x": 1}), flow=flow)
    found, _ = corrections(component, range(6), 50, NEVER)
    assert {*found} == sets({1, 2}, {0, 2}, {2, 3, 4}, {2, 3, 5}, {3, 4, 5}, {0, 4, 5}, {1, 4, 5}, {0, 3, 4})


@pytest.mark.parametrize("given", [[{1, 2}, {2, 3}], [{1}, {2, 3}], [{1, 2, 3}]])
def test_hitting_sets_have_a_member_of_each_and_no_more(given: list[set[int]]) -> None:
    found, complete = hitting_sets([frozenset(each) for each in given], 10, NEVER)
    assert complete
    for each in found:
        assert all(each & members for members in given)
        assert all(any(not (each - {gone}) & members for members in given) for gone in each)
    assert len({*found}) == {(2, 2): 2, (1, 2): 2, (3,): 3}[tuple(map(len, given))]
