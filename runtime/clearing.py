"""What earlier runs have left, cleared away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from .cache import CacheEntry
from .folders import remove_folder
from .history import StepResultFile, read_record
from .object_store import StoredFile
from .run_folder import hold, list_runs


@dataclass(frozen=True)
class Cleared:
    """What was cleared away: how many runs, and stored files with their size in bytes."""

    runs: int
    files: int
    size: int


def clear(root: Path, keep: int) -> Cleared:
    """Clear away all runs but the newest `keep`, what is known of them alone, and files that nothing needs.

    Files that are linked in the folder that stands for S3, or in a model package, stay. Raises RunError while
    a run goes on.
    """
    if not root.is_dir():
        return Cleared(0, 0, 0)
    with hold(root, alone=True):
        runs = list_runs(root)
        old = runs[: max(0, len(runs) - keep)]
        for folder in old:
            remove_folder(folder)
        kept = list_runs(root)
        needed = _needed_by_runs(kept) | _clear_cache(root / "cache", kept)
        _clear_checkpoints(root / "checkpoints", kept)
        files, size = _clear_objects(root / "objects", needed)
    return Cleared(len(old), files, size)


def _clear_checkpoints(checkpoints: Path, kept: list[Path]) -> None:
    """Clear away what jobs have left that were interrupted before any kept run."""
    for lock in sorted(checkpoints.glob("*.lock")):  # opened by every such job
        if lock.stat().st_mtime < _since(kept):
            remove_folder(lock.with_suffix(""))
            lock.unlink()


def _since(kept: list[Path]) -> float:
    return min((_start(folder) for folder in kept), default=float("inf"))


def _clear_cache(cache: Path, kept: list[Path]) -> set[StoredFile]:
    """Forget what no kept run has made or used; return the files that the other entries need."""
    since = _since(kept)
    needed: set[StoredFile] = set()
    for place in sorted(cache.glob("*/*/*.json")):
        try:
            entry = CacheEntry.model_validate_json(place.read_bytes())
        except (OSError, ValidationError):
            entry = None
        if entry is None or place.stat().st_mtime < since:  # its time is that of its last use
            place.unlink(missing_ok=True)
        else:
            needed |= set(entry.files())
    return needed


def _start(folder: Path) -> float:
    """Return when a run began, in seconds since 1970."""
    record = read_record(folder)
    return datetime.fromisoformat(record.started).timestamp() if record else float("inf")


def _needed_by_runs(folders: list[Path]) -> set[StoredFile]:
    needed: set[StoredFile] = set()
    for place in [path for folder in folders for path in folder.glob("*/result.json")]:
        try:
            found = StepResultFile.model_validate_json(place.read_bytes())
        except (OSError, ValidationError):
            continue
        needed |= {file for tree in found.published.values() for file in tree.values()}
    return needed


def _clear_objects(objects: Path, needed: set[StoredFile]) -> tuple[int, int]:
    digests = {file.digest for file in needed}
    count = size = 0
    for place in sorted(objects.glob("*/*")):
        status = place.lstat()
        if place.parent.name + place.name not in digests and status.st_nlink == 1:
            place.unlink()
            count, size = count + 1, size + status.st_size
    return count, size
