"""The ways in which a step can be fed, with the rules among its own dependencies."""

from __future__ import annotations

from itertools import product
from typing import Any

from stepwire.solver.deadline import NEVER
from stepwire.solver.presolve.components import Component, Flow
from stepwire.solver.problem.rules_over_several import AtMost, Distinct, Forbidden, Pinned, SameSource
from stepwire.solver.search.effort import Effort
from stepwire.solver.search.feeding import Feeding, FeedingWay
from stepwire.specs import Port

TANGLE = Flow(("A", "B", "C"), (), (), tangles=(("A", "B", "C"),))
A, B, C = 1, 2, 4


def feeding(component: Component) -> Feeding:
    """The feeding of a component."""
    return Feeding.of(component, Effort(10**6, NEVER))


def test_sources_outside_are_added_up(draft: Any) -> None:
    component = draft.component(
        draft.variable("A.a", {"B.x": 1, "B.y": 1, "C.x": 1, "inputs.i": 1, "D.x": 1}, required=False),
        flow=TANGLE,
    )
    found = feeding(component)
    assert found.groups[0] == ({FeedingWay(B, ()): 2, FeedingWay(C, ()): 1, FeedingWay(0, ()): 3},)
    assert (found.feeders, found.takers) == ((B | C, 0, 0), (0, A, A))


def test_dependencies_that_no_rule_ties_are_apart_and_can_be_merged(draft: Any) -> None:
    component = draft.component(
        draft.variable("A.a", {"B.x": 1, "inputs.i": 1}),
        draft.variable("A.b", {"B.x": 1, "C.x": 1}),
        flow=TANGLE,
    )
    found = feeding(component)
    assert len(found.groups[0]) == 2
    expected = {FeedingWay(B, ()): 2, FeedingWay(B | C, ()): 1, FeedingWay(C, ()): 1}
    assert found.merged(0, Effort(100, NEVER)) == expected


def test_what_surely_runs_before_a_step_is_known(draft: Any) -> None:
    """C takes from B whatever it takes, and B from A or, by a fixed edge, anyway."""
    component = draft.component(
        draft.variable("A.a", {"C.x": 1, "inputs.i": 1}),
        draft.variable("B.a", {"A.x": 1, "C.x": 1}, required=False),
        draft.variable("C.a", {"B.x": 1, "B.y": 1}),
        flow=Flow(("A", "B", "C"), (("A", "B"),), (), tangles=(("A", "B", "C"),)),
    )
    assert feeding(component).sure == (0, A, A | B)


def test_rules_within_a_step_hold(draft: Any) -> None:
    """Compared with all choices, judged one by one."""
    ports = [Port("A", name) for name in "abcd"]
    offers = ("B.x", "B.y", "C.x", "inputs.i")
    rules = (
        Distinct((ports[0], ports[1]), strict=True),
        Distinct((ports[1], ports[3]), strict=False),
        SameSource((ports[0], ports[2])),
        AtMost(Port("B", "y"), 1, tuple(ports)),
        Forbidden(ports[3], Port("C", "x")),
        Pinned(ports[1], Port("B", "x")),
    )
    variables = [draft.variable(str(port), dict.fromkeys(offers, 1), required=False) for port in ports]
    merged = feeding(draft.component(*variables, rules=rules, flow=TANGLE)).merged(0, Effort(10**6, NEVER))
    expected: dict[FeedingWay, int] = {}
    for a, b, c, d in product((*offers, None), repeat=4):
        producers = {it.split(".")[0] for it in (a, c) if it}
        if b != "B.x" or d == "C.x" or a == b or d == b or len(producers) > 1:
            continue
        if (a, b, c, d).count("B.y") > 1:
            continue
        way = FeedingWay(
            sum({"B": B, "C": C}.get(step, 0) for step in {it.split(".")[0] for it in (a, b, c, d) if it}), ()
        )
        expected[way] = expected.get(way, 0) + 1
    assert merged == expected


def test_dependencies_that_yield_share_with_one_another_only(draft: Any) -> None:
    ports = tuple(Port("A", name) for name in "abcd")
    offers = ("B.x", "B.y", "C.x", "inputs.i")
    rule = Distinct(ports, strict=False, yielding=frozenset((ports[0], ports[3])))
    variables = [draft.variable(str(port), dict.fromkeys(offers, 1), required=False) for port in ports]
    merged = feeding(draft.component(*variables, rules=(rule,), flow=TANGLE)).merged(0, Effort(10**6, NEVER))
    pairs = ((0, 1), (0, 2), (1, 2), (1, 3), (2, 3))
    assert sum(merged.values()) == sum(
        all(taken[one] != taken[other] or taken[one] in ("inputs.i", None) for one, other in pairs)
        for taken in product((*offers, None), repeat=4)
    )


def test_outputs_that_several_steps_may_take_are_remembered(draft: Any) -> None:
    limited = AtMost(Port("C", "x"), 1, (Port("A", "a"), Port("A", "b"), Port("B", "a")))
    component = draft.component(
        draft.variable("A.a", {"C.x": 1, "inputs.i": 1}),
        draft.variable("A.b", {"C.x": 1, "inputs.i": 1}),
        draft.variable("B.a", {"C.x": 1, "inputs.i": 1}),
        rules=(limited,),
        flow=TANGLE,
    )
    found = feeding(component)
    assert found.merged(0, Effort(100, NEVER)) == {FeedingWay(0, ()): 1, FeedingWay(C, (0,)): 2}
    both = found.uses((0,)) + found.uses((0,))
    assert found.allows(found.uses((0,)))
    assert not found.allows(both)
    assert found.still_of_use(A) & found.uses((0,))
    assert not found.still_of_use(C)


def test_edges_that_are_sure_are_in_every_way(draft: Any) -> None:
    flow = Flow(("A", "B", "C"), (("C", "A"),), (), tangles=(("A", "B", "C"),))
    component = draft.component(draft.variable("A.a", {"B.x": 1, "inputs.i": 1}), flow=flow)
    assert feeding(component).merged(0, Effort(100, NEVER)) == {
        FeedingWay(B | C, ()): 1,
        FeedingWay(C, ()): 1,
    }
