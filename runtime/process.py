"""One program of a step: a subprocess in a process group of its own, with a work folder as its `/opt/ml`."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import ReasonError

TAIL_LINES = 20
_TAIL_BYTES = 64 * 1024
_LINE_LENGTH = 500

# As a whole path, or the beginning of one, at the start of a text or of a word in it.
_CONTAINER_PATH = re.compile(r"""(?:(?<=file://)|(?<![^\s"'=:,;(\[{]))/opt/ml(?=/|$|[\s"':,;)\]}&|])""")


@dataclass(frozen=True)
class Program:
    """What to start: a command, its working folder, and what its environment has beside this process's."""

    command: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(repr=False)  # may hold secrets


def relocate(text: str, ml: Path) -> str:
    """Let a text speak of the folder `ml` where it speaks of `/opt/ml` (not of `/opt/mlx`)."""
    return _CONTAINER_PATH.sub(lambda _: str(ml), text)


def relocate_all(value: Any, ml: Path) -> Any:
    """Relocate every text in a JSON value."""
    if isinstance(value, str):
        return relocate(value, ml)
    if isinstance(value, Mapping):
        return {key: relocate_all(item, ml) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [relocate_all(item, ml) for item in value]
    return value


def run_program(program: Program, log: Path, limit: float | None = None) -> None:
    """Run a program to its end, its output and errors going to the file `log`.

    Nothing that it started outlives it, nor this call. Raises ReasonError when it cannot be started, fails,
    or runs for more than `limit` seconds.
    """
    first, *rest = program.command
    if first in ("python", "python3"):
        first = sys.executable
    with log.open("wb") as output:
        try:
            process = subprocess.Popen(  # noqa: S603 - running the user's program is what this is for
                [first, *rest],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=program.folder,
                env=_environment(program.environment),
                start_new_session=True,
            )
        except OSError as error:
            raise ReasonError(f"could not start its program '{first}': {error.strerror}") from error
        try:
            code = process.wait(timeout=limit)
        except subprocess.TimeoutExpired as error:
            raise ReasonError(f"ran for longer than its limit of {limit:g} seconds") from error
        finally:
            _end(process)
    if code != 0:
        raise ReasonError(_ending(code) + _path_hint(log), code)


def read_tail(log: Path) -> tuple[str, ...]:
    """Return the last lines of a log; none when there is no log."""
    if not log.is_file():
        return ()
    with log.open("rb") as stream:
        stream.seek(max(0, log.stat().st_size - _TAIL_BYTES))
        text = stream.read().decode("utf-8", errors="replace")
    return tuple(line.rstrip()[:_LINE_LENGTH] for line in text.splitlines()[-TAIL_LINES:])


def _environment(own: Mapping[str, str]) -> dict[str, str]:
    # Without buffering, the log of a program that is killed holds what it had written.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SM_")}
    return {"PYTHONUNBUFFERED": "1", **inherited, **own}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it left running."""
    with suppress(ProcessLookupError, PermissionError):  # macOS denies what Linux does not find
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


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
