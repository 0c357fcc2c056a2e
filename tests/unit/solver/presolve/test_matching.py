"""Shortages of sources, proven by matching."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import stepwire as sw
from stepwire.diagnosis.errors import NoWiringError
from stepwire.solver.presolve.matching import find_shortage
from stepwire.solver.presolve.propagate import propagate
from stepwire.solver.problem.wiring_problem import WiringProblem
from stepwire.specs import PipelineSpec


def crowded(outputs: int, *, distinct: bool = False) -> str:
    """One step with twelve dependencies that all want another output of a step."""
    made = ", ".join(f"o{number}: {{type: processing_output}}" for number in range(outputs))
    wanted = ", ".join(f"d{number}: {{type: processing_output}}" for number in range(12))
    group = ", ".join(f"d{number}" for number in range(12))
    declared = f", distinct: [[{group}]]" if distinct else ""
    return f"""
    steps:
      Make: {{kind: Processing, outputs: {{{made}}}}}
      Use: {{kind: Processing, dependencies: {{{wanted}}}{declared}}}
"""


def test_too_few_outputs_are_seen_without_a_search(read: Callable[[str], PipelineSpec]) -> None:
    """So many are never left to share; nor are few that are declared to differ."""
    for text in (crowded(11), crowded(11, distinct=True)):
        assert propagate(WiringProblem.of(read(text))) is None
        with pytest.raises(NoWiringError, match="never take the same output"):
            sw.resolve(read(text))


def test_just_enough_outputs_are_enough(read: Callable[[str], PipelineSpec]) -> None:
    assert propagate(WiringProblem.of(read(crowded(12)))) is not None


def test_an_input_may_feed_them_all(read: Callable[[str], PipelineSpec]) -> None:
    shared = "    inputs: {all: {type: processing_output}}\n"
    assert propagate(WiringProblem.of(read(shared + crowded(1)))) is not None


def test_exclusive_outputs_run_out(read: Callable[[str], PipelineSpec]) -> None:
    make = "      Make: {kind: Processing, outputs: {x: {type: training_data, max_consumers: 2}}}\n"
    uses = "".join(
        f"      Use{number}: {{kind: Training, dependencies: {{x: {{type: training_data}}}}}}\n"
        for number in range(3)
    )
    assert propagate(WiringProblem.of(read(f"    steps:\n{make}{uses}"))) is None


def test_the_dependencies_named_are_those_that_crowd_each_other(read: Callable[[str], PipelineSpec]) -> None:
    """Three want two outputs; a fourth, which could take one of them too, has another to turn to."""
    problem = WiringProblem.of(
        read(
            """
    types: {rare: {is: []}, free: {is: [rare]}}
    steps:
      Make: {kind: Custom, outputs: {a: {type: free, max_consumers: 1}, b: {type: free, max_consumers: 1}}}
      More: {kind: Custom, outputs: {c: {type: rare, max_consumers: 1}}}
      One: {kind: Custom, dependencies: {x: {type: free}}}
      Two: {kind: Custom, dependencies: {x: {type: free}}}
      Three: {kind: Custom, dependencies: {x: {type: free}}}
      Four: {kind: Custom, dependencies: {x: {type: rare}}}
"""
        )
    )
    short = find_shortage(problem, {variable.port: variable for variable in problem.variables})
    assert [str(variable.port) for variable in short] == ["One.x", "Three.x", "Two.x"]


def test_of_two_shortages_the_smaller_is_named(read: Callable[[str], PipelineSpec]) -> None:
    """Three share two outputs, and two want one: nobody else is named."""
    problem = WiringProblem.of(
        read(
            """
    types: {one: {is: []}, two: {is: []}}
    steps:
      Make: {kind: Custom, outputs: {a: {type: one, max_consumers: 1}, b: {type: one, max_consumers: 1},
                                     c: {type: two, max_consumers: 1}}}
      A1: {kind: Custom, dependencies: {x: {type: one}}}
      A2: {kind: Custom, dependencies: {x: {type: one}}}
      A3: {kind: Custom, dependencies: {x: {type: one}}}
      B1: {kind: Custom, dependencies: {x: {type: two}}}
      B2: {kind: Custom, dependencies: {x: {type: two}}}
"""
        )
    )
    short = find_shortage(problem, {variable.port: variable for variable in problem.variables})
    assert [str(variable.port) for variable in short] == ["B1.x", "B2.x"]
