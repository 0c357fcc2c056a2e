"""Spells names right in the text of a document, and leaves all else as it is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import accumulate

from ...problems.codes import Code
from ...problems.errors import DocumentError
from ...problems.problem import Location, Position, Problem, Spelling
from ..text.source import SourceMap, parse_source


def respelt(text: str, file: str, spellings: Iterable[Spelling]) -> str:
    """Return the text with each name written as it was meant.

    A name that stands there in quotes stays in quotes. Raises DocumentError for one that does not stand where
    it should, such as a value that an alias or a merge brings in.
    """
    places = parse_source(text, file).places
    starts = [0, *accumulate(map(len, text.splitlines(keepends=True)))]
    splices: dict[int, tuple[str, str]] = {}
    for spelling in spellings:
        where = _place(places, spelling)
        offset = starts[where.line - 1] + where.column - 1 if where else 0
        found = next((each for each in _written(spelling.old) if text.startswith(each, offset)), None)
        if where is None or found is None:
            message = f"{spelling.old!r} is not written where it is read, and cannot be respelt"
            raise DocumentError([Problem(Code.UNCHANGEABLE, message, where, f"write {spelling.new!r} there")])
        new = spelling.new if found == spelling.old else f"{found[0]}{spelling.new}{found[0]}"
        splices[offset] = (found, new)
    for offset, (found, new) in sorted(splices.items(), reverse=True):
        text = f"{text[:offset]}{new}{text[offset + len(found) :]}"
    return text


def _place(places: SourceMap, spelling: Spelling) -> Position | None:
    location: Location = spelling.location
    return (places.keys if spelling.is_key else places.values).get(location)


def _written(name: str) -> tuple[str, ...]:
    """List the ways in which a name may be written in YAML or JSON."""
    return name, f"'{name}'", json.dumps(name, ensure_ascii=False), json.dumps(name)
