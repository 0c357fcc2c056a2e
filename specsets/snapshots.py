"""The definitions that were agreed on, each in a file of its own beside the spec set."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..problems.codes import Code
from ..problems.errors import DocumentError
from ..problems.problem import Position, Problem
from ..specs.text.files import write_text
from ..specs.text.source import read_text

SNAPSHOT_FOLDER = "__snapshots__"

_MARK = ".wiring"
_SHOWN_LINES = 60


@dataclass(frozen=True)
class Snapshot:
    """The file of one snapshot."""

    path: Path

    def problem(self, text: str, where: Position) -> Problem | None:
        """Compare a text with the snapshot; None when it is the same."""
        if not self.path.exists():
            message = f"there is no snapshot {self.path}"
            return Problem(Code.NO_SNAPSHOT, message, where)
        try:
            agreed = read_text(self.path)
        except DocumentError as error:
            reasons = "; ".join(item.message for item in error.problems)
            message = f"the snapshot {self.path} cannot be read: {reasons}"
            return Problem(Code.SNAPSHOT_UNREADABLE, message, where, "remove it, if it is of no use")
        if _lines(agreed) == _lines(text):
            return None
        message = f"the definition is not the one in {self.path}"
        return Problem(Code.SNAPSHOT_DIFFERS, message, where)

    def difference(self, text: str) -> str:
        """Show the lines in which a text differs from the snapshot; nothing when that cannot be read."""
        try:
            agreed = read_text(self.path)
        except DocumentError:
            return ""
        lines = list(difflib.unified_diff(_lines(agreed), _lines(text), "agreed", "now", lineterm="", n=2))
        more = [f"… and {len(lines) - _SHOWN_LINES} lines more"] if len(lines) > _SHOWN_LINES else []
        return "\n".join([*lines[:_SHOWN_LINES], *more])

    def updated(self, text: str, where: Position) -> Problem | None:
        """Write the snapshot unless it says the same already; None unless what is there cannot be read.

        Such a file is left as it is: it may be another's.
        """
        problem = self.problem(text, where)
        if problem is None or problem.code == Code.SNAPSHOT_UNREADABLE:
            return problem
        if _leads_away(self.path.parent) or self.path.is_symlink():
            message = f"the snapshot {self.path} would be written behind a link"
            return Problem(Code.SNAPSHOT_UNREADABLE, message, where, "put a folder in the place of the link")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_text(self.path, text)
        return None


def snapshot_folder(test: Path) -> Path:
    """Return the folder of the snapshots of a spec set, or of a file of tests written in Python.

    Each file has its own. The name ends in `.wiring`, so that other plugins, whose snapshots lie beside ours,
    know it apart.
    """
    name = test.name.removesuffix(test.suffix).removesuffix(_MARK)
    return test.parent / SNAPSHOT_FOLDER / f"{name}{test.suffix}{_MARK}"


def _lines(text: str) -> list[str]:
    return text.splitlines()


def _leads_away(folder: Path) -> bool:
    """Tell whether a folder of snapshots is a link: what lies behind it is not ours to judge or to remove."""
    return folder.is_symlink() or folder.parent.is_symlink()


def unused(folder: Path, used: Iterable[Path]) -> Iterator[Path]:
    """Yield the files of a folder of snapshots that nothing uses."""
    wanted = frozenset(used)
    if folder.is_dir() and not _leads_away(folder):
        files = (path for path in sorted(folder.iterdir()) if path.is_file() and not path.is_symlink())
        yield from (path for path in files if path not in wanted)


def orphans(folder: Path) -> Iterator[Path]:
    """Yield the snapshots beside the tests of a folder whose spec set, or test in Python, is not there."""
    for kept in sorted((folder / SNAPSHOT_FOLDER).glob(f"*{_MARK}")):
        owner = Path(kept.name.removesuffix(_MARK))
        spec_set = f"{owner.stem}{_MARK}{owner.suffix}"
        if not (folder / (owner.name if owner.suffix == ".py" else spec_set)).exists():
            yield from unused(kept, ())


def remove(paths: Iterable[Path]) -> None:
    """Remove snapshots, and their folders when these are left empty."""
    for path in paths:
        path.unlink(missing_ok=True)
        for folder in (path.parent, path.parent.parent):
            is_ours = SNAPSHOT_FOLDER in (folder.name, folder.parent.name)
            if is_ours and not any(folder.iterdir()):
                folder.rmdir()
