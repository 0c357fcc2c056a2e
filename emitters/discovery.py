"""Finds the documents that a command is given: paths, folders, and patterns with `*` and `**`."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import DocumentError, Problem
from ..specs.source import UNREADABLE

SUFFIXES = (".yaml", ".yml", ".json")
_SKIPPED = frozenset(("__pycache__", "__snapshots__", "build", "dist", "node_modules", "site-packages"))


def find_files(given: Iterable[str | Path], *, endings: tuple[str, ...] = SUFFIXES) -> tuple[Path, ...]:
    """Return the files that paths, folders and patterns stand for, each once, in the order they are given.

    What is found in a folder or by a pattern is sorted, has one of `endings`, and lies in no hidden folder. A
    path that is named is returned whether it is there or not. Raises DocumentError for a pattern that nothing
    matches, and for a folder with nothing in it.
    """
    found: dict[Path, None] = {}
    problems = []
    for name in given:
        path = Path(name)
        if path.is_dir() and not path.name.endswith(endings):
            below = files_below(path, endings=endings)
            found.update(dict.fromkeys(below))
            if not below:
                hint = f"such files end in {' or '.join(endings)}"
                problems.append(Problem(UNREADABLE, f"no file in the folder '{name}' will do", hint=hint))
        elif path.exists() or not glob.has_magic(str(name)):
            found[path] = None
        else:
            matched = sorted(Path(item) for item in glob.glob(str(name), recursive=True))  # noqa: PTH207  # as typed
            matched = [item for item in matched if item.name.endswith(endings) and item.is_file()]
            found.update(dict.fromkeys(matched))
            if not matched:
                problems.append(Problem(UNREADABLE, f"no file matches '{name}'"))
    if problems:
        raise DocumentError(problems)
    return tuple(found)


def files_below(folder: Path, *, endings: tuple[str, ...] = SUFFIXES) -> tuple[Path, ...]:
    """Return the files of a folder, and of those in it, that have one of `endings`; there may be none."""
    return tuple(_below(folder, endings))


def _below(folder: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name not in _SKIPPED and not path.name.startswith(".") and not path.is_symlink():
                yield from _below(path, endings)
        elif path.name.endswith(endings):
            yield path
