"""The processes of this machine, as /proc tells of them; nothing where there is none."""

from __future__ import annotations

import os
from contextlib import suppress


def list_descendants(ancestor: int) -> list[int]:
    """List the processes below one, those that have ended and were not waited for left out."""
    children: dict[int, list[int]] = {}
    try:
        processes = [int(name) for name in os.listdir("/proc") if name.isdecimal()]
    except OSError:  # a system without /proc
        return []
    for process in processes:
        with suppress(OSError, ValueError, IndexError):
            with open(f"/proc/{process}/stat", "rb") as stream:
                state, parent = stream.read().rpartition(b")")[2].split()[:2]
            if state != b"Z":
                children.setdefault(int(parent), []).append(process)
    found, waiting = [], [ancestor]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def resident_bytes(process: int) -> int:
    """Return how much memory a process takes now; 0 when it has ended."""
    with suppress(OSError, ValueError, IndexError), open(f"/proc/{process}/statm", "rb") as stream:
        return int(stream.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0
