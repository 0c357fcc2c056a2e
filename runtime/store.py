"""S3 as a folder of this machine: `s3://bucket/key` is `<root>/bucket/key`."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from .errors import ReasonError

# Source: the naming rules of S3's general purpose buckets.
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")

# What no file name and no argument of a program can hold: NUL and lone surrogates.
UNUSABLE = re.compile("[\0\ud800-\udfff]")


def has_files(folder: Path) -> bool:
    """Tell whether a folder holds any file, however deep; a link counts as what it points to."""
    return any(not path.is_dir() for path in folder.rglob("*"))


@dataclass(frozen=True)
class Store:
    """The S3 of a local run.

    `scratch` is a folder of the same file system, in which copies are made that then move into place:
    whatever is under `root` is whole.
    """

    root: Path
    scratch: Path

    def path(self, uri: str) -> Path:
        """Return the place of an S3 URI on this machine, whether or not anything is there.

        Raises ReasonError when it is no S3 URI, or one that would lead out of the store.
        """
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        if not uri.startswith("s3://") or not _BUCKET.fullmatch(bucket):
            raise ReasonError(f"uses '{uri}', which is no S3 URI (such as s3://bucket/key)")
        parts = [part for part in key.split("/") if part]
        if UNUSABLE.search(key) or not {".", ".."}.isdisjoint(parts):
            raise ReasonError(f"uses '{uri}', whose key has a part that no folder can stand for")
        return self.root.joinpath(bucket, *parts)

    def find(self, uri: str, what: str) -> Path:
        """Return the file or folder at an S3 URI, a file:// URI or a path of this machine.

        `what` (`input 'train'`) is what it is for. Raises ReasonError when nothing is there.
        """
        path = self.path(uri) if uri.startswith("s3://") else _local_path(uri)
        if not path.exists():
            place = f" ({path})" if str(path) != uri else ""
            raise ReasonError(f"finds nothing at '{uri}' for {what}{place}")
        return path

    def fetch(self, uri: str, folder: Path, what: str) -> None:
        """Copy what is at a URI into a folder: a file under its own name, a prefix as the tree under it."""
        source = self.find(uri, what)
        folder.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, folder, dirs_exist_ok=True)
        else:
            shutil.copy2(source, folder)

    def publish(self, source: Path, uri: str, *, ignore: tuple[str, ...] = ()) -> None:
        """Copy a file to an S3 URI, or the files of a folder under it, each appearing whole or not at all.

        As on S3, what else lies under the URI stays. `ignore` lists patterns of names to leave out.
        """
        target = self.path(uri)
        with TemporaryDirectory(dir=self.scratch, prefix=".partial-") as scratch:
            staged = Path(scratch) / "staged"
            if source.is_dir():
                shutil.copytree(source, staged, ignore=shutil.ignore_patterns(*ignore))
            else:
                shutil.copy2(source, staged)
            _move(staged, target)


def _move(staged: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if staged.is_file() or not target.exists():
        staged.replace(target)
        return
    for file in sorted(path for path in staged.rglob("*") if path.is_file()):
        place = target / file.relative_to(staged)
        place.parent.mkdir(parents=True, exist_ok=True)
        file.replace(place)


def _local_path(uri: str) -> Path:
    path = unquote(uri.removeprefix("file://")) if uri.startswith("file:///") else uri
    if not path or "://" in path or UNUSABLE.search(path):
        raise ReasonError(f"uses '{uri}', which is neither an S3 URI nor a file of this machine")
    return Path(path)
