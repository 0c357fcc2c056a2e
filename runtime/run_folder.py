"""The folders under the root of a run: who may use them, and which run has which number."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import RunError

RUN = re.compile(r"run-([0-9]+)")


def list_runs(root: Path) -> list[Path]:
    """Return the folders of the runs under a root, the oldest first."""
    runs = root / "runs"
    found = [path for path in runs.iterdir() if RUN.fullmatch(path.name)] if runs.is_dir() else []
    return sorted(found, key=lambda path: (int(path.name.removeprefix("run-")), path.name))


def claim_folder(root: Path) -> Path:
    """Make the folder of the next run; making it is what claims the number. Raises RunError."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        ignored = root / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n", encoding="utf-8")
        (root / "runs").mkdir(exist_ok=True)
        number = max((int(path.name.removeprefix("run-")) for path in list_runs(root)), default=0) + 1
        while True:
            folder = root / "runs" / f"run-{number:04d}"
            try:
                folder.mkdir(mode=0o700)
            except FileExistsError:  # another run has just taken it
                number += 1
            else:
                return folder
    except OSError as error:
        raise RunError(
            f"the folder for data, logs and models, {root}, cannot be used: {error.strerror}"
        ) from error


@contextmanager
def hold(root: Path, *, alone: bool = False) -> Iterator[None]:
    """Keep the folders under a root from being cleared away; with `alone`, RunError while a run goes on."""
    descriptor = os.open(root / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            other = "a run goes on there" if alone else "it is being cleared"
            raise RunError(f"{root} cannot be used now: {other}") from error
        yield
    finally:
        os.close(descriptor)
