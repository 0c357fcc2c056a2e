"""One thing that is wrong: what, where, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .codes import Code


@dataclass(frozen=True, order=True)
class Position:
    """A place in a text file; line and column count from 1.

    `end` is the line and column just past what stands there, where that is known. Places are equal, and come
    one before the other, by where they start.
    """

    file: str
    line: int
    column: int
    end: tuple[int, int] | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


Location = tuple[str | int, ...]
"""A place in a document or a definition: keys and indexes, from the top."""


def to_json_path(location: Location) -> str:
    """Write a location as a JSON path: `$.Steps[0].Arguments['Std:Join'].Values[1]`."""
    return "$" + "".join(map(_json_path_part, location))


def _json_path_part(part: str | int) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    if re.fullmatch(r"[A-Za-z_]\w*", part, re.ASCII):
        return f".{part}"
    quoted = part.replace("\\", "\\\\").replace("'", "\\'")
    return f"['{quoted}']"


Related = tuple[tuple[Position, str], ...]
"""Places, each with a word on what stands there."""


@dataclass(frozen=True)
class Spelling:
    """A name in a document that was probably meant to be another: where it stands, as a key or as a value."""

    location: tuple[str | int, ...]
    old: str
    new: str
    is_key: bool = False


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: what, where, and what to do about it.

    `code` is stable (`SW101`); `hint` is the next thing to do, `related` are other places that have to do
    with it, and `cure` is the spelling that would mend it. `location` is where it stands in a value that has
    no file of its own (a definition that was emitted): from it follows the position, once a file is known.
    """

    code: Code
    message: str
    position: Position | None = None
    hint: str = ""
    related: Related = ()
    cure: Spelling | None = field(default=None, compare=False)
    location: tuple[str | int, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        place = f"{self.position}: " if self.position else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.message}{hint} [{self.code}]"


def is_note(problem: Problem) -> bool:
    """Tell whether nothing is wrong, and there is only something to know."""
    return problem.code.severity == "note"
