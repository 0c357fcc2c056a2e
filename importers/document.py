"""Writes the data of a document as YAML, with comments on what was inferred, and so that every reader of
YAML, of version 1.1 or 1.2, reads the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

MAX_LINE = 100

# A text that no version of YAML takes for anything else, and that needs no quotes within brackets either.
_PLAIN = re.compile(r"[A-Za-z_/.][A-Za-z0-9_/.\-]*(?: [A-Za-z0-9_/.\-]+)*")
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", ".nan", ".inf"))
_NUMBER_LIKE = re.compile(r"[.+-]?[0-9].*|\.")


def to_yaml(data: Mapping[str, Any], comments: Mapping[tuple[str, ...], str]) -> str:
    """Write a document; `comments` are put at the end of the lines of the keys at their locations."""
    return "".join(f"{line}\n" for line in _Writer(comments).mapping(data, "", ()))


class _Writer:
    def __init__(self, comments: Mapping[tuple[str, ...], str]) -> None:
        self._comments = comments
        self._on_the_way = {place[:end] for place in comments for end in range(len(place))}

    def mapping(self, data: Mapping[str, Any], indent: str, location: tuple[str, ...]) -> Iterator[str]:
        for key, value in data.items():
            place = (*location, key)
            head = f"{indent}{scalar(key)}:"
            note = f"  # {self._comments[place]}" if place in self._comments else ""
            line = f"{head} {write_inline(value)}"
            if self._is_short(value, line, place):
                yield line + note
            elif isinstance(value, Mapping):
                yield head + note
                yield from self.mapping(value, f"{indent}  ", place)
            else:
                yield head + note
                yield from self.items(value, f"{indent}  ", place)

    def items(self, items: list[Any], indent: str, location: tuple[str, ...]) -> Iterator[str]:
        for item in items:
            line = f"{indent}- {write_inline(item)}"
            if self._is_short(item, line, location):
                yield line
            elif isinstance(item, Mapping):
                first, *rest = self.mapping(item, f"{indent}  ", (*location, "-"))
                yield f"{indent}- {first.removeprefix(indent + '  ')}"
                yield from rest
            else:
                yield f"{indent}-"
                yield from self.items(item, f"{indent}  ", (*location, "-"))

    def _is_short(self, value: Any, line: str, location: tuple[str, ...]) -> bool:
        if not isinstance(value, Mapping | list | tuple) or not value:
            return True
        is_top = len(location) < 3 and isinstance(value, Mapping) and location[:1] != ("inputs",)
        return len(line) <= MAX_LINE and not is_top and location not in self._on_the_way


def write_inline(value: Any) -> str:
    """Write a value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {write_inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(write_inline, value)) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """Write a scalar: a text without quotes only where no reader takes it for anything else."""
    if isinstance(value, str):
        is_safe = (
            _PLAIN.fullmatch(value) and value.lower() not in _WORDS and not _NUMBER_LIKE.fullmatch(value)
        )
        return str(value) if is_safe else _quoted(value)
    # YAML 1.1 takes 5e-05 for a text and 5.0e-05 for a number, as 1.2 does.
    return (
        re.sub(r"^(-?\d+)e", r"\1.0e", json.dumps(value)) if isinstance(value, float) else json.dumps(value)
    )


def _quoted(text: str) -> str:
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"  # as it is, where in double quotes each of its own would be escaped
    # The escapes of JSON are those of YAML, but for letters that it takes two of them for.
    return "".join(map(_written, json.dumps(text, ensure_ascii=False)))


def _written(letter: str) -> str:
    if letter.isprintable():
        return letter
    return json.dumps(letter)[1:-1] if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"
