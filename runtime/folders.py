"""The files of a folder that a program has filled, none of them from elsewhere."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path
from tempfile import mkdtemp

from .errors import ReasonError


def has_files(folder: Path) -> bool:
    """Tell whether a folder holds any file or link, however deep."""
    return any(True for _ in _contents(folder))


def measure_folder(folder: Path) -> int:
    """Return the sizes of all files below a folder, in bytes, as they are said to be; links do not count."""
    total = 0
    for entry in _contents(folder):
        with suppress(OSError):  # it went away
            status = entry.stat(follow_symlinks=False)
            total += status.st_size if stat.S_ISREG(status.st_mode) else 0
    return total


def remove_folder(folder: Path) -> None:
    """Remove a folder, if it is there, with all that is in it, however deep and whoever may read it.

    What lies deep is moved up first, since no path is long enough for everything. Raises OSError.
    """
    waiting = [folder] if folder.is_dir() and not folder.is_symlink() else []
    while waiting:
        place = waiting[-1]
        place.chmod(0o700)
        with os.scandir(place) as entries:
            found = list(entries)
        inner = [Path(entry.path) for entry in found if entry.is_dir(follow_symlinks=False)]
        for entry in found:
            if not entry.is_dir(follow_symlinks=False):
                Path(entry.path).unlink()
        if place != folder:
            inner = [_move_up(path, folder) for path in inner]
        if not inner:
            waiting.pop().rmdir()
        waiting += inner


def _move_up(path: Path, folder: Path) -> Path:
    """Move a folder to the top of another, under a name of its own."""
    path.chmod(0o700)
    return path.rename(mkdtemp(dir=folder))


def _contents(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield all that is no folder below one; what may not be read, or goes away meanwhile, is left out."""
    waiting = [folder]
    while waiting:
        with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            for entry in _scan(waiting.pop()):
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                else:
                    yield entry


def _scan(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise ReasonError("makes folders so deep that no path is long enough for them") from error
        raise


def list_files(
    folder: Path, what: str, ignore: tuple[str, ...] = (), *, confined: bool = True
) -> Iterator[tuple[str, Path]]:
    """Yield every file below a folder by its path in there (`a/b.csv`), sorted, and what links point to.

    `what` is what the folder is (`output 'train'`), `ignore` lists patterns of names to leave out. Raises
    ReasonError for what is no file, and with `confined` for a link that leads out or to a folder.
    """
    top = folder.resolve()
    for path in _walk(folder, ignore, () if confined else (top,)):
        name = path.relative_to(folder).as_posix()
        found = path.resolve() if path.is_symlink() else path
        if confined and found is not path and not found.is_relative_to(top):
            raise ReasonError(f"has a link '{name}' in {what} that leads out of it")
        try:
            mode = found.stat().st_mode
        except OSError as error:
            raise ReasonError(f"has a link '{name}' in {what} that leads nowhere") from error
        if not stat.S_ISREG(mode):
            kind = "a link to a folder" if stat.S_ISDIR(mode) else "something that is no file"
            raise ReasonError(f"has {kind}, '{name}', in {what}")
        yield name, found


def require_own(folder: Path, base: Path, what: str) -> None:
    """Raise ReasonError when a folder below `base` was replaced by a link, or lies in one."""
    if folder.resolve() != base.resolve() / folder.relative_to(base):
        raise ReasonError(f"made a link of {what}; what it points to is not published")


def _walk(folder: Path, ignore: tuple[str, ...], above: tuple[Path, ...]) -> Iterator[Path]:
    """Yield all that is no folder below one; with the folders `above` it, links to folders are followed."""
    waiting = [(iter(_scan(folder)), above)]
    while waiting:
        entries, above = waiting[-1]
        entry = next(entries, None)
        if entry is None:
            waiting.pop()
            continue
        path = Path(entry.path)
        if any(fnmatch(entry.name, pattern) for pattern in ignore):
            continue
        if not entry.is_dir(follow_symlinks=bool(above)):
            yield path
            continue
        real = path.resolve() if above else path
        if real in above:
            raise ReasonError(f"has a link at {path} that leads to a folder above it")
        waiting.append((iter(_scan(path)), (*above, real) if above else ()))
