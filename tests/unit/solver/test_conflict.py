"""Conflicts: what cannot hold together, and nothing that does not matter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stepwire.solver.conflict import Conflict, find_conflict, is_satisfiable
from stepwire.solver.engines.choice import EngineName, engine_named
from stepwire.solver.problem import Problem
from stepwire.specs import PipelineSpec

BYSTANDER = """
      Other: {kind: Processing, outputs: {log: {type: property_file}}}
      Reader: {kind: Processing, dependencies: {log: {type: property_file, required: false}}}
"""


def conflict_of(pipeline: PipelineSpec, engine: EngineName = "auto") -> Conflict | None:
    return find_conflict(Problem.of(pipeline), engine_named(engine))


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
    assert is_satisfiable(Problem.of(pipeline), engine_named("clingo"))
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
"""
    )
    found = find_conflict(Problem.of(pipeline, relaxed=True), engine_named("auto"))
    assert found is not None
    assert [rule.code for rule in found.rules] == ["pin"]
