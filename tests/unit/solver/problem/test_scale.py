"""How much is stated of pipelines in which much is alike: counts, which do not depend on the machine."""

from __future__ import annotations

from typing import Any

import pytest

from stepwire.solver.problem.candidates import PipelinePorts
from stepwire.solver.problem.rules_over_several import Distinct
from stepwire.solver.problem.wiring_problem import WiringProblem
from stepwire.solver.ranking.evidence import Fact, Several
from stepwire.specs import PipelineSpec

DATA = {"type": "processing_output"}


def alike(number: int) -> PipelineSpec:
    """So many steps that differ in a number of their names only, and may all feed one another."""
    step = {"kind": "Processing", "dependencies": {"data": DATA}, "outputs": {"data": DATA}}
    steps: dict[str, Any] = {f"s{place:04}": {"spec": step} for place in range(number)}
    return PipelineSpec(name="alike", inputs={"raw": DATA}, steps=steps)


def wide(needs: int, makers: int) -> PipelineSpec:
    """A step with so many dependencies, and so many steps that make what fits them."""
    ports = {f"part{place}": DATA for place in range(needs)}
    steps: dict[str, Any] = {"Join": {"spec": {"kind": "Processing", "dependencies": ports}}}
    steps |= {
        f"P{place}": {"spec": {"kind": "Processing", "outputs": {"x": DATA}}} for place in range(makers)
    }
    return PipelineSpec(name="wide", inputs={"raw": DATA}, steps=steps)


def stated_facts(problem: WiringProblem) -> int:
    """Count the facts on which joint evidence rests, each once."""
    seen: dict[int, Fact] = {}
    waiting: list[Fact] = [joint.fact for joint in problem.joints]
    while waiting:
        fact = waiting.pop()
        if id(fact) not in seen:
            seen[id(fact)] = fact
            waiting += fact.facts if isinstance(fact, Several) else ()
    return len(seen)


@pytest.mark.parametrize("number", [20, 60])
def test_pairs_of_alike_ports_are_weighed_once(number: int) -> None:
    """Whatever the number of steps: once for the input, once for all outputs."""
    ports = PipelinePorts(alike(number))
    candidates = [item for dependency in ports.dependencies for item in ports.candidates(dependency)]
    assert len(candidates) == number * number
    assert len(ports.ranking.weighed) == 2


def test_facts_of_joint_evidence_grow_with_the_pairs_of_steps() -> None:
    """Four times as many pairs have four times as many facts, though sixty steps have countless ways."""
    few, many = (stated_facts(WiringProblem.of(alike(number))) for number in (30, 60))
    assert many <= 4.2 * few
    assert many <= 6 * 60 * 60


def test_dependencies_that_only_share_an_input_are_not_held_apart() -> None:
    """Sharing an input is free, so nothing is stated of three hundred dependencies that fit nothing else."""
    problem = WiringProblem.of(wide(300, 0))
    assert problem.local_rules == ()
    assert len(problem.joints) < 2 * 300


@pytest.mark.parametrize("needs", [3, 300])
def test_those_that_fit_one_output_are_held_apart_by_one_rule(needs: int) -> None:
    problem = WiringProblem.of(wide(needs, 2))
    assert problem.local_rules == (Distinct(tuple(item.port for item in problem.variables), strict=False),)
