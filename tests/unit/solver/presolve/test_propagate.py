"""Propagation takes away what no wiring can use, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from stepwire.solver.deadline import Deadline, TimeIsUp
from stepwire.solver.presolve.propagate import propagate, propagate_with_reasons
from stepwire.solver.problem.rules_over_several import (
    Acyclic,
    AtMost,
    Distinct,
    Forbidden,
    Pinned,
    SameSource,
)
from stepwire.solver.problem.wiring_problem import WiringProblem
from stepwire.specs import Port


def port(address: str) -> Port:
    return Port.parse(address)


def left(problem: WiringProblem) -> Mapping[str, list[str]] | None:
    """The candidates that remain for each variable; None when there is no wiring."""
    smaller = propagate(problem)
    if smaller is None:
        return None
    return {str(item.port): [str(each.source) for each in item.candidates] for item in smaller.variables}


def test_a_full_output_is_taken_from_the_others(draft: Any) -> None:
    taken = draft.variable("A.a", {"P.x": 1})
    free = draft.variable("B.a", {"P.x": 2, "P.y": 1})
    rule = AtMost(port("P.x"), 1, (taken.port, free.port))
    assert left(WiringProblem((taken, free), (rule,))) == {"A.a": ["P.x"], "B.a": ["P.y"]}


def test_an_output_that_too_many_need_has_no_wiring(draft: Any) -> None:
    both = tuple(draft.variable(name, {"P.x": 1}) for name in ("A.a", "B.a"))
    assert left(WiringProblem(both, (AtMost(port("P.x"), 1, (both[0].port, both[1].port)),))) is None


def test_an_optional_dependency_forces_nothing(draft: Any) -> None:
    maybe = draft.variable("A.a", {"P.x": 1}, required=False)
    other = draft.variable("A.b", {"P.x": 1, "P.y": 1})
    rule = Distinct((maybe.port, other.port), strict=False)
    assert left(WiringProblem((maybe, other), (rule,))) == {"A.a": ["P.x"], "A.b": ["P.x", "P.y"]}


@pytest.mark.parametrize(("strict", "rest"), [(True, ["P.y"]), (False, ["inputs.x", "P.y"])])
def test_distinct_spares_inputs_unless_declared(draft: Any, strict: bool, rest: list[str]) -> None:
    first = draft.variable("A.a", {"inputs.x": 1})
    second = draft.variable("A.b", {"inputs.x": 2, "P.y": 1})
    rule = Distinct((first.port, second.port), strict)
    assert left(WiringProblem((first, second), (rule,))) == {"A.a": ["inputs.x"], "A.b": rest}


@pytest.mark.parametrize("backwards", [True, False])
def test_each_that_is_forced_forces_the_next(draft: Any, backwards: bool) -> None:
    """In one look at the rule, in whatever order it names them."""
    needs = [draft.variable(f"A.a{n}", {f"P.x{m}": 1 for m in range(n + 1)}) for n in range(6)]
    ports = [item.port for item in needs]
    rule = Distinct(tuple(reversed(ports) if backwards else ports), strict=False)
    assert left(WiringProblem(tuple(needs), (rule,))) == {f"A.a{n}": [f"P.x{n}"] for n in range(6)}


def test_those_that_yield_leave_an_output_to_one_another(draft: Any) -> None:
    """But to nobody else, and nobody else to them."""
    one, other = (draft.variable(name, {"P.x": 1}) for name in ("A.a", "A.b"))
    third = draft.variable("A.c", {"P.x": 2, "P.y": 1})
    ports = (one.port, other.port, third.port)
    rule = Distinct(ports, strict=False, yielding=frozenset(ports[:2]))
    assert left(WiringProblem((one, other, third), (rule,))) == {
        "A.a": ["P.x"],
        "A.b": ["P.x"],
        "A.c": ["P.y"],
    }


def test_one_producer_must_be_able_to_supply_the_whole_group(draft: Any) -> None:
    first = draft.variable("A.a", {"P.x": 2, "Q.x": 1})
    second = draft.variable("A.b", {"Q.y": 1, "R.y": 1})
    rule = SameSource((first.port, second.port))
    assert left(WiringProblem((first, second), (rule,))) == {"A.a": ["Q.x"], "A.b": ["Q.y"]}


def test_nothing_is_taken_from_a_step_that_surely_runs_later(draft: Any) -> None:
    forced = draft.variable("B.a", {"A.out": 1})
    free = draft.variable("A.a", {"B.out": 2, "C.out": 1})
    assert left(WiringProblem((free, forced), (), (Acyclic(),))) == {"A.a": ["C.out"], "B.a": ["A.out"]}


def test_a_cycle_of_fixed_edges_has_no_wiring() -> None:
    edges = frozenset([("A", "B"), ("B", "A")])
    assert left(WiringProblem((), (), (Acyclic(),), edges)) is None
    assert left(WiringProblem((), (), (), edges)) == {}


def test_a_part_of_a_problem_may_lack_dependencies_that_its_rules_name(draft: Any) -> None:
    """Conflicts and reports look at parts of problems."""
    only = draft.variable("A.a", {"P.x": 1})
    rules = (
        AtMost(port("P.x"), 1, (only.port, port("B.a"))),
        Distinct((only.port, port("A.b")), strict=True),
        SameSource((port("A.b"), only.port)),
    )
    assert left(WiringProblem((only,), rules)) == {"A.a": ["P.x"]}


@pytest.mark.parametrize("forwards", [True, False])
def test_what_one_rule_takes_away_moves_the_others(draft: Any, forwards: bool) -> None:
    """The first is forced, which forces the second, and so on to the end, in whatever order rules stand."""
    chain = [draft.variable("S0.a", {"P.x0": 1})]
    chain += [draft.variable(f"S{n}.a", {f"P.x{n - 1}": 2, f"P.x{n}": 1}) for n in range(1, 9)]
    rules = [AtMost(port(f"P.x{n}"), 1, (chain[n].port, chain[n + 1].port)) for n in range(8)]
    problem = WiringProblem(tuple(chain), tuple(rules if forwards else reversed(rules)))
    assert left(problem) == {f"S{n}.a": [f"P.x{n}"] for n in range(9)}


def test_an_order_that_becomes_sure_moves_the_other_rules(draft: Any) -> None:
    """C takes from A, so A not from C but from B; so B's output is full, and D goes elsewhere."""
    variables = (
        draft.variable("A.a", {"B.out": 1, "C.out": 2}),
        draft.variable("C.a", {"A.out": 1, "P.x": 2}),
        draft.variable("C.b", {"P.x": 1}),
        draft.variable("D.a", {"B.out": 2, "P.y": 1}),
    )
    rules = (
        AtMost(port("B.out"), 1, (port("A.a"), port("D.a"))),
        Distinct((port("C.a"), port("C.b")), strict=False),
    )
    assert left(WiringProblem(variables, rules, (Acyclic(),))) == {
        "A.a": ["B.out"],
        "C.a": ["A.out"],
        "C.b": ["P.x"],
        "D.a": ["P.y"],
    }


def test_a_fixed_edge_keeps_later_outputs_out(draft: Any) -> None:
    free = draft.variable("A.a", {"C.out": 2, "P.x": 1})
    edges = frozenset([("A", "B"), ("B", "C")])
    assert left(WiringProblem((free,), (), (Acyclic(),), edges)) == {"A.a": ["P.x"]}


def test_a_pin_leaves_its_source_and_binds_what_is_optional(draft: Any) -> None:
    maybe = draft.variable("A.a", {"P.x": 2, "P.y": 1}, required=False)
    smaller = propagate(WiringProblem((maybe,), (Pinned(port("A.a"), port("P.y")),)))
    assert smaller is not None
    assert [str(item.source) for item in smaller.variables[0].candidates] == ["P.y"]
    assert smaller.variables[0].required
    assert propagate(WiringProblem((maybe,), (Pinned(port("A.a"), port("Q.z")),))) is None


def test_a_forbidden_source_is_taken_away(draft: Any) -> None:
    item = draft.variable("A.a", {"P.x": 2, "P.y": 1})
    rules = tuple(Forbidden(port("A.a"), port(source)) for source in ("P.x", "Q.z"))
    assert left(WiringProblem((item,), rules)) == {"A.a": ["P.y"]}
    assert left(WiringProblem((item,), (*rules, Forbidden(port("A.a"), port("P.y"))))) is None


def test_what_was_removed_is_remembered_with_its_reason(draft: Any) -> None:
    """Along two forced bindings and a fixed edge, A runs before D, so D cannot feed it."""
    chain = (draft.variable("B.a", {"A.x": 1}), draft.variable("C.a", {"B.x": 1}))
    open_ = draft.variable("A.a", {"D.x": 2, "P.x": 1})
    done = propagate_with_reasons(WiringProblem((open_, *chain), (), (Acyclic(),), frozenset({("C", "D")})))
    (removal,) = done.removals
    assert (removal.port, [str(item.source) for item in removal.removed]) == (open_.port, ["D.x"])
    reason = removal.reason(removal.removed)
    assert reason.ports == {item.port for item in chain}
    assert reason.elements == {Acyclic(), ("C", "D")}
    assert done.impossible is None


def test_steps_that_all_wait_for_one_another_have_no_wiring(draft: Any) -> None:
    """Each may take from two others, so none is forced; where cycles are allowed, that is no harm."""
    ring = [
        draft.variable(f"{name}.a", {f"{one}.x": 1, f"{two}.x": 1})
        for name, one, two in ("ABC", "BCA", "CAB")
    ]
    done = propagate_with_reasons(WiringProblem(tuple(ring), (), (Acyclic(),)))
    assert done.impossible is not None
    assert done.impossible.ports == {item.port for item in ring}
    assert done.impossible.elements == {Acyclic()}
    assert propagate_with_reasons(WiringProblem(tuple(ring))).impossible is None


def test_nothing_is_begun_when_time_is_up() -> None:
    with pytest.raises(TimeIsUp):
        propagate(WiringProblem(()), Deadline.after(0))
