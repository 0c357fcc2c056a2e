"""The cut into components: what shares a rule that can still bind stays together."""

from __future__ import annotations

from typing import Any

from stepwire.solver.presolve.components import Component, decompose
from stepwire.solver.presolve.propagate import propagate
from stepwire.solver.problem.rules_over_several import (
    Acyclic,
    AtMost,
    BranchSides,
    Distinct,
    Pinned,
    SameSource,
)
from stepwire.solver.problem.wiring_problem import WiringProblem
from stepwire.specs import Port


def members(components: tuple[Component, ...]) -> list[list[str]]:
    return [[str(item.port) for item in component.variables] for component in components]


def test_variables_without_common_rules_stand_alone(draft: Any) -> None:
    both = tuple(draft.variable(name, {"P.x": 3, "P.y": 1}) for name in ("A.a", "B.a"))
    components = decompose(WiringProblem(both, (), (Acyclic(),)))
    assert members(components) == [["A.a"], ["B.a"]]
    assert [component.places for component in components] == [(0,), (1,)]
    assert all(not component.rules and component.flow is None for component in components)
    assert (components[0].most, components[0].assignments) == (3, len(components[0].variables[0].values))
    assert components[0].score((1,)) == 1


def test_a_rule_that_can_no_longer_bind_ties_nothing(draft: Any) -> None:
    first, second = draft.variable("A.a", {"P.x": 1}), draft.variable("A.b", {"P.y": 1})
    ports = (first.port, second.port)
    rules = (Distinct(ports, strict=True), AtMost(Port("P", "x"), 1, ports))
    assert members(decompose(WiringProblem((first, second), rules))) == [["A.a"], ["A.b"]]


def test_rules_that_bind_tie_their_variables(draft: Any) -> None:
    variables = tuple(draft.variable(f"A.{name}", {"P.x": 1, "P.y": 1}) for name in "abcd")
    rules = (
        Distinct((variables[0].port, variables[2].port), strict=False),
        SameSource((variables[1].port, variables[3].port)),
    )
    components = decompose(WiringProblem(variables, rules))
    assert members(components) == [["A.a", "A.c"], ["A.b", "A.d"]]
    assert [component.rules for component in components] == [(rules[0],), (rules[1],)]
    assert [component.places for component in components] == [(0, 2), (1, 3)]


def test_a_rule_over_many_ties_those_that_could_take_the_same(draft: Any) -> None:
    """What else it names is another component, and the rule is in both."""
    offers = (("P.x", "P.y"), ("P.y", "P.z"), ("Q.x", "Q.y"), ("Q.y",), ("R.x",))
    variables = tuple(
        draft.variable(f"A.{name}", dict.fromkeys(offer, 1))
        for name, offer in zip("abcde", offers, strict=True)
    )
    rule = Distinct(tuple(item.port for item in variables), strict=False)
    components = decompose(WiringProblem(variables, (rule,)))
    assert members(components) == [["A.a", "A.b"], ["A.c", "A.d"], ["A.e"]]
    assert [component.rules for component in components] == [(rule,), (rule,), ()]


def test_sharing_an_input_is_no_rule(draft: Any) -> None:
    both = tuple(draft.variable(f"A.{name}", {"inputs.x": 1}) for name in "ab")
    rule = Distinct((both[0].port, both[1].port), strict=False)
    assert members(decompose(WiringProblem(both, (rule,)))) == [["A.a"], ["A.b"]]


def test_a_possible_cycle_ties_the_variables_that_could_close_it(draft: Any) -> None:
    variables = (
        draft.variable("A.a", {"B.x": 2, "P.x": 1}),
        draft.variable("B.a", {"A.x": 2, "P.x": 1}),
        draft.variable("C.a", {"A.x": 2, "B.x": 1}),
    )
    leaving = frozenset([("A", "Z"), ("Y", "B"), ("Y", "Z")])
    cyclic, alone = decompose(WiringProblem(variables, (), (Acyclic(),), leaving))
    assert members((cyclic, alone)) == [["A.a", "B.a"], ["C.a"]]
    assert cyclic.flow is not None
    assert cyclic.flow.acyclic
    assert (cyclic.flow.steps, cyclic.flow.fixed_edges) == (("A", "B"), ())
    assert alone.flow is None


def test_a_branch_ties_what_could_join_its_sides(draft: Any) -> None:
    variables = (
        draft.variable("Far.a", {"P.x": 1}),
        draft.variable("Join.a", {"Yes.x": 2, "P.x": 1}),
        draft.variable("Join.b", {"No.x": 2, "P.x": 1}),
    )
    branch = BranchSides("Gate", ("Yes",), ("No",))
    fixed = frozenset([("Gate", "Yes"), ("Gate", "No"), ("Join", "Far")])
    alone, joined = decompose(WiringProblem(variables, (), (Acyclic(), branch), fixed))
    assert members((alone, joined)) == [["Far.a"], ["Join.a", "Join.b"]]
    assert joined.flow is not None
    assert joined.flow.branches == (branch,)
    assert not joined.flow.acyclic


def test_sides_that_fixed_edges_join_are_a_component_without_variables() -> None:
    branch = BranchSides("Gate", ("Yes",), ("No",))
    fixed = frozenset([("Yes", "Join"), ("No", "Join")])
    (bare,) = decompose(WiringProblem((), (), (Acyclic(), branch), fixed))
    assert bare.variables == ()
    assert bare.flow is not None


def test_a_pin_stays_with_its_variable_until_it_is_applied(draft: Any) -> None:
    item = draft.variable("A.a", {"P.x": 2, "P.y": 1})
    pin = Pinned(item.port, Port("P", "y"))
    stated = WiringProblem((item,), (pin,))
    assert [component.rules for component in decompose(stated)] == [(pin,)]
    smaller = propagate(stated)
    assert smaller is not None
    assert [component.rules for component in decompose(smaller)] == [()]
