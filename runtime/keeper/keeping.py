"""The keeper of one program: it starts it, waits for it, ends all that it has left running, and reports.

Behind walls the program lives in process and mount namespaces of its own, whose end is the kernel's doing;
elsewhere the keeper is the parent of whatever loses its own, and ends it.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from . import linux, walls
from .processes import list_descendants

_FAILED_TO_START = 127
_ROUNDS = 1000


def keep(order: dict[str, Any], report: socket.socket, supervisor: int) -> NoReturn:
    """Run the program of an order to its end and report it, in a process that is forked for this."""
    linux.end_with_parent(supervisor, signal.SIGTERM)
    try:
        _open_log(order["log"])
        found = _behind_walls(order) if order["walls"] else _in_the_open(order)
    except OSError as error:
        found = {"unavailable": f"{error.filename or 'the kernel'}: {error.strerror}"}
    with suppress(OSError):  # nobody may be listening any more
        report.sendall(json.dumps(found).encode() + b"\n")
    os._exit(0)


def end_descendants() -> None:
    """Kill every process that descends from this one, and wait for them."""
    for _ in range(_ROUNDS):
        for process in list_descendants(os.getpid()):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
        try:
            while os.waitpid(-1, 0 if list_descendants(os.getpid()) else os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return


def _open_log(log: str) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
    for number, source in ((0, nothing), (1, output), (2, output)):
        os.dup2(source, number)


def _in_the_open(order: dict[str, Any]) -> dict[str, Any]:
    linux.adopt_orphans()
    _when_asked_to_end(_end_all)
    started, failed = os.pipe()
    program = os.fork()
    if program == 0:
        os.close(started)
        _become(order, failed)
    os.close(failed)
    trouble = os.read(started, 100)
    _, status, usage = os.wait4(program, 0)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(program, signal.SIGKILL)  # where descendants cannot be listed
    end_descendants()
    return _outcome(status, usage, trouble)


def _when_asked_to_end(act: Callable[..., Any]) -> None:
    signal.signal(signal.SIGTERM, act)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _end_all(*_: object) -> NoReturn:
    end_descendants()
    os._exit(1)


def _behind_walls(order: dict[str, Any]) -> dict[str, Any]:
    walls.enter_user_namespace()
    linux.unshare(linux.NEW_MOUNTS | linux.NEW_PROCESSES | linux.NEW_IPC)
    result, tell = os.pipe()
    first = os.fork()
    if first == 0:
        os.close(result)
        linux.end_with_parent(0, signal.SIGKILL)
        _be_first(order, tell)
    os.close(tell)
    _when_asked_to_end(lambda *_: os.kill(first, signal.SIGKILL))
    with os.fdopen(result, "rb") as stream:
        told = stream.read()
    os.waitpid(first, 0)
    found: dict[str, Any] = json.loads(told) if told else {"code": -int(signal.SIGKILL), "peak": 0}
    return found


def _be_first(order: dict[str, Any], tell: int) -> NoReturn:
    """Be the first process of a namespace: when it ends, all others in it do."""
    try:
        walls.build(order["walls"])
        started, failed = os.pipe()
        program = os.fork()
        if program == 0:
            os.close(started)
            os.close(tell)
            _become(order, failed)
        os.close(failed)
        trouble = os.read(started, 100)
        while True:
            process, status, usage = os.wait4(-1, 0)
            if process == program:
                break
        found = _outcome(status, usage, trouble)
    except OSError as error:
        found = {"unavailable": f"{error.filename or 'the kernel'}: {error.strerror}"}
    os.write(tell, json.dumps(found).encode())
    os._exit(0)


def _become(order: dict[str, Any], failed: int) -> NoReturn:
    """Become the program; what keeps it from starting is written to `failed`."""
    try:
        os.setsid()
        linux.end_with_parent(0, signal.SIGKILL)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, set())
        os.chdir(order["folder"])
        _limit(order)
        if order["walls"]:
            linux.drop_privileges()
        os.set_inheritable(failed, False)
        if order["command"]:
            os.execvpe(order["command"][0], order["command"], order["environment"])  # noqa: S606
        os._exit(0)
    except OSError as error:
        os.write(failed, str(error.errno).encode())
    except ValueError as error:
        os.write(failed, f"0{error}"[:99].encode())
    os._exit(_FAILED_TO_START)


def _limit(order: dict[str, Any]) -> None:
    limits = [(resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, order["file_bytes"])]
    limits.append(
        (resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS, order["memory_bytes"])
    )
    for kind, most in limits:
        if most is not None:
            hard = resource.getrlimit(kind)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (most, most))


def _outcome(status: int, usage: resource.struct_rusage, trouble: bytes) -> dict[str, Any]:
    if trouble:
        return {"not_started": int(trouble) if trouble.isdigit() else 0}
    unit = 1 if sys.platform == "darwin" else 1024
    return {"code": os.waitstatus_to_exitcode(status), "peak": usage.ru_maxrss * unit}
