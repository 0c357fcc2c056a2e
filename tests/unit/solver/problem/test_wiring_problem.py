"""A pipeline stated as variables, rules and fixed edges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from stepwire.solver.problem.elements import Elements
from stepwire.solver.problem.wiring_problem import WiringProblem
from stepwire.specs import PipelineSpec

PIPELINE = """
    inputs: {raw: {type: training_data}}
    steps:
      Load:
        kind: Processing
        outputs: {a: {type: training_data, max_consumers: 1}, b: {type: training_data}}
      Use:
        kind: Processing
        dependencies:
          a: {type: training_data}
          b: {type: training_data, required: false}
          c: {type: training_data, may_share: true}
        distinct: [[a, c]]
        same_source: [[c, b]]
      Gate: {kind: Condition}
    order: [[Load, Gate]]
    branches: {Gate: {if: [Use]}}
"""


def test_variables_are_dependencies_in_order_of_address(read: Callable[[str], PipelineSpec]) -> None:
    problem = WiringProblem.of(read(PIPELINE))
    assert [str(item.port) for item in problem.variables] == ["Use.a", "Use.b", "Use.c"]
    assert [item.required for item in problem.variables] == [True, False, True]
    assert problem.variables[1].values[-1] is None
    assert problem.variables[1].scores[-1] == 0
    assert None not in problem.variables[0].values


def test_rules_say_what_they_hold(read: Callable[[str], PipelineSpec]) -> None:
    problem = WiringProblem.of(read(PIPELINE))
    assert [(rule.code, str(rule)) for rule in (*problem.local_rules, *problem.flow_rules)] == [
        ("exclusive", "Load.a feeds at most 1 (max_consumers)"),
        ("distinct", "Use.a and Use.b never take the same output"),
        ("distinct", "Use.a and Use.c never take the same output"),
        ("same-source", "Use.b, Use.c come from one producer"),
        ("acyclic", "no step runs before itself"),
    ]


def test_inputs_may_be_shared_unless_a_group_is_declared(read: Callable[[str], PipelineSpec]) -> None:
    problem = WiringProblem.of(read(PIPELINE))
    raw = problem.variables[0].candidates[-1].source
    assert str(raw) == "inputs.raw"
    automatic, declared = problem.local_rules[1:3]
    assert not automatic.forbids_sharing(raw)  # type: ignore[union-attr]
    assert declared.forbids_sharing(raw)  # type: ignore[union-attr]


def test_a_branch_with_one_side_is_an_order_and_no_rule(read: Callable[[str], PipelineSpec]) -> None:
    problem = WiringProblem.of(read(PIPELINE))
    assert problem.fixed_edges == {("Load", "Gate"), ("Gate", "Use")}
    both = WiringProblem.of(read(PIPELINE.replace("{if: [Use]}", "{if: [Use], else: [Load]}")))
    assert str(both.flow_rules[1]) == "no step needs both sides of the condition 'Gate'"


def test_a_pin_binds_an_optional_dependency(read: Callable[[str], PipelineSpec]) -> None:
    """Whoever pins a dependency wants it bound: leaving it unbound would drop the pin in silence."""
    problem = WiringProblem.of(read(PIPELINE + "    pins: {Use.b: Load.b}\n"))
    assert problem.variables[1].required
    assert [str(item.source) for item in problem.variables[1].candidates] == ["Load.b"]


def test_places_tell_where_a_steps_variables_stand(read: Callable[[str], PipelineSpec]) -> None:
    problem = WiringProblem.of(read(PIPELINE))
    assert problem.places == {"Use": (0, 1, 2)}


CHOSEN = (
    PIPELINE
    + """
    pins: {Use.b: Load.b}
    forbid: [[Use.c, inputs.raw]]
"""
)


def test_a_relaxed_problem_has_pins_and_forbidden_bindings_as_rules(
    read: Callable[[str], PipelineSpec],
) -> None:
    problem = WiringProblem.of(read(CHOSEN), relaxed=True)
    assert [(rule.code, str(rule)) for rule in problem.local_rules[-2:]] == [
        ("pin", "Use.b is pinned to Load.b"),
        ("forbid", "Use.c must not take inputs.raw"),
    ]
    assert problem.variables == WiringProblem.of(read(PIPELINE)).variables
    assert not problem.variables[1].required


def test_elements_are_told_apart_and_put_together_again(read: Callable[[str], PipelineSpec]) -> None:
    """Joint evidence is no element: what cannot hold together is the same, whatever it scores."""
    problem = WiringProblem.of(read(CHOSEN), relaxed=True)
    elements = Elements.of(problem.elements)
    assert elements.problem == replace(problem, joints=())
    assert tuple(elements) == problem.elements
    assert len(elements) == len(problem.elements) == 3 + 6 + 1 + 2


def test_what_no_source_may_supply_is_missing_whatever_is_forbidden(
    read: Callable[[str], PipelineSpec],
) -> None:
    pipeline = read(
        """
    steps:
      Load: {kind: Processing, outputs: {a: {type: training_data}}}
      Use: {kind: Training, dependencies: {a: {type: training_data}, m: {type: model_artifacts}}}
    forbid: [[Use.a, Load.a]]
"""
    )
    assert [str(item.port) for item in WiringProblem.of(pipeline).missing] == ["Use.a", "Use.m"]
    relaxed = WiringProblem.of(pipeline, relaxed=True)
    assert [str(item.port) for item in relaxed.missing] == ["Use.m"]
    assert [str(item.port) for item in relaxed.supplied.variables] == ["Use.a"]
