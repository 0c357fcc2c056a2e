"""What is asked of the Linux kernel, and has no function in Python's standard library."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from functools import lru_cache

# Source: the kernel's headers sched.h, mount.h, prctl.h and capability.h.
NEW_USER, NEW_MOUNTS, NEW_PROCESSES, NEW_IPC = 0x10000000, 0x00020000, 0x20000000, 0x08000000
READ_ONLY, NO_SUID, NO_DEVICES, REMOUNT, BIND = 0x1, 0x2, 0x4, 0x20, 0x1000
RECURSIVE, PRIVATE, DETACH = 0x4000, 0x40000, 0x2
_DEATH_SIGNAL, _SUBREAPER, _NO_NEW_PRIVILEGES, _DROP_CAPABILITY = 1, 36, 38, 24
_AT_RECURSIVE, _AT_CURRENT_FOLDER, _MOUNT_SETATTR = 0x8000, -100, 442
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}

# What docker leaves to root: to own, read and signal what is its own, and to become another user.
_KEPT_CAPABILITIES = {0, 1, 3, 4, 5, 6, 7, 10}
_LAST_CAPABILITY = 63


@lru_cache(maxsize=1)
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _check(result: int, what: str) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), what)


def unshare(flags: int) -> None:
    """Leave the namespaces that `flags` names for new ones; raises OSError where that is forbidden."""
    _check(_libc().unshare(flags), "unshare")


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount something at a folder; raises OSError."""
    arguments = [os.fsencode(text) if text else None for text in (source, target, kind)]
    _check(_libc().mount(*arguments, ctypes.c_ulong(flags), options.encode() or None), f"mount {target}")


def bind(source: str, target: str, *, read_only: bool) -> None:
    """Let a folder or file, with all that is mounted in it, be seen at another place; raises OSError."""
    mount(source, target, flags=BIND | RECURSIVE)
    if read_only:
        make_read_only(target)


def make_read_only(target: str) -> None:
    """Forbid writing to what is mounted at a place and below it; raises OSError."""
    attributes = (ctypes.c_uint64 * 4)(READ_ONLY, 0, 0, 0)
    arguments = (
        ctypes.c_long(_MOUNT_SETATTR),
        ctypes.c_int(_AT_CURRENT_FOLDER),
        ctypes.c_char_p(os.fsencode(target)),
        ctypes.c_uint(_AT_RECURSIVE),
        ctypes.byref(attributes),
        ctypes.c_size_t(ctypes.sizeof(attributes)),
    )
    _check(_libc().syscall(*arguments), f"make {target} read-only")


def change_root(root: str) -> None:
    """Make a mounted folder the root of this mount namespace, and let go of the old one; raises OSError."""
    os.chdir(root)
    number = ctypes.c_long(_PIVOT_ROOT[os.uname().machine])
    _check(_libc().syscall(number, b".", b"."), "pivot_root")
    _check(_libc().umount2(b".", DETACH), "umount")
    os.chdir("/")


def end_with_parent(parent: int, number: signal.Signals) -> None:
    """Have this process sent a signal when its parent ends, on Linux; `parent` is that, or 0 if unseen."""
    if sys.platform == "linux":
        _libc().prctl(_DEATH_SIGNAL, int(number), 0, 0, 0)
        if parent and os.getppid() != parent:  # it ended before
            os.kill(os.getpid(), number)


def adopt_orphans() -> None:
    """Become the parent of all descendants whose parents end, on Linux."""
    if sys.platform == "linux":
        _libc().prctl(_SUBREAPER, 1, 0, 0, 0)


def drop_privileges() -> None:
    """Give up, for whatever this process becomes, all that could undo its walls."""
    if sys.platform == "linux":
        for capability in range(_LAST_CAPABILITY + 1):
            if capability not in _KEPT_CAPABILITIES:
                _libc().prctl(_DROP_CAPABILITY, capability, 0, 0, 0)
        _libc().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
