"""What a run has stored, by content: a file is kept once however often it is made, and never changes."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import NamedTuple

# The time of every stored file: one that has another was written to. (Zip archives begin with 1980.)
_TIME = 315_619_200_000_000_000
_READ_ONLY = 0o444
_numbers = count()


class StoredFile(NamedTuple):
    """A file by its content: SHA-256 in hexadecimal digits, and size in bytes."""

    digest: str
    size: int


FileTree = Mapping[str, StoredFile]
"""Files by their paths in a folder, parts joined with `/`; a file by itself has the path ``."""


def digest_tree(tree: FileTree) -> str:
    """Return one digest for a whole tree."""
    lines = [f"{file.digest} {file.size} {path}" for path, file in sorted(tree.items())]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def measure(path: Path) -> StoredFile:
    """Read a file to its end, and tell its digest and size."""
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
        return StoredFile(found, stream.tell())


def copy_contents(source: Path, target: Path) -> None:
    """Copy a file to a new one that may be written to; file systems that can do so share the blocks."""
    with source.open("rb") as reading, target.open("wb") as writing:
        try:
            while os.copy_file_range(reading.fileno(), writing.fileno(), 2**30):
                pass
            return
        except (OSError, AttributeError):  # across file systems, or a platform without the call
            reading.seek(0)
            writing.seek(0)
        shutil.copyfileobj(reading, writing, 2**20)


def is_stored(place: Path) -> bool:
    """Tell whether a file is one that a run has stored, rather than one that a user has put there."""
    return place.lstat().st_mtime_ns == _TIME


@dataclass(frozen=True)
class ObjectStore:
    """The folder of the stored files, which several runs may use at a time."""

    root: Path

    def path(self, file: StoredFile) -> Path:
        """Return where a stored file lies."""
        return self.root / file.digest[:2] / file.digest[2:]

    def add(self, source: Path, *, take: bool = False) -> StoredFile:
        """Store a file, or with `take` let it become the stored one; raises OSError."""
        file = measure(source)
        place = self.path(file)
        if self.is_whole(file):
            if take:
                source.unlink()
            return file
        place.parent.mkdir(parents=True, exist_ok=True)
        partial = place.with_name(f".partial-{os.getpid()}-{next(_numbers)}")
        try:
            if take:
                source.rename(partial)
            else:
                copy_contents(source, partial)
                file = measure(partial)  # the source may have changed meanwhile
            partial.chmod(_READ_ONLY)
            os.utime(partial, ns=(_TIME, _TIME))
            place = self.path(file)
            place.parent.mkdir(parents=True, exist_ok=True)
            partial.replace(place)
        finally:
            with suppress(FileNotFoundError):
                partial.unlink()
        return file

    def is_whole(self, file: StoredFile) -> bool:
        """Tell whether a file is stored, and as it was; one that was written to is thrown away."""
        place = self.path(file)
        try:
            status = place.lstat()
        except OSError:
            return False
        if status.st_size == file.size and status.st_mtime_ns == _TIME:
            return True
        if measure(place) == file:
            os.utime(place, ns=(_TIME, _TIME))
            return True
        place.unlink()
        return False

    def link(self, file: StoredFile, place: Path) -> None:
        """Let a stored file take a place, whole and at once, instead of what is there; raises OSError."""
        stored = self.path(file)
        place.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):
            if place.samefile(stored):
                return
        partial = place.with_name(f".partial-{os.getpid()}-{next(_numbers)}")
        try:
            try:
                os.link(stored, partial)
            except OSError:  # as many links as there can be, or none on this file system
                copy_contents(stored, partial)
                os.utime(partial, ns=(_TIME, _TIME))
            partial.replace(place)
        finally:
            with suppress(FileNotFoundError):
                partial.unlink()
