"""Hands random pipelines, each with the referee's judgement, to the tests of this folder."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import assume, event
from hypothesis import strategies as st

from stepwire.solver.engines import choice
from stepwire.solver.problem.candidates import PipelinePorts
from stepwire.solver.problem.wiring_problem import WiringProblem
from stepwire.solver.search import streams as enumerate_
from stepwire.specs import PipelineSpec, Port

MANY = 800
"""More assignments than so many are not looked at one by one."""


@pytest.fixture(scope="session")
def referee() -> ModuleType:
    """The brute-force referee: `referee.py`."""
    return _beside("referee")


@pytest.fixture(scope="session")
def strategies() -> ModuleType:
    """The hypothesis strategies: `strategies.py`."""
    return _beside("strategies")


@pytest.fixture(scope="session")
def changes() -> ModuleType:
    """Ways to change a pipeline: `changes.py`."""
    return _beside("changes")


@pytest.fixture(scope="session")
def cases(referee: ModuleType, strategies: ModuleType) -> st.SearchStrategy[Any]:
    """Random pipelines as `referee.Truth`s."""

    def judged(pipeline: PipelineSpec) -> Any:
        assume(referee.size(pipeline) <= MANY)
        truth = referee.Truth(pipeline, points(pipeline), WiringProblem.of(pipeline).joints)
        number = len(truth.wirings)
        event("joint evidence", ", ".join(sorted({joint.kind for joint in truth.joints})))
        event("wirings", "0" if not number else "1" if number == 1 else "2 or more")
        return truth

    drawn = st.one_of([strategies.pipelines()] * 4 + [strategies.lines()])
    return drawn.map(judged)


@pytest.fixture(scope="session")
def larger(strategies: ModuleType) -> st.SearchStrategy[PipelineSpec]:
    """Random pipelines that are too large for the referee."""
    return strategies.pipelines(strategies.MORE_STEPS, 7)  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def unsolvable(cases: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Random pipelines that have no wiring."""
    return cases.filter(lambda truth: not truth.wirings)


@pytest.fixture(scope="session")
def solvable(cases: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Random pipelines that have wirings."""
    return cases.filter(lambda truth: truth.wirings)


@pytest.fixture(scope="module", autouse=True)
def small_limits() -> Iterator[None]:
    """Search as in large pipelines: `auto` uses all engines, and solutions are not kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(choice, "MAX_TRIED_OUTRIGHT", 3)
        patch.setattr(choice, "MAX_LISTED_BY_CONSTRAINT", 6)
        patch.setattr(enumerate_, "KEPT", 2)
        yield


def points(pipeline: PipelineSpec) -> Callable[[Port, Port], int]:
    """The score of each binding: all that the referee takes from the solver."""
    ports = PipelinePorts(pipeline)
    known = {
        (dependency.port, candidate.source): candidate.score
        for dependency in ports.dependencies
        for candidate in ports.candidates(dependency)
    }
    return lambda dependency, source: known[dependency, source]


def _beside(name: str) -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parent))
        return importlib.import_module(name)
