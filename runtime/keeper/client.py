"""The run's side: starts the supervisor beside it, and has programs run by it."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any

from .processes import list_descendants, resident_bytes

_TICK = 0.1  # seconds between two looks whether a program is to go on
_PIECE = 4096

# The package is entered by its folder: no site-packages are searched, and nothing of the user's is imported.
_START = """
import sys, types
package = types.ModuleType("keeper")
package.__path__ = [sys.argv[1]]
sys.modules["keeper"] = package
from keeper.supervisor import main
main()
"""


@dataclass(frozen=True)
class ProgramOrder:
    """A program to run: its command, folder, whole environment, log and limits (bytes and seconds).

    `walls` are the folders of a root of its own (see `walls.build`), with `folder` a place in there; without
    them the program sees the machine as it is. An empty command only tries the walls.
    """

    command: tuple[str, ...] = field(repr=False)
    folder: str
    environment: Mapping[str, str] = field(repr=False)  # may hold secrets
    log: Path
    walls: Mapping[str, Any] | None = None
    seconds: float | None = None
    memory_bytes: int | None = None
    file_bytes: int | None = None


@dataclass(frozen=True)
class ProgramEnd:
    """How a program ended: its exit code (negative: the signal that killed it), or what kept it from running.

    `peak` is the largest memory of one of its processes, in bytes; `not_started` an errno, or 0 for none.
    """

    code: int | None = None
    peak: int = 0
    late: bool = False
    not_started: int | None = None
    unavailable: str | None = None


class Keeper:
    """The supervisor of a run's programs: started when first needed, ended with the block it is used in."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._keepers: dict[Path, int] = {}

    def __enter__(self) -> Keeper:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all programs that still run, and the supervisor."""
        self.close()

    def close(self) -> None:
        """End all programs that still run, and the supervisor; no more are started."""
        with self._lock:
            self._closed = True
            if self._control and self._process:
                self._control.close()
                self._process.wait()
            self._control = self._process = None

    def forget(self) -> None:
        """Let go of the supervisor, in a forked process: it is the other's."""
        self._control = self._process = None

    def run(self, order: ProgramOrder, goes_on: Callable[[], bool] | None = None) -> ProgramEnd:
        """Run a program to its end, nothing of it left running; leaving this call early ends it too.

        It is ended, too, once `goes_on`, which is asked all the time, says no.
        """
        ours, theirs = socket.socketpair()
        with ours, theirs:
            with self._lock:
                if self._closed:
                    return ProgramEnd(unavailable="the run has ended")
                socket.send_fds(self._connect(), [b"1"], [theirs.fileno()])
            theirs.close()
            with suppress(BrokenPipeError):
                ours.sendall(json.dumps(_as_json(order)).encode() + b"\n")
            return self._listen(_lines(ours, goes_on), order.log)

    def _listen(self, lines: Iterator[bytes], log: Path) -> ProgramEnd:
        """Hear who keeps a program, and in the end how that ended."""
        try:
            for line in lines:
                said = json.loads(line)
                if "keeper" not in said:
                    return ProgramEnd(**said)
                self._keepers[log] = said["keeper"]
            return ProgramEnd(code=-9)  # the supervisor was killed
        finally:
            self._keepers.pop(log, None)

    def memory(self, folder: Path) -> int:
        """Return how many bytes the programs take now whose logs lie in a folder; 0 where nobody knows."""
        keepers = [keeper for log, keeper in list(self._keepers.items()) if log.is_relative_to(folder)]
        return sum(resident_bytes(process) for keeper in keepers for process in list_descendants(keeper))

    def _connect(self) -> socket.socket:
        if self._control is None:
            self._control, theirs = socket.socketpair()
            folder = str(Path(__file__).parent)
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - our own module, and no shell
                    [sys.executable, "-I", "-S", "-c", _START, folder],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    env={"PATH": os.defpath},
                )
        return self._control


def _lines(connection: socket.socket, goes_on: Callable[[], bool] | None) -> Iterator[bytes]:
    """Yield what the supervisor says, and tell it once that a program is not to go on."""
    rest = b""
    while True:
        while goes_on and not select.select([connection], [], [], _TICK)[0]:
            if not goes_on():
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_WR)
                goes_on = None
        piece = connection.recv(_PIECE)
        if not piece:
            return
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines


def _as_json(order: ProgramOrder) -> dict[str, Any]:
    return {
        "command": list(order.command),
        "folder": order.folder,
        "environment": dict(order.environment),
        "log": str(order.log),
        "walls": order.walls,
        "seconds": order.seconds,
        "memory_bytes": order.memory_bytes,
        "file_bytes": order.file_bytes,
    }
