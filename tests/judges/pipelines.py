"""Seeded pipelines of any size that use every rule together; three of four have a wiring, by construction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from stepwire.specs import PipelineSpec

TYPES: dict[str, tuple[str, ...]] = {f"kind_{letter}": () for letter in "abcdef"}
WORDS = ("train", "validation", "test", "report", "model", "metrics", "raw", "clean")
NEAR = 12
"""A step takes from so many before it, and maybe after it, in the hidden order that keeps a wiring alive."""


@dataclass
class _Draft:
    """A pipeline that is being made up around a hidden wiring."""

    size: int
    random: Random
    hidden: dict[str, str] = field(default_factory=dict)
    uses: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.outputs = [self._outputs() for _ in range(self.size)]
        self.feeding: set[int] = set()
        self.steps = {f"S{number}": {"spec": self._step(number)} for number in range(self.size)}

    def _outputs(self) -> dict[str, dict[str, Any]]:
        kinds = self.random.sample(sorted(TYPES), self.random.choice((1, 2, 2)))
        limits = [self.random.choice((None, None, None, 1, 2)) for _ in kinds]
        names = self.random.sample(WORDS, 2)
        return {
            name: {"type": kind, "max_consumers": limit}
            for name, kind, limit in zip(names, kinds, limits, strict=False)
        }

    def _step(self, number: int) -> dict[str, Any]:
        free = [word for word in WORDS if word not in self.outputs[number]]
        sources = self._sources(number)
        names = self.random.sample(free, len(sources))
        needs = dict(zip(names, sources, strict=True))
        self.hidden |= {f"S{number}.{name}": source for name, source in needs.items()}
        pair = names[:2] if len(names) > 1 and self.random.random() < 0.2 else []
        one = len({needs[name].split(".")[0] for name in pair}) == 1
        return {
            "step_type": f"S{number}",
            "kind": self.random.choice(("Custom", "Processing", "Training")),
            "dependencies": {
                name: self._need(number, source, shared=sources.count(source) > 1)
                for name, source in needs.items()
            },
            "outputs": self.outputs[number],
            "same_source": [pair] if pair and one else [],
            "distinct": [pair] if pair and not one else [],
        }

    def _sources(self, number: int) -> list[str]:
        """Draw what meets the needs of a step in the hidden wiring: outputs before it, no two the same."""
        offers = [
            f"S{other}.{name}"
            for other in range(max(0, number - NEAR), number)
            for name, spec in self.outputs[other].items()
            if spec["max_consumers"] is None or self.uses[f"S{other}.{name}"] < spec["max_consumers"]
        ]
        found = self.random.sample(offers, min(len(offers), self.random.choice((1, 2, 2, 3))))
        if found and self._is_free(found[0]) and self.random.random() < 0.1:
            found.append(found[0])  # two needs that nothing else meets have to share
        self.uses.update(found)
        self.feeding |= {int(source.split(".")[0][1:]) for source in found}
        return found

    def _is_free(self, source: str) -> bool:
        step, name = source.split(".")
        return self.outputs[int(step[1:])][name]["max_consumers"] is None

    def _need(self, number: int, source: str, *, shared: bool) -> dict[str, Any]:
        step, name = source.split(".")
        kind = self.outputs[int(step[1:])][name]["type"]
        if shared:
            return {"type": kind, "compatible_sources": [step]}
        near = range(max(0, number - NEAR), min(self.size, number + NEAR))
        alike = [
            f"S{other}"
            for other in near
            if other != number and any(spec["type"] == kind for spec in self.outputs[other].values())
        ]
        rivals = self.random.sample(alike, min(len(alike), self.random.choice((0, 1, 2, 3))))
        given = [f"in_{kind}"] if self.random.random() < 0.1 else []
        return {
            "type": kind,
            "required": self.random.random() < 0.8,
            "may_share": self.random.random() < 0.3,
            "compatible_sources": sorted({step, *rivals, *given}),
            "semantic_keywords": self.random.sample(WORDS, 2),
        }

    def links(self) -> dict[str, Any]:
        """Draw what the hidden wiring keeps: an order, branches, a pin, forbidden bindings."""
        ends = [number for number in range(self.size // 2, self.size) if number not in self.feeding]
        self.random.shuffle(ends)
        branches = {}
        for condition in self.random.sample(range(self.size // 2), min(self.size // 20, len(ends) // 2)):
            self.steps[f"S{condition}"]["spec"]["kind"] = "Condition"
            branches[f"S{condition}"] = {"if": [f"S{ends.pop()}"], "else": [f"S{ends.pop()}"]}
        pairs = [sorted(self.random.sample(range(self.size), 2)) for _ in range(self.size // 10)]
        order = [(f"S{one}", f"S{other}") for one, other in pairs if one in self.feeding]
        wired = self.random.sample(sorted(self.hidden), len(self.hidden) // 10)
        pins = {port: self.hidden[port] for port in wired[::4]}
        forbid = [
            (port, f"S{other}.{name}")
            for port in wired
            for other in range(self.size)
            for name in self.outputs[other]
            if self.random.random() < 0.3 and self.hidden[port] != f"S{other}.{name}"
        ]
        if self.random.random() < 0.25:  # with luck, nothing else will do
            forbid += [(port, self.hidden[port]) for port in wired[1::4]]
        return {"order": order, "branches": branches, "pins": pins, "forbid": forbid}


def pipeline(size: int, seed: int) -> PipelineSpec:
    """Make up a pipeline of `size` steps; the same for the same seed."""
    draft = _Draft(size, Random(f"{size} {seed}"))
    given = {f"in_{kind}": {"type": kind} for kind in draft.random.sample(sorted(TYPES), 3)}
    return PipelineSpec.model_validate(
        {"name": f"P-{size}", "types": TYPES, "inputs": given, **draft.links(), "steps": draft.steps}
    )
