"""Tells a person how a run goes, and what it left."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..problems.blocks import Tone
from ..runtime.results import Run, StepEvent

MAX_REPORT_BYTES = 2**20
_MARKS = {"succeeded": "done", "skipped": "skipped", "failed": "FAILED"}
_TONES = {"succeeded": Tone.CURE, "skipped": Tone.FAINT, "failed": Tone.FAILURE}


class Progress:
    """Writes a line for each step; where that can be erased, on a terminal, also while the step runs."""

    def __init__(self, write: Callable[[str, Tone], None], erase: Callable[[], None] | None = None) -> None:
        self._write = write
        self._erase = erase

    def __call__(self, event: StepEvent) -> None:
        """Write what has happened to a step."""
        name = f"[{event.index}/{event.total}] {event.step} ({event.kind})"
        if event.state == "started":
            if self._erase:
                self._write(f"{name} …", Tone.FAINT)
            return
        seconds = f" in {event.seconds:.1f} s" if event.seconds >= 0.05 else ""
        note = f": {event.note}" if event.note else ""
        if self._erase:
            self._erase()
        self._write(f"{name} ", Tone.PLAIN)
        self._write(_MARKS[event.state], _TONES[event.state])
        self._write(f"{seconds}{note}\n", Tone.PLAIN)


def describe_models(run: Run) -> Iterator[str]:
    """Say how good each registered model is, by the reports in its package, and where that lies."""
    if not run.models:
        yield f"no model was registered; the run's files are in {_short(run.folder)}"
    for model in run.models:
        for report in sorted(model.rglob("*.json")):
            if report.name != "package.json" and report.stat().st_size <= MAX_REPORT_BYTES:
                yield from (f"{name} = {value:.4f}" for name, value in _figures(report))
        yield f"registered model package: {_short(model)}"


def _short(path: Path) -> Path:
    """Show a path from the current folder where it lies in it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _figures(report: Path) -> Iterator[tuple[str, float]]:
    """Yield the figures of a model-quality report: `{group: {metric: {"value": number}}}`."""
    try:
        yield from list(_values(json.loads(report.read_bytes()), ""))
    except (ValueError, RecursionError, OverflowError):
        return  # a registered file need not be JSON, nor hold figures that a person could read


def _values(data: Any, name: str) -> Iterator[tuple[str, float]]:
    if not isinstance(data, Mapping):
        return
    value = data.get("value")
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield name or "value", float(value)
    for key, item in data.items():
        yield from _values(item, f"{name}.{key}" if name else key)
