"""All engines keep one protocol; clingo also lists ties in order without sorting them."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, product
from typing import Any

import pytest

from stepwire.solver.deadline import Deadline, TimeIsUp
from stepwire.solver.engines import Engine, choice
from stepwire.solver.engines.choice import engine_named
from stepwire.solver.engines.clingo import ClingoSolver
from stepwire.solver.engines.constraint import ConstraintSolver
from stepwire.solver.engines.listing import ListingSolver
from stepwire.solver.presolve.components import Component, Flow
from stepwire.solver.presolve.linked import AtLeast, Linked, LinkedPoints, Met
from stepwire.solver.problem.rules_over_several import (
    AtMost,
    BranchSides,
    Distinct,
    Forbidden,
    Pinned,
    SameSource,
)
from stepwire.specs import Port

ENGINES: list[Engine] = [ListingSolver, ConstraintSolver, ClingoSolver]
NEVER = Deadline()


@pytest.fixture(params=ENGINES, ids=["listing", "constraint", "clingo"])
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.param
    return found


def tangle(draft: Any) -> Component:
    """Four variables under every rule at once, and joint evidence that is gained or paid."""
    variables = (
        draft.variable("A.a", {"B.x": 4, "P.x": 3, "inputs.i": -1}),
        draft.variable("A.b", {"P.x": 4, "P.y": 4, "inputs.i": 1}, required=False),
        draft.variable("B.a", {"A.x": 5, "P.x": 2, "P.y": 2}),
        draft.variable("C.a", {"A.x": 1, "B.x": 1, "P.y": -2}, required=False),
    )
    ports = [item.port for item in variables]
    component: Component = draft.component(
        *variables,
        rules=(
            AtMost(Port("P", "x"), 1, tuple(ports[:3])),
            Distinct((ports[0], ports[1]), strict=True),
            SameSource((ports[1], ports[2])),
        ),
        flow=Flow(
            ("A", "B", "C", "P"),
            (("P", "C"),),
            (BranchSides("Gate", ("A",), ("P",)),),
            tangles=(("A", "B", "C", "P"),),
        ),
        joints=Linked(
            (
                Met(0, frozenset((1,))),
                Met(3, frozenset((0, 3))),
                AtLeast(2, (0, 1)),
                Met(1, frozenset((0,))),
                AtLeast(1, (2, 3)),
                Met(2, frozenset((0, 2))),
                Met(1, frozenset((1, 3))),
                AtLeast(2, (5, 6)),
                Met(0, frozenset((0,))),
                AtLeast(2, (1, 5, 6)),
            ),
            (LinkedPoints(3, 4), LinkedPoints(-4, 7), LinkedPoints(2, 8), LinkedPoints(-1, 9)),
        ),
    )
    return component


def test_joint_evidence_counts_once_when_some_way_holds(draft: Any) -> None:
    component = tangle(draft)
    alone = replace(component, joints=Linked())
    assert component.score((1, 0, 0, 0)) == alone.score((1, 0, 0, 0)) + 3 - 1
    assert component.score((0, 1, 0, 1)) == alone.score((0, 1, 0, 1)) - 4 + 2 - 1
    assert component.most == alone.most + 3 + 2


def test_joint_evidence_moves_the_best(draft: Any) -> None:
    """The example above tests something: without what is given together, another solution is first."""
    alone = replace(tangle(draft), joints=Linked())
    assert next(ConstraintSolver(alone).best_first(NEVER))[1] != listed(draft)[0][1]


def listed(draft: Any) -> list[tuple[int, tuple[int, ...]]]:
    """All solutions of the tangle in canonical order, sorted here."""
    found = ConstraintSolver(tangle(draft)).solutions(NEVER)
    return sorted(found, key=lambda item: (-item[0], item[1]))


def test_every_solution_comes_once(draft: Any, engine: Engine) -> None:
    component = tangle(draft)
    expected = listed(draft)
    found = list(engine(component).solutions(NEVER))
    assert sorted(found) == sorted(expected)
    assert len(set(found)) == len(found)
    assert 1 < len(found) < component.assignments
    assert engine(component).count(NEVER) == (len(found), True)


def test_solutions_come_best_first_ties_in_order(draft: Any, engine: Engine) -> None:
    expected = listed(draft)
    assert len({score for score, _ in expected}) < len(expected)
    solver = engine(tangle(draft))
    assert solver.bound() >= expected[0][0]
    assert list(solver.best_first(NEVER)) == expected
    assert solver.bound() == expected[0][0]


@pytest.mark.parametrize("seen", [0, 1, 2, 5, None])
def test_the_best_elsewhere_is_that_of_all_whatever_was_listed(
    draft: Any, engine: Engine, seen: int | None
) -> None:
    component, everything = tangle(draft), listed(draft)
    solver = engine(component)
    assert list(islice(solver.best_first(NEVER), seen)) == everything[:seen]
    for number, variable in enumerate(component.variables):
        for place in range(len(variable.values)):
            others = [
                score
                for score, found in everything
                if found[number] != place and variable.values[found[number]] is not None
            ]
            assert solver.best_elsewhere(number, place, NEVER) == max(others, default=None)


def test_the_places_in_use_are_those_of_some_solution(draft: Any, engine: Engine) -> None:
    component = tangle(draft)
    used = [frozenset(column) for column in zip(*(found for _, found in listed(draft)), strict=True)]
    assert list(engine(component).places_in_use(NEVER)) == used
    assert any(len(places) < len(item.values) for places, item in zip(used, component.variables, strict=True))


def test_the_best_of_one_variable_is_its_best_value(draft: Any, engine: Engine) -> None:
    component = draft.component(draft.variable("A.a", {"P.x": 5, "P.y": 3, "P.z": 1}))
    assert list(engine(component).best_first(NEVER)) == [(5, (0,)), (3, (1,)), (1, (2,))]


def test_a_component_without_variables_has_one_empty_solution_or_none(engine: Engine) -> None:
    branch = BranchSides("Gate", ("A",), ("B",))
    apart = Component((), (), (), Flow(("A", "B", "C"), (("A", "C"),), (branch,), tangles=()))
    joined = Component((), (), (), Flow(("A", "B", "C"), (("A", "C"), ("B", "C")), (branch,), tangles=()))
    assert list(engine(apart).solutions(NEVER)) == list(engine(apart).best_first(NEVER)) == [(0, ())]
    assert list(engine(joined).solutions(NEVER)) == list(engine(joined).best_first(NEVER)) == []
    assert engine(joined).count(NEVER) == (0, True)


def test_two_searches_of_one_component_run_side_by_side(draft: Any, engine: Engine) -> None:
    solver = engine(tangle(draft))
    for ask in (solver.solutions, solver.best_first):
        expected = list(ask(NEVER))
        pairs = list(zip(ask(NEVER), ask(NEVER), strict=True))
        assert sorted(one for one, _ in pairs) == sorted(other for _, other in pairs) == sorted(expected)


def equal(draft: Any, variables: int) -> Component:
    """Three equally good values each, of which one may be taken twice at most."""
    members = [draft.variable(f"A{number}.a", {"P.x": 1, "P.y": 1, "P.z": 1}) for number in range(variables)]
    rule = AtMost(Port("P", "x"), 2, tuple(item.port for item in members))
    component: Component = draft.component(*members, rules=(rule,))
    return component


def test_the_first_of_many_ties_come_in_order(draft: Any) -> None:
    """Of thousands of ties, the first few are read without waiting for the others."""
    component = equal(draft, 12)
    assert component.assignments > 100_000
    expected = ((12, values) for values in product(range(3), repeat=12) if values.count(0) <= 2)
    assert list(islice(ClingoSolver(component).best_first(NEVER), 30)) == list(islice(expected, 30))


def knot(draft: Any, number: int) -> Component:
    """Steps that may all feed each other, two needs each, or be fed from outside for fewer points."""
    steps = [f"S{each:02}" for each in range(number)]
    variables, rules = [], []
    for step in steps:
        offers = {f"{other}.x": 3 for other in steps if other != step} | {"inputs.i": 1}
        both = [draft.variable(f"{step}.{name}", offers) for name in "ab"]
        variables += both
        rules.append(Distinct((both[0].port, both[1].port), strict=False))
    flow = Flow(tuple(steps), (), (), tangles=(tuple(steps),))
    component: Component = draft.component(*variables, rules=tuple(rules), flow=flow)
    return component


def test_a_knot_is_solved_whose_steps_are_all_alike(draft: Any) -> None:
    """The first step takes both from outside, the second one; any step may be the first."""
    component = knot(draft, 30)
    found = list(islice(ClingoSolver(component).best_first(Deadline.after(60)), 20))
    assert {score for score, _ in found} == {component.most - 3 * 2}
    assert [places for _, places in found] == sorted(places for _, places in found)


def test_where_nothing_can_be_lost_the_best_is_found_without_listing_all(draft: Any) -> None:
    """Twelve dependencies share out twelve equal sources in 12! ways; each scores alike."""
    offers = {f"P{number:02}.x": 1 for number in range(12)}
    variables = [draft.variable(f"A{number:02}.a", offers) for number in range(12)]
    ports = tuple(item.port for item in variables)
    rules = tuple(AtMost(Port(f"P{number:02}", "x"), 1, ports) for number in range(12))
    solver = ClingoSolver(draft.component(*variables, rules=rules))
    (_, first), (_, second) = islice(solver.best_first(Deadline.after(20)), 2)
    assert first == tuple(range(12))
    assert second == (*range(10), 11, 10)
    assert solver.best_elsewhere(0, 0, Deadline.after(20)) == 12


@pytest.mark.parametrize("engine", [ConstraintSolver, ClingoSolver])
@pytest.mark.parametrize("question", ["solutions", "best_first"])
def test_a_search_ends_at_its_deadline(draft: Any, engine: Engine, question: str) -> None:
    solver = engine(equal(draft, 40))
    with pytest.raises(TimeIsUp):
        list(getattr(solver, question)(Deadline.after(0.1)))
    found, exact = solver.count(Deadline.after(0.1))
    assert found > 0
    assert not exact


def test_a_bound_is_known_before_the_best(draft: Any) -> None:
    """Stopped at once, clingo has proven nothing, and the bound is the sum of the best values."""
    component = equal(draft, 12)
    solver = ClingoSolver(component)
    with pytest.raises(TimeIsUp):
        next(solver.best_first(Deadline.after(0)))
    assert solver.bound() == component.most == 12


def test_auto_takes_python_constraint_unless_there_is_too_little_or_too_much(
    draft: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """27 assignments are looked at one by one, and by a library where that is too many."""
    component = equal(draft, 3)
    auto = engine_named("auto")
    assert type(auto(component)) is ListingSolver
    monkeypatch.setattr(choice, "MAX_TRIED_OUTRIGHT", 26)
    assert isinstance(auto(component), ConstraintSolver)
    monkeypatch.setattr(choice, "MAX_LISTED_BY_CONSTRAINT", 26)
    assert isinstance(auto(component), ClingoSolver)


def test_engines_go_by_name(draft: Any) -> None:
    component = equal(draft, 2)
    assert isinstance(engine_named("constraint")(component), ConstraintSolver)
    assert isinstance(engine_named("clingo")(component), ClingoSolver)


def test_pins_and_forbidden_bindings_are_kept_where_a_component_has_them(draft: Any, engine: Engine) -> None:
    """A pin also binds an optional variable; to a source that is no candidate, it leaves no solution."""
    maybe = draft.variable("A.a", {"P.x": 3, "P.y": 2}, required=False)
    other = draft.variable("A.b", {"P.x": 3, "P.y": 2})
    rules = (Pinned(maybe.port, Port("P", "y")), Forbidden(other.port, Port("P", "x")))
    assert list(engine(draft.component(maybe, other, rules=rules)).best_first(NEVER)) == [(4, (1, 1))]
    assert list(engine(draft.component(maybe, other, rules=rules[1:])).best_first(NEVER)) == [
        (5, (0, 1)),
        (4, (1, 1)),
        (2, (2, 1)),
    ]
    broken = draft.component(maybe, other, rules=(Pinned(maybe.port, Port("Q", "z")),))
    assert list(engine(broken).solutions(NEVER)) == []
    assert engine(broken).core(NEVER).local_rules == broken.rules
