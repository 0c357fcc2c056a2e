"""Seeded pipelines of any size, in three regimes of difficulty, each with at least one wiring.

Every step has two outputs and three dependencies that take them from steps nearby. A hidden order of the
steps keeps a wiring alive; a regime says how much of that order a solver may see.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from typing import Any

from stepwire.specs import PipelineSpec

NEAR = 28
"""From so many steps before it (or, where a cycle may arise, after it) a step may take."""

TYPES = tuple(f"kind_{letter}" for letter in "abcdef")
WORDS = ("train", "validation", "test", "report", "model", "metrics", "raw", "clean", "scaled", "joined")
NAMES = tuple(f"{one}_{other}" for one, other in combinations(WORDS, 2))


@dataclass(frozen=True)
class Regime:
    """How hard a pipeline is.

    Of its dependencies, the share `open` has more than one source, `rivals` more on average; of those, the
    share `later` has one from a later step, so that a cycle may arise. Of the outputs, the share `exclusive`
    feeds one dependency only. `ordered` says that the user gave the order of the steps.
    """

    name: str
    open: float
    rivals: float
    later: float
    exclusive: float
    ordered: bool


REGIMES = (
    Regime("A", open=0.75, rivals=2.1, later=0.0, exclusive=0.0, ordered=True),
    Regime("B", open=0.75, rivals=2.3, later=0.015, exclusive=0.05, ordered=False),
    Regime("C", open=0.44, rivals=6.3, later=0.2, exclusive=0.4, ordered=False),
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
        names = self.random.sample(NAMES, 5)
        outputs = {
            names[place]: {
                "type": self.types[number][place],
                "max_consumers": 1 if self.exclusive[number][place] else None,
            }
            for place in range(2)
        }
        return {
            "step_type": f"S{number}",
            "kind": "Custom",
            "outputs": outputs,
            "dependencies": dict(zip(names[2:], self.dependencies(number), strict=False)),
        }

    def dependencies(self, number: int) -> Iterator[dict[str, Any]]:
        """Give a step three needs; the source that meets each in the hidden wiring is its own."""
        near = [(step, place) for step in range(max(0, number - NEAR), number) for place in range(2)]
        free = [it for it in near if it not in self.taken or not self.exclusive[it[0]][it[1]]]
        for step, place in self.random.sample(free, min(3, len(free))):
            self.taken.add((step, place))
            type_ = self.types[step][place]
            sources = {step, *self.rivals(number, type_)}
            yield {
                "type": type_,
                "compatible_sources": [f"S{other}" for other in sorted(sources)],
                "semantic_keywords": self.random.sample(WORDS, 2),
            }

    def rivals(self, number: int, type_: str) -> list[int]:
        """Draw the other steps that a need may take from."""
        if self.random.random() >= self.regime.open:
            return []
        many = self.regime.rivals
        count = int(many) + (self.random.random() < many % 1)
        later = self.random.random() < self.regime.later
        before = self._making(type_, range(max(0, number - NEAR), number))
        after = self._making(type_, range(number + 1, self.size)[:NEAR]) if later else []
        first = self.random.sample(after, min(1, len(after)))
        return first + self.random.sample(before, min(count - len(first), len(before)))

    def _making(self, type_: str, steps: range) -> list[int]:
        return [step for step in steps if type_ in self.types[step]]


def pipeline(regime: Regime, size: int, *, seed: int = 0) -> PipelineSpec:
    """Make up a pipeline of `size` steps; the same for the same seed."""
    draw = _Draw(regime, size, Random(f"{regime.name} {size} {seed}"))
    steps = {f"S{number}": {"spec": draw.step(number)} for number in range(size)}
    order = [(f"S{number}", f"S{number + 1}") for number in range(size - 1)] if regime.ordered else []
    return PipelineSpec(
        name=f"{regime.name}-{size}", types=dict.fromkeys(TYPES, ()), steps=steps, order=order
    )
