"""Times runs on this machine: the example, against its scripts called by hand, and steps that do nothing.

All by the processor's time, of all processes: others may be busy on the machine.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .commands import EXAMPLE
from .measure import Measured
from .table import Row
from .targets import Target

STEPS = 200
EACH = 0.02
"""Seconds that an empty step may take, above the start of its interpreter."""

CACHED = Target("cpu", 0.6)
BY_HAND = Target("ratio", 1 / 1.2)


def run_rows(*, quick: bool = False) -> Iterator[Row]:
    """Run the example anew and again, its scripts by hand, and empty steps: a few if `quick`."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        if not quick:
            yield from _example_rows(folder)
        yield from _empty_rows(folder, 2 if quick else STEPS)


def _example_rows(folder: Path) -> Iterator[Row]:
    anew = _timed(lambda: _run(EXAMPLE, folder / "root"))
    again = _timed(lambda: _run(EXAMPLE, folder / "root"))
    by_hand = _timed(lambda: _call_scripts(folder))
    compared = by_hand.cpu / anew.cpu
    yield _row(7, "run", "stepwire", anew, BY_HAND, BY_HAND.is_met(anew, compared))
    yield _row(7, "run", "the scripts by hand", by_hand, ratio=compared)
    yield _row(7, "run, all reused", "stepwire", again, CACHED, CACHED.is_met(again, None))


def _empty_rows(folder: Path, count: int) -> Iterator[Row]:
    """Run one empty step, for what every run costs, and then many."""
    one = _timed(lambda: _run(_write_empty(folder, 1), folder / "one"))
    ours = _timed(lambda: _run(_write_empty(folder, count), folder / "many"))
    bare = _timed(lambda: _start_interpreters(count))
    target = Target("cpu", round(one.cpu + bare.cpu + count * EACH, 2))
    yield _row(count, "run, empty steps", "stepwire", ours, target, target.is_met(ours, None))
    yield _row(count, "run, empty steps", "their interpreters", bare, ratio=bare.cpu / ours.cpu)


def _write_empty(folder: Path, count: int) -> Path:
    app = {"ImageUri": "image", "ContainerEntrypoint": ["python3", "-c", "pass"]}
    steps = [
        {"Name": f"s{number}", "Type": "Processing", "Arguments": {"AppSpecification": app}}
        for number in range(count)
    ]
    document = folder / f"empty-{count}.json"
    document.write_text(json.dumps({"Version": "2020-12-01", "Steps": steps}))
    return document


def _start_interpreters(count: int) -> None:
    for _ in range(count):
        _python("-c", "pass")


def _row(
    steps: int,
    question: str,
    contender: str,
    found: Measured,
    target: Target | None = None,
    met: bool | None = None,
    ratio: float | None = None,
) -> Row:
    return Row("run", steps, question, contender, found, 0.0, ratio=ratio, target=target, met=met)


def _run(document: Path, root: Path) -> None:
    _python("-m", "stepwire", "run", document, "--root", root)


def _call_scripts(folder: Path) -> None:
    """Do what the example does: load, preprocess, train, pack, evaluate."""
    scripts, places = EXAMPLE.parent / "scripts", {name: folder / name for name in ("raw", "model", "report")}
    parts = {name: folder / name for name in ("train", "validation", "test")}
    _python(scripts / "load.py", "--output", places["raw"])
    outputs = [word for name, place in parts.items() for word in (f"--{name}", place)]
    _python(scripts / "preprocess.py", "--input", places["raw"], *outputs)
    environment = {"SM_CHANNEL_TRAIN": str(parts["train"]), "SM_CHANNEL_VALIDATION": str(parts["validation"])}
    options = ("--max_depth", "4", "--eta", "0.1", "--num_round", "200", "--model-dir", places["model"])
    _python(scripts / "train.py", *options, **environment)
    with tarfile.open(places["model"] / "model.tar.gz", "w:gz") as archive:
        archive.add(places["model"] / "xgboost-model.json", "xgboost-model.json")
    judged = ("--model", places["model"], "--test", parts["test"], "--output", places["report"])
    _python(scripts / "evaluate.py", *judged)


def _python(*arguments: object, **environment: str) -> None:
    command = [sys.executable, *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})


def _timed(act: Callable[[], Any]) -> Measured:
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    act()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(time.perf_counter() - start, cpu, 0.0, {})
