"""Kills at any moment lose nothing that was finished, and leave nothing half-written."""

from __future__ import annotations

import json
import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from random import Random

from stepwire.runtime.object_store import StoredFile, measure
from stepwire.runtime.options import RunOptions
from stepwire.runtime.runner import run_definition

from .pipelines import TinyPipeline, random_pipeline, write_definition

_LONGEST = 0.6  # seconds until a kill


def prove(seed: int, folder: Path, kills: int) -> int:
    """Kill runs of a random pipeline until so many were; return how many runs came to their end before."""
    chance = Random(seed)
    finished = done = 0
    while done < kills:
        pipeline = random_pipeline(chance)
        place = folder / f"pipeline{done}"
        definition = write_definition(pipeline, place / "files", pause="0.02")
        root = place / "root"
        for _ in range(min(chance.randint(1, 4), kills - done)):
            finished += _run_and_kill(definition, root, chance.uniform(0.0, _LONGEST))
            done += 1
            _check_stored(pipeline, root)
        before = _finished_steps(root)
        run = run_definition(definition, root=root, options=RunOptions(jobs=2))
        reused = {step.name for step in run.steps if step.reused}
        assert before <= reused, f"lost: {before - reused}"
        for index, made in enumerate(pipeline.results()):
            assert (root / "s3" / "bucket" / f"S{index}" / "text").read_text() == made
    return finished


def _run_and_kill(definition: dict[str, object], root: Path, seconds: float) -> bool:
    """Run in a process of its own, and kill that after so long; tell whether it had ended by itself."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            run_definition(definition, root=root, options=RunOptions(jobs=2))
            status = 0
        finally:
            os._exit(status)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            assert status == 0
            return True
        time.sleep(0.002)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _check_stored(pipeline: TinyPipeline, root: Path) -> None:
    """See that whatever is to be seen is whole."""
    results = pipeline.results()
    for place in (root / "s3").rglob("*") if root.exists() else ():
        if place.is_file() and not place.name.startswith(".partial-"):
            index = int(place.parent.name.removeprefix("S"))
            assert place.read_text() == results[index], f"{place} is not whole"
    for place in root.glob("objects/*/*"):
        if not place.name.startswith(".partial-"):
            assert measure(place).digest == place.parent.name + place.name, f"{place} is not whole"
    for place in [*root.glob("cache/*/*/*.json"), *root.glob("runs/*/run.json")]:
        if not place.name.startswith(".partial-"):
            json.loads(place.read_bytes())


def _finished_steps(root: Path) -> set[str]:
    """Name the steps that are known to be finished, all of whose files are stored."""
    found = set()
    for place in root.glob("cache/*/*/*.json"):
        if not place.name.startswith(".partial-"):
            entry = json.loads(place.read_bytes())
            files = [StoredFile(*file) for tree in entry["published"].values() for file in tree.values()]
            assert all((root / "objects" / file.digest[:2] / file.digest[2:]).exists() for file in files)
            found.add(place.parent.name)
    return found
