"""No phase goes on for long after its limit, however slow: each is made slow alone, by a clock of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from stepwire.diagnosis import explain
from stepwire.diagnosis.repairs import trials
from stepwire.solver import deadline as clock
from stepwire.solver.engines import clingo, clingo_facts, constraint
from stepwire.solver.presolve import components, linked, propagate
from stepwire.solver.problem import candidates, near
from stepwire.solver.search import effort
from stepwire.solver.search.errors import SearchLimitError
from stepwire.solver.search.search import Search
from stepwire.specs import PipelineSpec

LIMIT, TIMES, MORE = 1.0, 1.2, 0.5
"""Seconds; a search ends in so many times its limit and so many seconds more."""

SLOW = 4.0
"""Seconds that the phase would take in all."""

DATA = {"type": "processing_output"}


def _pipeline(number: int, **others: Any) -> PipelineSpec:
    step = {
        "kind": "Processing",
        "dependencies": {"data": DATA, "more": DATA},
        "outputs": {"data": {**DATA, "max_consumers": 3}, "more": DATA},
    }
    train = {
        "kind": "Training",
        "dependencies": {"train": {"type": "training_data"}},
        "outputs": {"m": {"type": "model_artifacts"}},
    }
    keep = {"kind": "Model", "dependencies": {"model_data": {"type": "model_artifacts"}}}
    made = {**{f"S{place}": step for place in range(number)}, "Fit": train, "Learn": train, "Keep": keep}
    steps: dict[str, Any] = {name: {"spec": spec} for name, spec in made.items()}
    return PipelineSpec(name="slow", inputs={"raw": DATA}, steps=steps, **others)


def _wired(search: Search) -> None:
    search.resolve()


def _counted(search: Search) -> None:
    search.count()


def _explained(search: Search) -> None:
    explain.explain_search(search, repairs=3, all_conflicts=True)


CIRCLE = [(f"S{number}", f"S{(number + 1) % 4}") for number in range(4)]


class Phase(NamedTuple):
    """What a search does again and again in one phase, and what asks for that."""

    where: Any
    name: str
    ask: Callable[[Search], None] = _wired
    order: tuple[tuple[str, str], ...] = ()
    steps: int = 4
    engine: Any = "auto"
    least: float = LIMIT
    """How long it goes on at least: a count has half of the time, and lists what it can in the other half."""


PHASES = {
    "judging": Phase(candidates, "fits"),
    "weighing": Phase(candidates, "weigh"),
    "joint evidence": Phase(near.Near, "within"),
    "propagating": Phase(propagate, "_apply"),
    "linking": Phase(linked._Writer, "number"),
    "dividing": Phase(components, "tied_by"),
    "grounding": Phase(clingo_facts, "_local"),
    "listing": Phase(constraint._AtMost, "__call__", steps=2, engine="constraint"),
    "margins": Phase(clingo.ClingoSolver, "best_elsewhere"),
    "counting": Phase(effort.Effort, "spend", _counted, least=LIMIT / 2),
    "repairs": Phase(trials.Trials, "solve", _explained, tuple(CIRCLE)),
}


class SlowClock:
    """A clock that stands still but for what one function takes."""

    def __init__(self) -> None:
        self.now, self.calls, self.step = 0.0, 0, 0.0

    def monotonic(self) -> float:
        """Tell the time."""
        return self.now

    def slow(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that takes a step of time more."""

        def run(*given: Any, **named: Any) -> Any:
            self.calls += 1
            self.now += self.step
            return function(*given, **named)

        return run  # a function, so that it becomes a method where it stands for one


@pytest.mark.parametrize("name", PHASES)
def test_a_slow_phase_ends_soon_after_the_limit(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A phase that would take four seconds at a limit of one ends within 1.7."""
    phase, slow = PHASES[name], SlowClock()
    monkeypatch.setattr(clock, "time", SimpleNamespace(monotonic=slow.monotonic))
    monkeypatch.setattr(phase.where, phase.name, slow.slow(getattr(phase.where, phase.name)))
    pipeline = _pipeline(phase.steps, order=phase.order)
    phase.ask(Search.over(pipeline, phase.engine))
    assert slow.calls >= 8, "not enough to be made slow"
    slow.now, slow.step = 0.0, SLOW / slow.calls
    with suppress(SearchLimitError):
        phase.ask(Search.over(pipeline, phase.engine, LIMIT))
    assert phase.least <= slow.now <= LIMIT * TIMES + MORE
