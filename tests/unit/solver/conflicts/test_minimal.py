"""Conflicts: what cannot hold together, and nothing that does not matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stepwire.solver.conflicts.minimal import Conflict, find_conflict, find_conflicts, is_satisfiable
from stepwire.solver.deadline import Deadline
from stepwire.solver.engines.choice import EngineName, engine_named
from stepwire.solver.problem.rules_over_several import Acyclic, BranchSides, Distinct
from stepwire.solver.problem.wiring_problem import WiringProblem
from stepwire.specs import PipelineSpec

BYSTANDER = """
      Other: {kind: Processing, outputs: {log: {type: property_file}}}
      Reader: {kind: Processing, dependencies: {log: {type: property_file, required: false}}}
"""


def conflict_of(pipeline: PipelineSpec, engine: EngineName = "auto") -> Conflict | None:
    return find_conflict(WiringProblem.of(pipeline), engine_named(engine))


@pytest.mark.parametrize("engine", ["constraint", "clingo"])
def test_three_that_need_two_exclusive_outputs(
    read: Callable[[str], PipelineSpec], engine: EngineName
) -> None:
    pipeline = read(
        """
    steps:
      Load: {kind: Processing, outputs: {a: {type: training_data, max_consumers: 1},
                                         b: {type: training_data, max_consumers: 1}}}
      One: {kind: Training, dependencies: {data: {type: training_data}}}
      Two: {kind: Training, dependencies: {data: {type: training_data}}}
      Three: {kind: Training, dependencies: {data: {type: training_data}}}
"""
        + BYSTANDER
    )
    found = conflict_of(pipeline, engine)
    assert found is not None
    assert [str(item.port) for item in found.variables] == ["One.data", "Three.data", "Two.data"]
    assert [rule.code for rule in found.rules] == ["exclusive", "exclusive"]
    assert found.edges == ()


def test_fixed_edges_that_form_a_cycle(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read(
        """
    steps: {A: {kind: Fail}, B: {kind: Fail}, C: {kind: Fail}}
    order: [[A, B], [B, A], [B, C]]
"""
    )
    found = conflict_of(pipeline)
    assert found is not None
    assert found.edges == (("A", "B"), ("B", "A"))
    assert [rule.code for rule in found.rules] == ["acyclic"]
    assert found.variables == ()


def test_an_order_against_a_need(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read(
        """
    steps:
      Load: {kind: Processing, outputs: {a: {type: training_data}}}
      Use: {kind: Training, dependencies: {a: {type: training_data}}}
"""
        + BYSTANDER
        + "    order: [[Use, Load], [Other, Load]]\n"
    )
    found = conflict_of(pipeline)
    assert found is not None
    assert [str(item.port) for item in found.variables] == ["Use.a"]
    assert found.edges == (("Use", "Load"),)


def test_a_step_that_needs_both_sides_of_a_condition(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read(
        """
    steps:
      Gate: {kind: Condition}
      Yes: {kind: Processing, outputs: {a: {type: training_data}}}
      No: {kind: Processing, outputs: {b: {type: model_artifacts}}}
      Join: {kind: Lambda, dependencies: {a: {type: training_data}, b: {type: model_artifacts}}}
    branches: {Gate: {if: [Yes], else: [No]}}
"""
    )
    found = conflict_of(pipeline)
    assert found is not None
    assert [str(item.port) for item in found.variables] == ["Join.a", "Join.b"]
    assert [rule.code for rule in found.rules] == ["branch"]


def test_what_has_a_wiring_has_no_conflict(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read("steps:" + BYSTANDER)
    assert conflict_of(pipeline) is None
    assert is_satisfiable(WiringProblem.of(pipeline), engine_named("clingo"))
    assert conflict_of(read("steps: {}\n")) is None


def test_a_pin_by_which_an_optional_dependency_must_be_bound_is_named(
    read: Callable[[str], PipelineSpec],
) -> None:
    """Without the pin it could stay unbound, so the dependency alone is no conflict."""
    pipeline = read(
        """
    inputs: {rows: {type: training_data}}
    steps:
      Use:
        kind: Training
        dependencies: {data: {type: training_data, required: false, compatible_sources: [No]}}
    pins: {Use.data: inputs.rows}
    policy: {compatible_sources: require}
"""
    )
    found = find_conflict(WiringProblem.of(pipeline, relaxed=True), engine_named("auto"))
    assert found is not None
    assert [rule.code for rule in found.rules] == ["pin"]


CROWD = """
    types: {one: {is: []}, two: {is: []}}
    steps:
      Make:
        kind: Custom
        outputs:
          a: {type: one, max_consumers: 1}
          b: {type: one, max_consumers: 1}
          c: {type: two, max_consumers: 1}
      A1: {kind: Custom, dependencies: {x: {type: one}, y: {type: two}}}
      A2: {kind: Custom, dependencies: {x: {type: one}, y: {type: two}}}
"""


def codes(conflict: Conflict | None) -> list[str]:
    """The addresses, the rules by their codes, and the edges of a conflict."""
    assert conflict is not None
    edges = [f"{first}->{second}" for first, second in conflict.edges]
    return [*(str(item.port) for item in conflict.variables), *(rule.code for rule in conflict.rules), *edges]


@pytest.mark.parametrize("engine", ["constraint", "clingo"])
def test_pins_and_forbidden_bindings_are_members(
    read: Callable[[str], PipelineSpec], engine: EngineName
) -> None:
    """The pin leaves the other one an output that is forbidden to it."""
    pipeline = read(
        CROWD.replace("y: {type: two}", "y: {type: two, required: false}")
        + "    pins: {A1.x: Make.a}\n    forbid: [[A2.x, Make.b], [A2.y, Make.a]]\n"
    )
    problem = WiringProblem.of(pipeline, relaxed=True)
    found = find_conflict(problem, engine_named(engine))
    assert codes(found) == ["A1.x", "A2.x", "exclusive", "pin", "forbid"]
    assert find_conflicts(problem, engine_named(engine)) == ((found,), True)


def test_a_pin_to_what_does_not_fit_conflicts_with_its_dependency(
    read: Callable[[str], PipelineSpec],
) -> None:
    pipeline = read(CROWD.replace("y: {type: two}", "y: {type: two, required: false}"))
    broken = pipeline.model_copy(update={"pins": {"A1.y": "Make.a"}})
    found = find_conflict(WiringProblem.of(broken, relaxed=True), engine_named("auto"))
    assert codes(found) == ["A1.y", "pin"]


def test_independent_conflicts_come_smaller_ones_first(read: Callable[[str], PipelineSpec]) -> None:
    """A1.y and A2.y want one output; a ring of orders; three want two outputs of another type."""
    pipeline = read(
        CROWD
        + "      A3: {kind: Custom, dependencies: {x: {type: one}}}\n"
        + "      F: {kind: Fail}\n      G: {kind: Fail}\n"
        + "    order: [[F, G], [G, F]]\n"
    )
    found, complete = find_conflicts(WiringProblem.of(pipeline, relaxed=True), engine_named("auto"))
    assert complete
    assert [codes(each) for each in found] == [
        ["acyclic", "F->G", "G->F"],
        ["A1.y", "A2.y", "exclusive"],
        ["A1.x", "A2.x", "A3.x", "exclusive", "exclusive"],
    ]


def test_what_is_missing_is_set_aside(read: Callable[[str], PipelineSpec]) -> None:
    pipeline = read(CROWD.replace("dependencies: {x: {type: one}", "dependencies: {x: {type: property_file}"))
    problem = WiringProblem.of(pipeline, relaxed=True)
    assert [str(item.port) for item in problem.missing] == ["A1.x", "A2.x"]
    (found,), _ = find_conflicts(problem, engine_named("auto"))
    assert codes(found) == ["A1.y", "A2.y", "exclusive"]


def test_a_step_on_both_sides_of_a_condition_is_a_conflict_by_itself() -> None:
    rule = BranchSides("Gate", ("A",), ("A",))
    problem = WiringProblem((), (), (Acyclic(), rule))
    (found,), complete = find_conflicts(problem, engine_named("auto"))
    assert (found.rules, complete) == ((rule,), True)


def test_conflicts_end_at_the_deadline(read: Callable[[str], PipelineSpec]) -> None:
    """What a search would have to settle is left open then, and the answer says so."""
    problem = WiringProblem.of(read(CROWD.replace(", y: {type: two}", "")), relaxed=True)
    assert find_conflicts(problem, engine_named("clingo")) == ((), True)
    assert find_conflicts(problem, engine_named("clingo"), Deadline.after(0)) == ((), False)


def triangle(draft: Any) -> WiringProblem:
    """Of three dependencies no two may share, and there are two outputs; a fourth may take a third one."""
    names, outputs = ("A.x", "B.x", "C.x", "D.x"), ("P.a", "P.b", "P.c")
    sources = (outputs[:2],) * 3 + (outputs,)
    variables = [
        draft.variable(name, dict.fromkeys(some, 1)) for name, some in zip(names, sources, strict=True)
    ]
    ports = [item.port for item in variables]
    pairs = ((0, 1), (0, 2), (1, 2), (2, 3))
    return WiringProblem(
        tuple(variables), tuple(Distinct((ports[one], ports[two]), strict=True) for one, two in pairs)
    )


@pytest.mark.parametrize("engine", ["constraint", "clingo"])
def test_what_only_a_search_can_tell_is_minimal_too(draft: Any, engine: EngineName) -> None:
    """Two and two of the dependencies can be told apart; the fourth has no part in it."""
    problem = triangle(draft)
    assert not is_satisfiable(problem, engine_named(engine))
    found = find_conflict(problem, engine_named(engine))
    assert codes(found) == ["A.x", "B.x", "C.x", "distinct", "distinct", "distinct"]
    assert is_satisfiable(problem.without({problem.variables[0].port}), engine_named(engine))
