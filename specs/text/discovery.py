"""Finds the documents that a command is given: paths, folders, and patterns with `*` and `**`."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

from ...problems.codes import Code
from ...problems.errors import DocumentError
from ...problems.problem import Problem
from .access import read_bytes
from .source import read_source

SUFFIXES = (".yaml", ".yml", ".json")


_SKIPPED = frozenset(("__pycache__", "__snapshots__", "build", "dist", "node_modules", "site-packages"))


def find_files(given: Iterable[str | Path], *, endings: tuple[str, ...] = SUFFIXES) -> tuple[Path, ...]:
    """Return the files that paths, folders and patterns stand for, each once, in the order they are given.

    What is found in a folder or by a pattern is sorted, has one of `endings`, and lies in no folder that is
    hidden, or whose name is that of built or installed things. A path that is named is returned whether it
    is there or not. Raises DocumentError for a pattern that nothing matches, and for a folder with nothing
    in it.
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
                problems.append(
                    Problem(Code.UNREADABLE, f"no file in the folder '{name}' will do", hint=hint)
                )
        elif path.exists() or not glob.has_magic(str(name)):
            found[path] = None
        else:
            matched = sorted(Path(item) for item in glob.glob(str(name), recursive=True))  # noqa: PTH207  # as typed
            matched = [
                it for it in matched if it.name.endswith(endings) and it.is_file() and not _is_skipped(it)
            ]
            found.update(dict.fromkeys(matched))
            if not matched:
                problems.append(Problem(Code.UNREADABLE, f"no file matches '{name}'"))
    if problems:
        raise DocumentError(problems)
    return tuple(found)


def _is_skipped(path: Path) -> bool:
    return not _SKIPPED.isdisjoint(path.parts)


def find_documents(given: Iterable[str | Path]) -> tuple[Path, ...]:
    """Return the pipeline documents that paths, folders and patterns stand for, as `find_files` does.

    Spec sets, spec files, and JSON files of other kinds are left out where they are not named themselves.
    Raises DocumentError for a spec set that is.
    """
    names = {Path(name) for name in given}
    sets = [path for path in names if path.name.endswith(ENDINGS) and path.is_file()]
    if sets:
        raise DocumentError(
            [
                Problem(
                    Code.UNREADABLE, f"'{path}' is a spec set, and no document", hint="it is run as a test"
                )
                for path in sorted(sets)
            ]
        )
    return tuple(path for path in find_files(given) if path in names or is_document(path))


def is_document(path: Path) -> bool:
    """Tell a pipeline document from a spec set, from a spec file, and from JSON of another kind.

    A file that cannot be read, or that is no mapping, may have been meant to be one.
    """
    if path.name.endswith(ENDINGS):
        return False
    if path.suffix != ".json" and not _may_hold_specs(path):
        return True
    data = read_source(path).data
    return not isinstance(data, dict) or "steps" in data or (path.suffix != ".json" and "specs" not in data)


def _may_hold_specs(path: Path) -> bool:
    """Tell whether a file has the word by which a spec file is known; reading the text is cheap."""
    try:
        return b"specs" in read_bytes(path)
    except OSError:
        return False


def files_below(folder: Path, *, endings: tuple[str, ...] = SUFFIXES) -> tuple[Path, ...]:
    """Return the files of a folder, and of those in it, that have one of `endings`; there may be none."""
    return tuple(_below(folder, endings))


def _below(folder: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name not in _SKIPPED and not path.name.startswith(".") and not path.is_symlink():
                yield from _below(path, endings)
        elif path.name.endswith(endings) and path.is_file():
            yield path


ENDINGS = (".wiring.yaml", ".wiring.yml", ".wiring.json")
"""How the names of spec sets end."""
