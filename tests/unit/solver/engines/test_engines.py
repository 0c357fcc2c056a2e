"""Both engines keep one protocol; clingo also lists ties in order without sorting them."""

from __future__ import annotations

from itertools import islice, product
from typing import Any

import pytest

from stepwire.solver.components import Component, Flow
from stepwire.solver.engines import Engine, choice
from stepwire.solver.engines.choice import AutoEngine, assignments, engine_named
from stepwire.solver.engines.clingo import ClingoEngine
from stepwire.solver.engines.constraint import ConstraintEngine
from stepwire.solver.problem import AtMost, BranchSides, Distinct, SameSource
from stepwire.specs import Port

ENGINES: list[Engine] = [ConstraintEngine(), ClingoEngine()]


@pytest.fixture(params=ENGINES, ids=["constraint", "clingo"])
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.param
    return found


def tangle(draft: Any) -> Component:
    """Four variables under every rule at once: a possible cycle, a branch, and all local rules."""
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
    )
    return component


def test_the_engines_agree_on_everything(draft: Any) -> None:
    component = tangle(draft)
    one, other = (sorted(engine.solutions(component)) for engine in ENGINES)
    assert one == other
    assert 1 < len(one) < assignments(component)
    assert len({assignment for _, assignment in one}) == len(one)


def test_bounds_keep_the_scores_between_them(draft: Any, engine: Engine) -> None:
    component = tangle(draft)
    everything = sorted(engine.solutions(component))
    scores = sorted({score for score, _ in everything})
    low, high = scores[1], scores[-2]
    between = sorted(engine.solutions(component, at_least=low, at_most=high))
    assert between == [item for item in everything if low <= item[0] <= high]


def test_scores_are_found_from_the_best_down(draft: Any, engine: Engine) -> None:
    component = tangle(draft)
    everything = list(engine.solutions(component))
    expected = sorted({score for score, _ in everything}, reverse=True)
    found, score = [], engine.best_score(component)
    while score is not None:
        found.append(score)
        assert list(engine.with_score(component, score)) == sorted(a for s, a in everything if s == score)
        score = engine.best_below(component, score)
    assert found == expected


def test_the_best_of_one_variable_is_its_best_value(draft: Any, engine: Engine) -> None:
    """python-constraint settles constraints over one variable before it searches."""
    component = draft.component(draft.variable("A.a", {"P.x": 5, "P.y": 3, "P.z": 1}))
    assert engine.best_score(component) == 5
    assert engine.best_below(component, 5) == 3
    assert engine.best_below(component, 1) is None


def test_a_component_without_variables_has_one_empty_solution_or_none(engine: Engine) -> None:
    branch = BranchSides("Gate", ("A",), ("B",))
    apart = Component((), (), (), Flow(("A", "B", "C"), (("A", "C"),), (branch,), tangles=()))
    joined = Component((), (), (), Flow(("A", "B", "C"), (("A", "C"), ("B", "C")), (branch,), tangles=()))
    assert list(engine.solutions(apart)) == [(0, ())]
    assert list(engine.solutions(joined)) == []
    assert engine.best_score(joined) is None


def test_a_variable_without_values_has_no_solution(draft: Any, engine: Engine) -> None:
    component = draft.component(draft.variable("A.a", {}), draft.variable("A.b", {"P.x": 1}))
    assert list(engine.solutions(component)) == []


def test_two_searches_of_one_component_run_side_by_side(draft: Any, engine: Engine) -> None:
    component = tangle(draft)
    expected = list(engine.solutions(component))
    first, second = engine.solutions(component), engine.solutions(component)
    pairs = list(zip(first, second, strict=True))
    assert sorted(one for one, _ in pairs) == sorted(other for _, other in pairs) == sorted(expected)


def equal(draft: Any, variables: int) -> Component:
    """Three equally good values each, of which one may be taken twice at most."""
    members = [draft.variable(f"A{number}.a", {"P.x": 1, "P.y": 1, "P.z": 1}) for number in range(variables)]
    rule = AtMost(Port("P", "x"), 2, tuple(item.port for item in members))
    component: Component = draft.component(*members, rules=(rule,))
    return component


def test_clingo_lists_ties_in_order(draft: Any) -> None:
    component = equal(draft, 4)
    expected = [values for values in product(range(3), repeat=4) if values.count(0) <= 2]
    assert list(ClingoEngine().with_score(component, 4)) == expected
    assert list(ClingoEngine().with_score(component, 3)) == []


def test_the_first_of_many_ties_come_in_order(draft: Any) -> None:
    """Of thousands of ties, the first few are read without waiting for the others."""
    component = equal(draft, 12)
    assert assignments(component) > 100_000
    expected = (values for values in product(range(3), repeat=12) if values.count(0) <= 2)
    assert list(islice(ClingoEngine().with_score(component, 12), 30)) == list(islice(expected, 30))


def test_auto_takes_python_constraint_until_it_is_too_much(
    draft: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    component = equal(draft, 3)
    auto = AutoEngine()
    everything = sorted(auto.solutions(component))
    assert "large" not in vars(auto)
    monkeypatch.setattr(choice, "SMALL", 26)
    assert sorted(auto.solutions(component)) == everything
    assert isinstance(auto.large, ClingoEngine)
    assert (auto.best_score(component), auto.best_below(component, 3)) == (3, None)


@pytest.mark.parametrize(
    ("name", "kind"), [("constraint", ConstraintEngine), ("clingo", ClingoEngine), ("auto", AutoEngine)]
)
def test_engines_go_by_name(name: choice.EngineName, kind: type) -> None:
    assert isinstance(engine_named(name), kind)
