"""Rules as numbers: what engines read says of places what the rules say of sources."""

from __future__ import annotations

from typing import Any

from stepwire.solver.presolve.compiled import Allowed, AtMostOf, OneProducer, compile_rules
from stepwire.solver.problem.rules_over_several import (
    AtMost,
    Distinct,
    Forbidden,
    LocalRule,
    Pinned,
    SameSource,
)
from stepwire.solver.problem.wiring_problem import WiringProblem
from stepwire.specs import Port

X, Y = Port("P", "x"), Port("P", "y")


def both(draft: Any) -> tuple[Any, Any]:
    """Two variables with the same sources, outputs the other way round; the second may stay unbound."""
    first = draft.variable("A.a", {"P.x": 3, "P.y": 2, "inputs.i": 1})
    second = draft.variable("A.b", {"P.y": 3, "P.x": 2, "inputs.i": 1}, required=False)
    return first, second


def compiled(draft: Any, *rules: LocalRule) -> tuple[Any, ...]:
    variables = both(draft)
    problem = WiringProblem(variables, rules)
    return compile_rules(variables, rules, problem.numbering.local_rules)


def test_an_output_is_a_place_of_each_variable(draft: Any) -> None:
    rule = AtMost(X, 1, (Port("A", "a"), Port("A", "b")))
    assert compiled(draft, rule) == (AtMostOf(2, 1, ((0, 0), (1, 1))),)


def test_only_what_both_may_take_is_apart_and_inputs_only_where_declared(draft: Any) -> None:
    ports = (Port("A", "a"), Port("A", "b"))
    outputs = [((0, 0), (1, 1)), ((0, 1), (1, 0))]
    shared = [*outputs, ((0, 2), (1, 2))]
    assert compiled(draft, Distinct(ports, strict=False), Distinct(ports, strict=True)) == (
        *(AtMostOf(2, 1, pairs) for pairs in outputs),
        *(AtMostOf(3, 1, pairs) for pairs in shared),
    )


def test_each_that_yields_is_apart_from_all_that_do_not(draft: Any) -> None:
    """And from no other that does."""
    ports = tuple(Port("A", name) for name in "abcd")
    variables = [draft.variable(str(port), {"P.x": 1}) for port in ports]
    rule = Distinct(ports, strict=False, yielding=frozenset(ports[2:]))
    assert compile_rules(variables, [rule], [4]) == tuple(
        AtMostOf(4, 1, ((0, 0), (1, 0), (last, 0))) for last in (2, 3)
    )


def test_producers_are_numbered_and_nothing_has_none(draft: Any) -> None:
    rule = SameSource((Port("A", "a"), Port("A", "b")))
    assert compiled(draft, rule) == (OneProducer(2, ((0, (0, 0, 1)), (1, (0, 0, 1, None)))),)


def test_what_is_settled_allows_some_places(draft: Any) -> None:
    pin, ban = Pinned(Port("A", "b"), Y), Forbidden(Port("A", "b"), Y)
    assert compiled(draft, pin, ban) == (Allowed(2, 1, (0,)), Allowed(3, 1, (1, 2, 3)))


def test_a_rule_binds_the_dependencies_that_are_there(draft: Any) -> None:
    absent = Distinct((Port("A", "a"), Port("A", "z")), strict=True)
    assert compiled(draft, absent, AtMost(Y, 1, (Port("A", "z"), Port("A", "a")))) == (
        AtMostOf(3, 1, ((0, 1),)),
    )


def test_elements_are_numbered_in_their_order(draft: Any) -> None:
    variables = both(draft)
    problem = WiringProblem(variables, (AtMost(X, 1, ()),), (), frozenset([("A", "B"), ("B", "C")]))
    assert [list(part) for part in problem.numbering] == [[0, 1], [2], [], [3, 4]]
    assert len(problem.elements) == 5
