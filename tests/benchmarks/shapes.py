"""Pipelines in which much is alike, and how fast stepwire means to state the problem of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from stepwire.solver.problem.wiring_problem import WiringProblem
from stepwire.solver.search.search import Search
from stepwire.specs import PipelineSpec

from .measure import Answer, measure
from .table import Row
from .targets import Target

DATA = {"type": "processing_output"}


def _pipeline(steps: dict[str, Any], **others: Any) -> PipelineSpec:
    made = {name: {"spec": {"kind": "Processing", **step}} for name, step in steps.items()}
    return PipelineSpec(name="shape", steps=made, **others)


def alike(number: int) -> PipelineSpec:
    """Make so many steps that may all feed one another, each output one other step."""
    step = {"dependencies": {"data": DATA}, "outputs": {"data": {**DATA, "max_consumers": 1}}}
    return _pipeline({f"s{place:04}": step for place in range(number)}, inputs={"raw": DATA})


def wide(number: int) -> PipelineSpec:
    """Make one step with so many dependencies that only a number tells apart."""
    needs = {f"part{place}": DATA for place in range(number)}
    return _pipeline({"Join": {"dependencies": needs}}, inputs={"raw": DATA})


def crowded(number: int) -> PipelineSpec:
    """Make one step with so many dependencies, all of which five outputs fit."""
    steps = {
        "Join": {"dependencies": {f"part{place}": DATA for place in range(number)}},
        "Make": {"outputs": {f"out{place}": DATA for place in range(5)}},
    }
    return _pipeline(steps, inputs={"raw": DATA})


def chain(number: int) -> PipelineSpec:
    """Make so many steps, each of which takes what the one before it makes."""
    steps = {
        f"s{place:05}": {
            "dependencies": {"data": {"type": f"t{place}"}},
            "outputs": {"data": {"type": f"t{place + 1}"}},
        }
        for place in range(number)
    }
    types = {f"t{place}": () for place in range(number + 1)}
    return _pipeline(steps, types=types, inputs={"raw": {"type": "t0"}})


def lines(number: int) -> PipelineSpec:
    """Make so many lines side by side, each of six steps from data to a registered model."""
    model, report, table = (
        {"type": name} for name in ("model_artifacts", "evaluation_report", "training_data")
    )
    metrics = {"type": "property_file", "data_type": "Json"}
    steps: dict[str, Any] = {}
    for place in range(number):
        mark = chr(ord("A") + place)
        steps |= {
            f"Prepare{mark}": {"dependencies": {"raw": table}, "outputs": {"train": DATA, "test": DATA}},
            f"Train{mark}": {
                "kind": "Training",
                "dependencies": {"train": table},
                "outputs": {"model": model},
            },
            f"Judge{mark}": {
                "dependencies": {"model": model, "test": DATA},
                "outputs": {"report": report, "metrics": metrics},
            },
            f"Gate{mark}": {
                "kind": "Condition",
                "dependencies": {"metrics": {**metrics, "json_path": "a.b"}},
            },
            f"Model{mark}": {"kind": "Model", "dependencies": {"model_data": model}},
            f"Register{mark}": {
                "kind": "RegisterModel",
                "dependencies": {"model_data": model, "report": report},
            },
        }
    return _pipeline(steps, inputs={"raw": table})


def _state(pipeline: PipelineSpec) -> Answer:
    problem = WiringProblem.of(pipeline)
    return {"dependencies": len(problem.variables), "evidence": len(problem.joints)}


def _check(pipeline: PipelineSpec) -> Answer:
    wiring = Search.over(pipeline).resolve()
    assert wiring is not None
    return {"score": wiring.score, "margins": "all" if wiring.complete else "some"}


class Shape(NamedTuple):
    """A pipeline of some size, what is asked of it, and what the answer is held to."""

    name: str
    make: Callable[[int], PipelineSpec]
    size: int
    ask: Callable[[PipelineSpec], Answer]
    target: Target


SHAPES = (
    Shape("state: alike", alike, 61, _state, Target("asking", 1)),
    Shape("state: alike", alike, 500, _state, Target("asking", 5)),
    Shape("state: one step's needs", wide, 2000, _state, Target("asking", 5)),
    Shape("state: five outputs", crowded, 2000, _state, Target("asking", 5)),
    Shape("state: chain", chain, 20_000, _state, Target("asking", 12)),
    Shape("check: parallel lines", lines, 20, _check, Target("asking", 1.5)),
)


def shape_rows(*, limit: float, share: float) -> Iterator[Row]:
    """State and solve each shape, at a share of its size."""
    for shape in SHAPES:
        size = max(4, int(shape.size * share))
        found = measure(partial(shape.make, size), shape.ask, limit=limit)
        met = shape.target.is_met(found, None)
        yield Row("sh", size, shape.name, "stepwire", found, limit, target=shape.target, met=met)
