"""Reads YAML and JSON text into plain values, with the place of each, within limits.

Scalars follow the core schema of YAML 1.2 (`no` and `2024-01-01` are texts), of which JSON is a part. Only
plain data is read: tags are refused, so no text can make an object or run code.
"""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from ...problems.codes import Code
from ...problems.errors import DocumentError
from ...problems.problem import Location, Position, Problem, Related
from .access import read_bytes
from .event_reader import EventReader, too_deep
from .limits import MAX_DOCUMENT_DEPTH, MAX_FILE_BYTES


@dataclass(frozen=True)
class SourceMap:
    """Where each value of a document stands: by location, the place of its key and of the value itself."""

    file: str = ""
    keys: Mapping[Location, Position] = field(default_factory=dict)
    values: Mapping[Location, Position] = field(default_factory=dict)

    def key(self, location: Location) -> Position | None:
        """Return the place of a key (of the value, in lists), or of the nearest thing around it."""
        for end in range(len(location), -1, -1):
            found = self.keys.get(location[:end]) or self.values.get(location[:end])
            if found:
                return found
        return Position(self.file, 1, 1) if self.file else None

    def value(self, location: Location) -> Position | None:
        """Return the place of a value, or of the nearest thing around it."""
        return self.values.get(location) or self.key(location)

    def related(self, location: Location, word: str) -> Related:
        """Return the place of a key with a word on it, as a problem takes it; nothing where there is none."""
        where = self.key(location)
        return ((where, word),) if where else ()


LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Letters that a text in JSON may hold as they are, while YAML refuses them or takes them for line ends."""

SURROGATES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


@dataclass(frozen=True)
class SourceText:
    """The plain value of a text, and where each part of it stands.

    `problems` are keys given twice, of which `data` has the last: what is left of them can still be checked.
    """

    data: Any
    places: SourceMap
    problems: tuple[Problem, ...] = ()

    def sound(self) -> SourceText:
        """Return the source itself; raises DocumentError with its problems, if it has any."""
        if self.problems:
            raise DocumentError(self.problems)
        return self


def read_source(path: Path) -> SourceText:
    """Read a YAML or JSON file; raises DocumentError when it cannot be read, is malformed or too large."""
    return parse_source(read_text(path), str(path))


def read_text(path: Path) -> str:
    """Read a text file (UTF-8); raises DocumentError when it cannot be read or is too large."""
    try:
        raw = read_bytes(path)
    except OSError as error:
        raise DocumentError([_unopened(path, error)]) from None
    return decoded(raw, str(path))


def decoded(raw: bytes, file: str) -> str:
    """Read bytes as UTF-8; `file` names them in messages; raises DocumentError as `read_text` does."""
    if len(raw) > MAX_FILE_BYTES:
        raise DocumentError([_too_large(Position(file, 1, 1))])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable("the text is not UTF-8", _place_of(raw[: error.start], file)) from None


def _unopened(path: Path, error: OSError) -> Problem:
    match error.errno:
        case errno.EFBIG:
            return _too_large(Position(str(path), 1, 1))
        case errno.ENOENT | errno.ENOTDIR:
            what = "is not there"
        case errno.EINVAL | errno.EISDIR | errno.ENXIO:
            what = "is no regular file"
        case _:
            what = f"cannot be read: {error.strerror}"
    return Problem(Code.UNREADABLE, f"the file {str(path)!r} {what}")


def parse_source(text: str, file: str, *, depth: int = MAX_DOCUMENT_DEPTH) -> SourceText:
    """Read YAML or JSON text, nested up to `depth` levels; `file` names it in messages.

    Raises DocumentError when it is malformed.
    """
    text = _checked_text(text, file)
    if file.endswith(".json"):
        text = _checked_json(text, file)
    reader = EventReader(file, depth)
    try:
        data = reader.document(yaml.parse(text, Loader=LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Position(file, mark.line + 1, mark.column + 1) if mark else Position(file, 1, 1)
        what = " ".join(filter(None, (error.context, error.problem)))
        hint = "indent with spaces" if mark and text[mark.index : mark.index + 1] == "\t" else ""
        raise _unreadable(f"the text is no YAML: {what}", where, hint) from None
    except yaml.reader.ReaderError as error:
        where = _place_of(text.encode()[: error.position], file)
        raise _unreadable(f"the character #x{error.character:04x} cannot stand in YAML", where) from None
    return SourceText(data, SourceMap(file, reader.keys, reader.values), tuple(reader.problems))


def _checked_text(text: str, file: str) -> str:
    if len(text) > MAX_FILE_BYTES:
        raise DocumentError([_too_large(Position(file, 1, 1))])
    try:
        text.encode()
    except UnicodeEncodeError as error:
        where = _place_of(text[: error.start].encode(), file)
        raise _unreadable("half of a surrogate pair is no character", where) from None
    return text.removeprefix("\ufeff")


def _checked_json(text: str, file: str) -> str:
    """Refuse what is no JSON; write escaped surrogate pairs as the characters they mean, as YAML wants."""
    try:
        json.loads(text, parse_int=str, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        where = Position(file, error.lineno, error.colno)
        raise _unreadable(f"the text is no JSON: {error.msg}", where) from None
    except RecursionError:
        raise DocumentError([too_deep(Position(file, 1, 1), MAX_DOCUMENT_DEPTH)]) from None
    text = SURROGATES.sub(lambda match: json.loads(f'"{match[0]}"'), text)
    return NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _refuse_constant(name: str) -> NoReturn:
    raise json.JSONDecodeError(f"{name} is no value of JSON", "", 0)


def _place_of(before: bytes, file: str) -> Position:
    """Return the place of what stands after a part of a text."""
    *lines, last = before.decode(errors="ignore").split("\n")
    return Position(file, len(lines) + 1, len(last) + 1)


def _unreadable(message: str, where: Position, hint: str = "") -> DocumentError:
    return DocumentError([Problem(Code.UNREADABLE, message, where, hint)])


def _too_large(where: Position) -> Problem:
    hint = "split it, or move specifications into library files"
    return Problem(Code.TOO_LARGE, f"the document is larger than {MAX_FILE_BYTES // 2**20} MiB", where, hint)
