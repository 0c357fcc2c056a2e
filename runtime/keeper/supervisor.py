"""The process beside a run that starts its programs, and ends them when they may not go on.

It listens on one socket for connections, one for each program. A connection that is closed ends its program;
the socket's end, which is the run's, ends all of them, and this process.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import Any

from . import linux
from .keeping import end_descendants, keep

_GRACE = 5.0
_IDLE = 3600.0


@dataclass
class _Kept:
    """A program's connection, and the process that keeps it once its order is read."""

    connection: socket.socket
    read: bytearray = field(default_factory=bytearray)
    keeper: int = 0
    deadline: float = float("inf")
    ending: bool = False


def main() -> None:
    """Serve the socket that is standard input until its other end is closed."""
    with suppress(OSError):
        os.setsid()
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)
    # Blocked rather than ignored: a keeper is asked to end by it, perhaps before it has said what to do then.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    linux.adopt_orphans()
    _Supervisor(socket.socket(fileno=os.dup(sys.stdin.fileno()))).serve()
    end_descendants()


class _Supervisor:
    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._kept: dict[int, _Kept] = {}
        self._selector = selectors.DefaultSelector()
        wake, woken = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC) if hasattr(os, "pipe2") else os.pipe()
        os.set_blocking(woken, False)
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._wake = wake
        self._selector.register(control, selectors.EVENT_READ)
        self._selector.register(wake, selectors.EVENT_READ)

    def serve(self) -> None:
        """Start and end programs until the other end of the socket is closed; then end all."""
        serving = True
        while serving:
            first = min((kept.deadline for kept in self._kept.values()), default=float("inf"))
            for key, _ in self._selector.select(max(0.0, min(_IDLE, first - monotonic()))):
                if key.fileobj is self._control:
                    serving = self._accept()
                elif key.fileobj == self._wake:
                    with suppress(BlockingIOError):
                        os.read(self._wake, 4096)
                elif key.fd in self._kept:
                    self._listen(self._kept[key.fd])
            self._end_late()
            self._reap()
        for kept in list(self._kept.values()):
            self._end(kept)
        self._wait_for_keepers()

    def _accept(self) -> bool:
        data, descriptors, _, _ = socket.recv_fds(self._control, 1, 1)
        for descriptor in descriptors:
            connection = socket.socket(fileno=descriptor)
            connection.setblocking(False)
            self._kept[connection.fileno()] = _Kept(connection)
            self._selector.register(connection, selectors.EVENT_READ)
        return bool(data)

    def _listen(self, kept: _Kept) -> None:
        try:
            data = kept.connection.recv(2**20)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:  # nobody waits for the program
            self._selector.unregister(kept.connection)
            self._end(kept)
            return
        kept.read += data
        if not kept.keeper and kept.read.endswith(b"\n"):
            self._start(kept, json.loads(kept.read))

    def _start(self, kept: _Kept, order: dict[str, Any]) -> None:
        supervisor = os.getpid()
        keeper = os.fork()
        if keeper == 0:
            signal.set_wakeup_fd(-1)
            self._selector.close()
            for other in self._kept.values():
                if other is not kept:
                    other.connection.close()
            self._control.close()
            kept.connection.setblocking(True)
            keep(order, kept.connection, supervisor)
        kept.keeper = keeper
        with suppress(OSError):
            kept.connection.sendall(b'{"keeper": %d}\n' % keeper)
        if order["seconds"] is not None:
            kept.deadline = monotonic() + order["seconds"]

    def _end_late(self) -> None:
        for kept in list(self._kept.values()):
            if kept.keeper and kept.deadline <= monotonic():
                if not kept.ending:
                    with suppress(OSError):
                        kept.connection.sendall(b'{"late": true}\n')
                self._end(kept)

    def _end(self, kept: _Kept) -> None:
        """Ask a keeper to end its program, and at the second time of asking end the keeper."""
        if kept.keeper:
            with suppress(ProcessLookupError):
                os.kill(kept.keeper, signal.SIGKILL if kept.ending else signal.SIGTERM)
            kept.deadline = monotonic() + _GRACE
            kept.ending = True
        else:
            self._forget(kept)

    def _reap(self) -> None:
        try:
            while ended := os.waitpid(-1, os.WNOHANG)[0]:
                for kept in [item for item in self._kept.values() if item.keeper == ended]:
                    self._forget(kept)
        except ChildProcessError:
            return

    def _forget(self, kept: _Kept) -> None:
        with suppress(KeyError, ValueError):
            self._selector.unregister(kept.connection)
        self._kept.pop(kept.connection.fileno(), None)
        kept.connection.close()

    def _wait_for_keepers(self) -> None:
        end = monotonic() + _GRACE
        while self._kept and monotonic() < end:
            self._reap()
            sleep(0.005)
