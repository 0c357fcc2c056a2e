"""Cached is uncached: after every edit a run makes what the referee says, and reuses exactly what it may."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from stepwire.runtime.options import RunOptions
from stepwire.runtime.runner import run_definition

from .pipelines import TinyPipeline, edit, random_pipeline, write_definition


def prove(seed: int, folder: Path, edits: int) -> int:
    """Run a random pipeline and so many edits of it in one folder; return how many steps were used again."""
    chance = Random(seed)
    root = folder / "root"
    history = [random_pipeline(chance)]
    seen: set[Any] = set()
    reused = 0
    for _ in range(edits + 1):
        pipeline = history[-1]
        reused += _check(pipeline, folder, root, seen, jobs=chance.choice([1, 3]))
        history.append(chance.choice(history) if chance.random() < 0.2 else edit(pipeline, chance))
    return reused


def _check(pipeline: TinyPipeline, folder: Path, root: Path, seen: set[Any], jobs: int) -> int:
    whys: dict[str, str] = {}
    run = run_definition(
        write_definition(pipeline, folder / "files"),
        root=root,
        options=RunOptions(jobs=jobs),
        listen=lambda event: whys.update({event.step: event.why} if event.why else {}),
    )
    results = {step.name: step for step in run.steps}
    for index, (made, ingredients) in enumerate(zip(pipeline.results(), pipeline.ingredients(), strict=True)):
        name = f"S{index}"
        found = (root / "s3" / "bucket" / name / "text").read_text()
        assert found == made, f"{name} made {found!r} instead of {made!r}"
        assert results[name].reused == (ingredients in seen), f"{name}: {results[name].why}"
        assert whys[name], f"{name} does not say why"
        seen.add(ingredients)
    return sum(step.reused for step in run.steps)
