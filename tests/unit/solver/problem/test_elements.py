"""Some elements of a problem, and what is told of them."""

from __future__ import annotations

from typing import Any

from stepwire.solver.problem.elements import Elements
from stepwire.solver.problem.rules_over_several import Distinct
from stepwire.specs import Port


def test_a_rule_over_many_is_told_of_those_that_are_there(draft: Any) -> None:
    """And whole where it is told of without two of its dependencies."""
    ports = tuple(Port("A", name) for name in "abcd")
    variables = tuple(draft.variable(str(port), {"P.x": 1}) for port in ports)
    rule = Distinct(ports, strict=False)
    *_, told = Elements(variables[1:3], (rule,)).told
    assert str(told) == "A.b and A.c never take the same output"
    assert [*Elements(variables[1:2], (rule,)).told] == [variables[1], rule]


def test_of_very_many_that_differ_some_are_named() -> None:
    ports = tuple(Port("A", f"x{number:03}") for number in range(100))
    assert str(Distinct(ports, strict=True)) == (
        "A.x000, A.x001, A.x002, A.x003, A.x004 and 95 more never take the same output"
    )
    assert str(Distinct(ports[:3], strict=True)) == "A.x000, A.x001 and A.x002 never take the same output"
