"""However wirings are counted, they are as many as the referee finds, or as listing finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import prod
from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from stepwire.solver.deadline import NEVER
from stepwire.solver.engines.constraint import ConstraintSolver
from stepwire.solver.presolve.components import Component, decompose
from stepwire.solver.search.acyclic import count_acyclic
from stepwire.solver.search.alike import count_alike, kinds_of_steps
from stepwire.solver.search.cases import _count_by_cases, count_component
from stepwire.solver.search.effort import Effort
from stepwire.solver.search.feeding import Feeding
from stepwire.solver.search.search import Search
from stepwire.solver.search.sweep import count_by_sweep
from stepwire.specs import PipelineSpec

LISTABLE = 5_000
"""So many assignments of one component python-constraint goes through in a moment."""


def effort() -> Effort:
    """More work than any of these takes."""
    return Effort(10**8, NEVER)


def components(pipeline: PipelineSpec) -> tuple[Component, ...]:
    """The parts of a pipeline's problem that rules hold together, without any look ahead."""
    return decompose(replace(Search.over(pipeline).problem, joints=()))


def ways(component: Component) -> Iterator[tuple[str, int]]:
    """Count a component in every way that fits it."""
    feeding = Feeding.of(component, effort())
    yield "sweep", count_by_sweep(feeding, effort())
    yield "as chosen", count_component(component, effort())
    if feeding.acyclic:
        yield "recursion", count_acyclic(feeding, effort())
        if not feeding.limits and not feeding.sides:
            yield "alike", count_alike(feeding, kinds_of_steps(feeding, effort()), effort())
    if any(len(variable.values) > 1 for variable in component.variables):
        yield "cases", _count_by_cases(component, effort(), 0, {})


@settings(max_examples=60)
@given(data=st.data())
def test_every_way_counts_what_the_referee_finds(cases: st.SearchStrategy[Any], data: st.DataObject) -> None:
    truth = data.draw(cases)
    found = [dict(ways(component)) for component in components(truth.pipeline)]
    for way in {way for counts in found for way in counts}:
        event("way", way)
        assert prod(counts.get(way, counts["sweep"]) for counts in found) == len(truth.wirings), way


@settings(max_examples=25)
@given(data=st.data())
def test_every_way_counts_what_listing_finds(
    larger: st.SearchStrategy[PipelineSpec], data: st.DataObject
) -> None:
    """On larger pipelines than the referee can follow."""
    parts = components(data.draw(larger))
    assume(all(component.assignments <= LISTABLE for component in parts))
    for component in parts:
        solver = ConstraintSolver(component)
        listed = sum(1 for _ in solver.solutions(NEVER)) if component.assignments else 0
        assert set(dict(ways(component)).values()) == {listed}
