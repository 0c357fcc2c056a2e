"""What may be opened: regular files within a limit, and, for a document, only those that it may name."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from io import BufferedReader
from pathlib import Path

from .limits import MAX_FILE_BYTES

# Opening a pipe would wait for its other end; where the platform has no such flag, it has no such pipes.
_AT_ONCE = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
)


class OutsideError(ValueError):
    """A path that leads out of where a document may look; its text says how."""


def open_regular(path: Path) -> BufferedReader:
    """Open a file for reading, if it is a regular one: no pipe, device or folder. Raises OSError."""
    try:
        handle = os.open(path, _AT_ONCE)
    except ValueError:  # a null character in the name
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path)) from None
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    raise OSError(errno.EINVAL, "it is no regular file", str(path))


def read_bytes(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """Read a regular file of at most `limit` bytes.

    Raises OSError, with EFBIG for a larger file, of which nothing is read.
    """
    with open_regular(path) as stream:
        is_larger = os.fstat(stream.fileno()).st_size > limit
        raw = b"" if is_larger else stream.read(limit + 1)  # it may be growing
        if is_larger or len(raw) > limit:
            raise OSError(errno.EFBIG, f"it is larger than {limit:,} bytes", str(path))
    return raw


def confined(name: str, folder: Path, allow: Iterable[Path] = ()) -> Path:
    """Follow a path from a folder, links included, and return where it leads.

    Raises OutsideError when that is neither in the folder nor in one of those that the user allows.
    """
    if "\0" in name:
        raise OutsideError(f"{name!r} is no path")
    try:
        path = (folder / name).resolve()
        roots = [root.resolve() for root in (folder, *allow)]
    except (OSError, RuntimeError):  # Python before 3.13 raises RuntimeError for links that lead in a circle
        raise OutsideError(f"'{name}' cannot be followed") from None
    if not any(path.is_relative_to(root) for root in roots):
        raise OutsideError(f"'{name}' lies outside the document's folder")
    return path
