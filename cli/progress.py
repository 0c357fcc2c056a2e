"""Tells a person how a run goes, and what it left."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from ..problems.blocks import Tone
from ..runtime.results import Run, StepEvent
from .console import columns, echo, erase_line, is_live

MAX_REPORT_BYTES = 2**20
_PIECE = 2**20  # bytes of a log that are read at once
_MARKS = {"succeeded": "done", "reused": "reused", "skipped": "skipped", "failed": "FAILED"}
_TONES = {
    "succeeded": Tone.CURE,
    "reused": Tone.CURE,
    "skipped": Tone.FAINT,
    "failed": Tone.FAILURE,
}


class Progress:
    """Writes a line for each step; where that can be erased, on a terminal, a last line of what is running.

    That line is no longer than `width` tells: one that wraps could not be erased. The log of the step that is
    `followed` is written as it grows.
    """

    def __init__(
        self,
        write: Callable[[str, Tone], None],
        erase: Callable[[], None] | None = None,
        followed: str | None = None,
        width: Callable[[], int] = lambda: 80,
    ) -> None:
        self._write = write
        self._erase = erase
        self._followed = followed
        self._read = 0
        self._width = width
        self._running: dict[str, StepEvent] = {}
        self._ended = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Erase the last line."""
        if self._erase:
            self._erase()

    def __call__(self, event: StepEvent) -> None:
        """Write what has happened to a step."""
        if self._erase and self._running:
            self._erase()
        if event.step == self._followed:
            self._follow(event)
        if event.state == "warned":
            self._write("warning: ", Tone.DOUBT)
            self._write(_one_line(f"step '{event.step}': {event.note}"), Tone.PLAIN)
        elif event.state in ("started", "running"):
            self._running[event.step] = event
        else:
            self._running.pop(event.step, None)
            self._ended += 1
            self._say(event)
        if self._erase and self._running:
            waiting = event.total - self._ended - len(self._running)
            self._write(_running(list(self._running.values()), waiting, self._width() - 1), Tone.FAINT)

    def _say(self, event: StepEvent) -> None:
        seconds = f" in {event.seconds:.1f} s" if event.seconds >= 0.05 and event.state != "reused" else ""
        notes = "; ".join(note for note in (event.note, event.why) if note)
        self._write(f"[{event.index}/{event.total}] {event.step} ({event.kind}) ", Tone.PLAIN)
        self._write(_MARKS[event.state], _TONES[event.state])
        self._write(_one_line(f"{seconds}: {notes}" if notes else seconds), Tone.PLAIN)

    def _follow(self, event: StepEvent) -> None:
        """Write what has come to a log since it was last looked at."""
        if not event.log or not event.log.is_file():
            return
        ended = event.state not in ("started", "running")
        with event.log.open("rb") as stream:
            while True:
                stream.seek(self._read)
                text = stream.read(_PIECE)
                lines = _whole_lines(text, ended)
                if not lines:
                    return
                self._read += len(lines)
                for line in lines.decode("utf-8", errors="replace").splitlines():
                    self._write(f"  | {line}\n", Tone.FAINT)


def progress_on_stderr(followed: str | None = None) -> Progress:
    """Return what tells of a run on stderr, and there writes the log of the step that is `followed`."""

    def write(text: str, tone: Tone) -> None:
        echo(text, err=True, nl=False, tone=tone)

    return Progress(write, erase_line if is_live() else None, followed, lambda: columns(err=True))


def _whole_lines(text: bytes, ended: bool) -> bytes:
    """Return the lines of a piece that are whole, or too long to wait for; once the log has `ended`, all."""
    is_last = ended and len(text) < _PIECE
    end = text.rfind(b"\n") + 1
    return text if is_last or (not end and len(text) == _PIECE) else text[:end]


def _one_line(text: str) -> str:
    return " ".join(text.split("\n")) + "\n"


def _running(events: list[StepEvent], waiting: int, width: int) -> str:
    """Tell what is running, as many steps as there is room for; one that has none by itself is cut."""
    tail = f"; {waiting} waiting …" if waiting > 0 else " …"
    for shown in range(len(events), 0, -1):
        more = f" and {len(events) - shown} more" if shown < len(events) else ""
        line = f"running: {', '.join(map(_runs, events[:shown]))}{more}{tail}"
        if len(line) <= width:
            return line
    name = events[0].step[: len(events[0].step) - (len(line) - width) - 1]  # rather than its time
    return line.replace(events[0].step, f"{name}…") if name else f"{line[: max(0, width - 1)]}…"


def _runs(event: StepEvent) -> str:
    memory = f" {event.peak / 2**20:.0f} MB" if event.peak else ""
    return f"{event.step} {event.seconds:.0f} s{memory}"


def summarise(run: Run, root: Path) -> Iterator[str]:
    """Say in a table what each step took, and under it what it made, with the places on this machine.

    A step that was used again took nothing.
    """
    rows = [("step", "result", "time", "memory")]
    for step in run.steps:
        result = "reused" if step.reused else "skipped" if step.status == "Skipped" else "done"
        seconds = f"{step.seconds:.1f} s" if step.seconds and not step.reused else ""
        memory = f"{step.peak / 2**20:.0f} MB" if step.peak and not step.reused else ""
        rows.append((step.name, result, seconds, memory))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row, made in zip(rows, [{}, *(step.outputs for step in run.steps)], strict=True):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for name, value in made.items():  # a place is a line of its own, so that it can be copied whole
            yield f"  {name}: {_place(value, root)}"
    yield f"logs: {_short(run.folder)}/STEP/log.txt"


def _place(uri: str, root: Path) -> str:
    return str(root / "s3" / uri.removeprefix("s3://")) if uri.startswith("s3://") else uri


def describe_models(run: Run) -> Iterator[str]:
    """Say how good each registered model is, by the reports in its package, and where that lies."""
    if not run.models:
        yield f"no model was registered; the run's files are in {_short(run.folder)}"
    for model in run.models:
        for report in sorted(model.rglob("*.json")):
            if (
                report.name not in ("package.json", "lineage.json")
                and report.stat().st_size <= MAX_REPORT_BYTES
            ):
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
