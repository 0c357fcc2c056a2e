"""S3 as a folder of this machine, and as one run sees it.

`s3://bucket/key` is `<root>/bucket/key`. Where a run has published something, it sees there what it has
published, and what the user has put there, but neither what an earlier run left nor what another is writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Protocol, TypeVar
from urllib.parse import unquote

from .errors import ReasonError
from .folders import list_files
from .object_store import FileTree, ObjectStore, StoredFile, copy_contents, is_stored, measure

# Source: the naming rules of S3's general purpose buckets.
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_LONGEST_KEY = 1024  # bytes, of any object

# What no file name and no argument of a program can hold: NUL and lone surrogates.
UNUSABLE = re.compile("[\0\ud800-\udfff]")


F = TypeVar("F")


class Remote(Protocol):
    """An S3 elsewhere, which is read instead of the folder, and written as well."""

    def download(self, bucket: str, key: str) -> dict[str, Path]:
        """Return copies of the object at a key, or of those below it, by their paths below it."""

    def upload(self, bucket: str, key: str, path: Path) -> None:
        """Put a file at a key."""


@dataclass(frozen=True)
class Store:
    """The S3 of a run: `root` stands for it, `objects` hold what runs have published.

    `published` is what this run has published, by bucket and key, `made` what has come through this view of
    it, by URI; `expected` are files and folders of this machine that are going to be there, by URI.
    """

    root: Path
    objects: ObjectStore
    remote: Remote | None = None
    expected: Mapping[str, Path] = field(default_factory=dict)
    published: dict[str, FileTree] = field(default_factory=dict)
    made: dict[str, FileTree] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def path(self, uri: str) -> Path:
        """Return the place of an S3 URI on this machine, whether or not anything is there.

        Raises ReasonError when it is no S3 URI, or one that would lead out of the store.
        """
        return self.root / self._key(uri)

    def files(self, uri: str, what: str) -> dict[str, Path]:
        """Return the files at an S3 URI, a file:// URI or a path of this machine, by their paths below it.

        A file by itself has the path ``. `what` (`input 'train'`) is what they are for. Raises ReasonError
        when nothing is there.
        """
        found, place = self._look(uri, what)
        if not found and not place.is_dir():
            shown = f" ({place})" if str(place) != uri else ""
            raise ReasonError(f"finds nothing at '{uri}' for {what}{shown}")
        return found

    def find(self, uri: str, what: str) -> Path:
        """Return the one file at a URI; raises ReasonError when nothing or a folder is there."""
        files = self.files(uri, what)
        if "" not in files:
            raise ReasonError(f"finds a folder at '{uri}' for {what}, which has to be a file")
        return files[""]

    def tree(self, uri: str, what: str) -> FileTree:
        """Return the contents of the files at a URI; raises ReasonError when nothing is there."""
        return {name: self._measure(path) for name, path in self.files(uri, what).items()}

    def fetch(self, uri: str, folder: Path, what: str) -> None:
        """Copy what is at a URI into a folder: a file under its own name, a prefix as the tree under it."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, path in self.files(uri, what).items():
            target = folder / (name or uri.rstrip("/").rpartition("/")[2])
            target.parent.mkdir(parents=True, exist_ok=True)
            copy_contents(path, target)

    def publish(self, files: Mapping[str, Path], uri: str, *, take: bool = False) -> FileTree:
        """Store files by their paths below an S3 URI, each appearing there whole or not at all.

        With `take` the files are moved away from where they are. As on S3, what else lies under the URI
        stays, though this run does not see it any more. Raises ReasonError and OSError.
        """
        self._require_short(self._key(uri), files)
        tree = {name: self.objects.add(path, take=take) for name, path in files.items()}
        self.restore(tree, uri)
        return tree

    def restore(self, tree: FileTree, uri: str) -> None:
        """Let stored files appear at an S3 URI."""
        key = self._key(uri)
        for name, file in sorted(tree.items()):
            place = self.root / key / name if name else self.root / key
            try:
                self.objects.link(file, place)
            except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
                raise ReasonError(
                    f"publishes '{uri}', where a file and a folder would have one name"
                ) from error
            if self.remote:
                bucket, _, rest = place.relative_to(self.root).as_posix().partition("/")
                self.remote.upload(bucket, rest, place)
        with self._lock:
            self.published[key] = {**self.published.get(key, {}), **tree}
            self.made[uri] = {**self.made.get(uri, {}), **tree}

    def _look(self, uri: str, what: str) -> tuple[dict[str, Path], Path]:
        if not uri.startswith("s3://"):
            place = _local_path(uri)
            return dict(_files_at(place, what, confined=False)), place
        key = self._key(uri)
        with self._lock:
            published = dict(self.published)
        own = {
            path: self.objects.path(file)
            for prefix, tree in published.items()
            for path, file in _below(key, prefix, tree)
        }
        place = self.root / key
        bucket, _, rest = key.partition("/")
        found = (
            self.remote.download(bucket, rest) if self.remote else dict(_files_at(place, what, confined=True))
        )
        others = {
            path: file
            for path, file in found.items()
            if path not in own and not self._is_of_a_run(file, f"{key}/{path}" if path else key, published)
        }
        return {**self._expected_at(key), **others, **own}, place

    def _expected_at(self, key: str) -> dict[str, Path]:
        return {
            path: file
            for uri, source in self.expected.items()
            for path, file in _below(key, self._key(uri), dict(_files_at(source, uri, confined=False)))
        }

    def _is_of_a_run(self, file: Path, key: str, published: Mapping[str, FileTree]) -> bool:
        """Tell whether a file lies where this run has published, and is what another run has left there."""
        below = any(key == prefix or key.startswith(f"{prefix}/") for prefix in published)
        return below and is_stored(file)

    def _measure(self, path: Path) -> StoredFile:
        if path.is_relative_to(self.objects.root):  # its name is its digest
            return StoredFile(path.parent.name + path.name, path.stat().st_size)
        return measure(path)

    def _require_short(self, key: str, names: Iterable[str]) -> None:
        for name in names:
            length = len(f"{key.partition('/')[2]}/{name}".encode("utf-8", "surrogateescape"))
            if length > _LONGEST_KEY:
                raise ReasonError(
                    f"leaves a file, '{name[:40]}…', for which the key in S3 would be longer than "
                    f"{_LONGEST_KEY} bytes"
                )

    def _key(self, uri: str) -> str:
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        if not uri.startswith("s3://") or not _BUCKET.fullmatch(bucket):
            raise ReasonError(f"uses '{uri}', which is no S3 URI (such as s3://bucket/key)")
        parts = [part for part in key.split("/") if part]
        if UNUSABLE.search(key) or not {".", ".."}.isdisjoint(parts):
            raise ReasonError(f"uses '{uri}', whose key has a part that no folder can stand for")
        if len(key.encode("utf-8")) > _LONGEST_KEY:
            raise ReasonError(f"uses '{uri[:80]}…', whose key is longer than {_LONGEST_KEY} bytes")
        return "/".join((bucket, *parts))


def _below(key: str, prefix: str, tree: Mapping[str, F]) -> Iterator[tuple[str, F]]:
    """Yield the files of a tree that lie at a key or below it, by their paths from there."""
    for name, file in tree.items():
        whole = f"{prefix}/{name}" if name else prefix
        if whole == key:
            yield "", file
        elif whole.startswith(f"{key}/"):
            yield whole[len(key) + 1 :], file


def _files_at(place: Path, what: str, *, confined: bool) -> Iterator[tuple[str, Path]]:
    if place.is_dir():
        yield from list_files(place, what, ignore=(".partial-*",), confined=confined)
    elif place.is_file():
        yield "", place
    elif place.exists():
        raise ReasonError(f"finds neither a file nor a folder at '{place}' for {what}")


def _local_path(uri: str) -> Path:
    path = unquote(uri.removeprefix("file://")) if uri.startswith("file:///") else uri
    if not path or "://" in path or UNUSABLE.search(path):
        raise ReasonError(f"uses '{uri}', which is neither an S3 URI nor a file of this machine")
    return Path(path).absolute()
