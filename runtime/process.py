"""One program of a step, run to its end."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .errors import ReasonError, StoppedEarlyError
from .fixed_paths import find_fixed_paths
from .folders import measure_folder
from .keeper.client import ProgramEnd
from .request_models import PYTHON
from .step_job import Job

TAIL_LINES = 20
_TAIL_BYTES = 64 * 1024
_LINE_LENGTH = 500


@dataclass(frozen=True)
class Program:
    """What to start: a command, its working folder below `/opt/ml`, and the variables of its contract.

    `folders` of this machine take the places of others below `/opt/ml`, by their paths there.
    """

    command: tuple[str, ...]
    folder: str
    environment: Mapping[str, str] = field(repr=False)  # may hold secrets
    folders: Mapping[str, Path] = field(default_factory=dict)


def run_program(job: Job, program: Program, limit: float | None = None, log: Path | None = None) -> None:
    """Run a program of a step to its end, its output and errors going to the step's log, or to `log`.

    Nothing that it started outlives it, nor this call. Raises ReasonError when it cannot be started, fails,
    runs for more than `limit` seconds, leaves more than it may, or would write to the machine's `/opt/ml`;
    StoppedEarlyError when the job's watch does not want what it makes, however the program has ended.
    """
    first, *rest = program.command
    if first in PYTHON:
        first = sys.executable
    if not job.containment.walls:
        _refuse_fixed_paths(job, program)
    log = log or job.log
    brought = measure_folder(job.ml)
    ended = job.containment.run(
        (first, *rest),
        job.folder,
        program.folder,
        program.environment,
        log,
        limit,
        program.folders,
        job.watch.goes_on if job.watch else None,
    )
    job.peaks.append(ended.peak)
    if job.watch and not job.watch.approves():
        raise StoppedEarlyError
    _judge(ended, first, log, limit, job)
    most, left = job.containment.limits.file_bytes, measure_folder(job.ml) - brought
    if left > most:
        raise ReasonError(f"leaves {left / 2**20:.0f} MiB, and may leave {most / 2**20:.0f}")


def read_tail(log: Path) -> tuple[str, ...]:
    """Return the last lines of a log; none when there is no log."""
    if not log.is_file():
        return ()
    with log.open("rb") as stream:
        stream.seek(max(0, log.stat().st_size - _TAIL_BYTES))
        text = stream.read().decode("utf-8", errors="replace")
    return tuple(line.rstrip()[:_LINE_LENGTH] for line in text.splitlines()[-TAIL_LINES:])


def _refuse_fixed_paths(job: Job, program: Program) -> None:
    found = find_fixed_paths(job.ml, job.ml / program.folder, program.command)
    if found:
        raise ReasonError(
            f"names /opt/ml in {found}, and steps are not isolated: it would write to the machine's own; "
            "let it take its paths from its arguments or environment"
        )


def _judge(ended: ProgramEnd, first: str, log: Path, limit: float | None, job: Job) -> None:
    if ended.unavailable:
        raise ReasonError(f"could not be isolated: {ended.unavailable}")
    if ended.not_started is not None:
        raise ReasonError(f"could not start its program '{first}': {os.strerror(ended.not_started)}")
    if ended.late:
        raise ReasonError(f"ran for longer than its limit of {limit:g} seconds")
    if ended.code:
        hint = _memory_hint(log, job) or ("" if job.containment.walls else _path_hint(log))
        raise ReasonError(_ending(ended.code) + hint, ended.code)


def _memory_hint(log: Path, job: Job) -> str:
    most = job.containment.limits.memory_bytes
    if most is None or not any("MemoryError" in line or "memory" in line for line in read_tail(log)):
        return ""
    return f"; a process of it may take {most / 2**20:.0f} MiB of memory"


def _path_hint(log: Path) -> str:
    # Only paths that the program has by itself are still written so: all others were relocated.
    if not any("/opt/ml" in line for line in read_tail(log)):
        return ""
    return "; it uses /opt/ml by itself: here it has to take its paths from its arguments or environment"


def _ending(code: int) -> str:
    if code > 0:
        return f"exited with code {code}"
    names = {item.value: item.name for item in signal.Signals}
    return f"was killed by signal {-code}" + (f" ({names[-code]})" if -code in names else "")
