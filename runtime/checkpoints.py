"""Checkpoints of training jobs: a folder that outlives an interrupted job, for the next of its name."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import ReasonError, StoppedEarlyError
from .folders import list_files, remove_folder
from .step_job import Job


@contextmanager
def keep_checkpoints(job: Job, uri: str) -> Iterator[Path]:
    """Give a job a folder with its last checkpoints, or those at an S3 URI; publish them there in the end.

    A job that fails or is killed leaves them for the next that has its name, which is made of all that it
    depends on. One that may be stopped begins without any, and leaves none when it is stopped: it is judged
    by its reports, counted from the first. Raises ReasonError and OSError.
    """
    job.store.path(uri)  # refused before the script has run rather than after
    places = job.registry.parent / "checkpoints"
    places.mkdir(exist_ok=True)
    lock = os.open(places / f"{job.name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    os.utime(lock)  # for who clears away what is old
    try:
        kept = places / job.name if _claims(lock) else job.folder / "checkpoints"
        if job.watch:
            remove_folder(kept)
            kept.mkdir()
        elif not kept.exists():
            _begin(job, uri, kept)
        try:
            yield kept
        except StoppedEarlyError:
            remove_folder(kept)
            raise
        job.store.publish(dict(list_files(kept, "its checkpoints")), uri)
        remove_folder(kept)
    finally:
        os.close(lock)


def _claims(lock: int) -> bool:
    """Tell whether nobody else works with the checkpoints of the same job."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _begin(job: Job, uri: str, kept: Path) -> None:
    """Fill the folder with what is at the URI, whole or not at all."""
    partial = kept.with_name(f".partial-{os.getpid()}-{kept.name}")
    remove_folder(partial)
    try:
        job.store.fetch(uri, partial, "its checkpoints")
    except ReasonError:  # the first time there are none
        partial.mkdir(parents=True, exist_ok=True)
    partial.rename(kept)
