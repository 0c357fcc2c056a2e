"""Pipelines without a wiring: a part that cannot be wired, put into the middle of a pipeline that can.

The part hangs together with the pipeline: it may take from a step before it or from one after it, and runs
before others, so that it lies in a component of the pipeline. Without any one of the elements by which the
part contradicts itself, a wiring comes back: there is one minimal conflict, and its size is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stepwire.specs import PipelineSpec, Port

from .regimes import NEAR, Regime, pipeline

RARE = "rare"
"""The type of what the part hands on; no other step takes it."""


@dataclass(frozen=True)
class Flaw:
    """Steps that cannot be wired; how many dependencies and rules their conflict has.

    `enters` is the step that may take from the rest of the pipeline, `leaves` the one that runs before some
    of it; the first feeds the second.
    """

    name: str
    steps: Mapping[str, Mapping[str, Any]]
    enters: str
    leaves: str
    dependencies: int
    rules: int
    pins: Mapping[str, str] = field(default_factory=dict)


def _step(*outputs: str, feeds: int | None = None, **dependencies: list[str]) -> dict[str, Any]:
    """Specify a step by its outputs, which feed so many, and by the sources of each dependency."""
    return {
        "kind": "Custom",
        "outputs": {name: {"type": RARE, "max_consumers": feeds} for name in outputs},
        "dependencies": {
            name: {"type": RARE, "compatible_sources": sources, "may_share": True}
            for name, sources in dependencies.items()
        },
    }


FLAWS = (
    Flaw(
        "pigeonhole",
        {
            "Rare": _step("one", "two", "three", feeds=1),
            **{f"Want{number}": _step(it=["Rare"]) for number in range(4)},
        },
        enters="Rare",
        leaves="Want0",
        dependencies=4,  # for three outputs
        rules=3,
    ),
    Flaw(
        "cycle",
        {
            "Loop0": _step("out", it=["Loop1", "Loop2"]),
            "Loop1": _step("out", it=["Loop0", "Loop2"]),
            "Loop2": _step("out", it=["Loop0", "Loop1"]),
        },
        enters="Loop0",
        leaves="Loop1",
        dependencies=3,  # each of which takes from a step that takes from another of the three
        rules=1,
    ),
    Flaw(
        "same-source",
        {
            "Left": _step("out"),
            "Middle": _step("out"),
            "Right": _step("out"),
            "Join": {
                **_step(a=["Left", "Middle"], b=["Middle", "Right"], c=["Left", "Right"]),
                "same_source": [["a", "b", "c"]],
            },
        },
        enters="Left",
        leaves="Join",
        dependencies=3,  # any two of which have a producer in common
        rules=1,
    ),
    Flaw(
        "pin",
        {
            "Rare": _step("one", "two", feeds=1),
            "Twin0": _step(it=["Rare"]),
            "Twin1": _step(it=["Rare"]),
        },
        enters="Rare",
        leaves="Twin0",
        dependencies=2,  # both pinned to an output that feeds one
        rules=3,
        pins={"Twin0.it": "Rare.one", "Twin1.it": "Rare.one"},
    ),
)


def flawed(flaw: Flaw, regime: Regime, size: int, *, seed: int = 0) -> PipelineSpec:
    """Make up a pipeline of `size` steps, and those of the flaw among them."""
    made = pipeline(regime, size, seed=seed)
    before, after = _alike(made)
    output = made.output(before)
    assert output is not None  # it was found among the pipeline's own
    around = {"type": output.output_type, "compatible_sources": [before.step, after.step]}
    steps = {name: {**step, "step_type": name} for name, step in flaw.steps.items()}
    steps[flaw.enters]["dependencies"] = {**steps[flaw.enters]["dependencies"], "around": around}
    return PipelineSpec(
        name=made.name,
        types={**made.types, RARE: ()},
        steps={**made.steps, **{name: {"spec": step} for name, step in steps.items()}},
        order=(*made.order, (flaw.leaves, f"S{int(before.step[1:]) + 1}")),
        pins=flaw.pins,
    )


def _alike(made: PipelineSpec) -> tuple[Port, Port]:
    """Find outputs of one type that feed any number, about the middle and as far apart as steps take from."""
    first = max(0, (len(made.steps) - NEAR) // 2)
    by_type: defaultdict[str, list[int]] = defaultdict(list)
    names: dict[tuple[str, int], Port] = {}
    for number in range(first, min(first + NEAR, len(made.steps))):
        for name, output in made.steps[f"S{number}"].spec.outputs.items():
            if output.max_consumers is None:
                by_type[output.output_type].append(number)
                names[output.output_type, number] = Port(f"S{number}", name)
    _, type_ = max((numbers[-1] - numbers[0], type_) for type_, numbers in by_type.items())
    return names[type_, by_type[type_][0]], names[type_, by_type[type_][-1]]
