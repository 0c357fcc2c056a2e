"""All conflicts and all corrections of what has no wiring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stepwire.solver.conflicts import corrections
from stepwire.solver.conflicts.corrections import Clash, failing_components, find_all
from stepwire.solver.deadline import Deadline
from stepwire.solver.problem.elements import Elements
from stepwire.solver.problem.rules_over_several import Acyclic
from stepwire.solver.problem.wiring_problem import Element, Variable, WiringProblem
from stepwire.specs import PipelineSpec

RIVALS = """
    types: {one: {is: []}}
    steps:
      Make: {kind: Custom, outputs: {a: {type: one, max_consumers: 1}}}
      A1: {kind: Custom, dependencies: {x: {type: one}}}
      A2: {kind: Custom, dependencies: {x: {type: one}}}
      A3: {kind: Custom, dependencies: {x: {type: one}}}
      F: {kind: Fail}
      G: {kind: Fail}
    order: [[F, G], [G, F]]
"""


def clashes(pipeline: PipelineSpec, **options: Any) -> tuple[Clash, ...]:
    found, complete = find_all(WiringProblem.of(pipeline, relaxed=True), **options)
    assert complete
    return found


def told(each: Elements) -> str:
    """The members of a set in short."""
    rules = (rule.code for rule in each.rules)
    return " ".join((*(item.port.step for item in each.variables), *rules, *map("->".join, each.edges)))


def test_every_part_without_a_wiring_has_its_conflicts_and_corrections(
    read: Callable[[str], PipelineSpec],
) -> None:
    """Any two of three rivals conflict; two of them must go, or the rule. The ring of orders is apart."""
    ring, rivals = clashes(read(RIVALS))
    assert [told(each) for each in ring.conflicts] == ["acyclic F->G G->F"]
    assert [told(each) for each in ring.corrections] == ["acyclic", "F->G", "G->F"]
    assert [told(each) for each in rivals.conflicts] == [
        "A1 A2 exclusive",
        "A1 A3 exclusive",
        "A2 A3 exclusive",
    ]
    assert [told(each) for each in rivals.corrections] == ["exclusive", "A1 A2", "A1 A3", "A2 A3"]
    assert ring.complete
    assert rivals.complete


def test_firm_elements_are_left_alone(read: Callable[[str], PipelineSpec]) -> None:
    def firm(element: Element) -> bool:
        return isinstance(element, Variable | Acyclic)

    ring, rivals = clashes(read(RIVALS), firm=firm)
    assert [told(each) for each in ring.corrections] == ["F->G", "G->F"]
    assert [told(each) for each in rivals.corrections] == ["exclusive"]
    assert len(rivals.conflicts) == 3
    (nothing, _) = clashes(read(RIVALS), firm=lambda _: True)
    assert (nothing.corrections, len(nothing.conflicts)) == ((), 1)


def test_what_has_a_wiring_has_no_clash(read: Callable[[str], PipelineSpec]) -> None:
    assert clashes(read("steps: {A: {kind: Fail}}\n")) == ()


def test_at_the_limit_what_is_proven_is_told_and_what_is_firm_still_counts(
    read: Callable[[str], PipelineSpec], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of three conflicts and four corrections, two may be listed: one conflict is proven before."""
    monkeypatch.setattr(corrections, "MAX_CORRECTIONS", 2)
    _, rivals = clashes(read(RIVALS), firm=lambda element: isinstance(element, Variable))
    assert not rivals.complete
    assert [told(each) for each in rivals.conflicts] == ["A1 A2 exclusive"]
    assert [told(each) for each in rivals.corrections] == ["exclusive"]


def test_at_the_deadline_nothing_is_claimed_to_be_complete(read: Callable[[str], PipelineSpec]) -> None:
    problem = WiringProblem.of(read(RIVALS), relaxed=True)
    found, complete = find_all(problem, Deadline.after(0))
    assert not complete
    assert all(not clash.complete for clash in found)
    assert failing_components(problem, Deadline.after(0)) == ([], False)


def test_conflicts_that_share_a_rule_lie_in_one_part(read: Callable[[str], PipelineSpec]) -> None:
    """Of four rivals two and two conflict; what lies in the ring of orders is a part of its own."""
    fourth = "      A4: {kind: Custom, dependencies: {x: {type: one}}}\n      F:"
    problem = WiringProblem.of(read(RIVALS.replace("      F:", fourth)), relaxed=True)
    parts, complete = failing_components(problem)
    assert complete
    assert sorted([told(each) for each in proven] for _, proven in parts) == [
        ["A1 A2 exclusive", "A3 A4 exclusive"],
        ["acyclic F->G G->F"],
    ]
