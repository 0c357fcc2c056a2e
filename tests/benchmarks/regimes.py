"""Seeded pipelines of any size, in three regimes of difficulty, each with at least one wiring.

Every step has two outputs and three dependencies that take them from steps nearby. A hidden order of the
steps keeps a wiring alive; a regime says how much of that order a solver may see.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from stepwire.specs import PipelineSpec

NEAR = 24
"""From so many steps before it (or, where a cycle may arise, after it) a step may take."""

TYPES = tuple(f"kind_{letter}" for letter in "abcdef")
WORDS = ("train", "validation", "test", "report", "model", "metrics", "raw", "clean", "scaled", "joined")


@dataclass(frozen=True)
class Regime:
    """How many rivals a source has, how often one comes from a later step, how many outputs are exclusive."""

    name: str
    rivals: float
    later: float
    exclusive: float
    ordered: bool


REGIMES = (
    Regime("A", rivals=1.4, later=0.0, exclusive=0.0, ordered=True),
    Regime("B", rivals=1.5, later=0.01, exclusive=0.05, ordered=False),
    Regime("C", rivals=2.4, later=0.2, exclusive=0.4, ordered=False),
)


@dataclass
class _Draw:
    """A pipeline that is being made up."""

    regime: Regime
    size: int
    random: Random
    taken: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.types = [self.random.sample(TYPES, 2) for _ in range(self.size)]
        self.exclusive = [
            [self.random.random() < self.regime.exclusive for _ in range(2)] for _ in range(self.size)
        ]

    def step(self, number: int) -> dict[str, Any]:
        words = self.random.sample(WORDS, 5)
        outputs = {
            f"{words[place]}_{place}": {
                "type": self.types[number][place],
                "max_consumers": 1 if self.exclusive[number][place] else None,
            }
            for place in range(2)
        }
        return {
            "step_type": f"S{number}",
            "kind": "Custom",
            "outputs": outputs,
            "dependencies": dict(zip(words[2:], self.dependencies(number), strict=False)),
        }

    def dependencies(self, number: int) -> Iterator[dict[str, Any]]:
        """Give a step three needs; the source that meets each in the hidden wiring is its own."""
        near = [(step, place) for step in range(max(0, number - NEAR), number) for place in range(2)]
        free = [it for it in near if it not in self.taken or not self.exclusive[it[0]][it[1]]]
        for step, place in self.random.sample(free, min(3, len(free))):
            self.taken.add((step, place))
            type_ = self.types[step][place]
            yield {
                "type": type_,
                "compatible_sources": [f"S{other}" for other in (step, *self.rivals(number, type_))],
            }

    def rivals(self, number: int, type_: str) -> Iterator[int]:
        count = int(self.regime.rivals) + (self.random.random() < self.regime.rivals % 1)
        for _ in range(count):
            later = self.random.random() < self.regime.later
            before = range(max(0, number - NEAR), number)
            steps = range(number + 1, self.size)[:NEAR] if later else before
            fitting = [step for step in steps if type_ in self.types[step]]
            if fitting:
                yield self.random.choice(fitting)


def pipeline(regime: Regime, size: int, *, seed: int = 0) -> PipelineSpec:
    """Make up a pipeline of `size` steps; the same for the same seed."""
    draw = _Draw(regime, size, Random(f"{regime.name} {size} {seed}"))
    steps = {f"S{number}": {"spec": draw.step(number)} for number in range(size)}
    order = [(f"S{number}", f"S{number + 1}") for number in range(size - 1)] if regime.ordered else []
    return PipelineSpec(
        name=f"{regime.name}-{size}", types=dict.fromkeys(TYPES, ()), steps=steps, order=order
    )


def contested(regime: Regime, size: int, *, seed: int = 0) -> PipelineSpec:
    """Make up a pipeline without a wiring: four more steps want three outputs that feed one each."""
    made = pipeline(regime, size, seed=seed)
    source = {"outputs": {f"out_{n}": {"type": "rare", "max_consumers": 1} for n in range(3)}}
    rare = {"Rare": {"kind": "Custom", **source}}
    rarely = {"kind": "Custom", "dependencies": {"it": {"type": "rare"}}}
    wanting = {f"Want{n}": rarely for n in range(4)}
    more = {name: {"spec": spec} for name, spec in (rare | wanting).items()}
    return PipelineSpec(
        name=made.name, types={**made.types, "rare": ()}, steps={**made.steps, **more}, order=made.order
    )
