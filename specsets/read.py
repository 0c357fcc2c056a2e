"""Reads spec sets, reporting all their problems at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from ..problems.codes import Code
from ..problems.errors import DocumentError, SpecSetError
from ..problems.problem import Location, Position, Problem
from ..problems.suggestions import closest, did_you_mean, shown
from ..problems.validation import model_of
from ..specs.text.access import OutsideError, confined
from ..specs.text.source import SourceMap, SourceText, read_source
from .spec_set import AS_IT_IS, Expectation, SpecCase, SpecSet, Variation, spec_set_stem

MAX_CASES = 10_000
"""A spec set has no more cases than these, all its variations together."""

MAX_FILE_NAME_LENGTH = 100
"""Names of files are no longer: many file systems end at 255 bytes."""

_KEYS = ("name", "document", "expect", "variations")
_COLUMN = re.compile(r"\$\{([^{}]*)\}")

M = TypeVar("M", bound=BaseModel)


def read_spec_set(path: Path, allow: Iterable[Path] = ()) -> SpecSet:
    """Read a spec set; raises SpecSetError with every problem, each with its line.

    Its document lies in its own folder, or in one of those in `allow`.
    """
    try:
        source = read_source(path)
    except DocumentError as error:
        raise SpecSetError(error.problems) from None
    reading = _Reading(path, source, tuple(allow), list(source.problems))
    found = reading.spec_set()
    if reading.problems or found is None:
        raise SpecSetError(reading.problems)
    return found


def is_spec_set(path: Path) -> bool:
    """Tell a spec set, also one that cannot stand, from a file of others that bears such a name."""
    try:
        data = read_source(path).data
    except DocumentError:
        return True
    return isinstance(data, dict) and any(closest(key, _KEYS[1:]) for key in data)


def unique_names(sets: Iterable[SpecSet]) -> tuple[Problem, ...]:
    """List the spec sets of which another bears the name: nobody could tell which of them failed."""
    first: dict[str, Path] = {}
    problems = []
    for item in sets:
        other = first.setdefault(item.name, item.path)
        if other != item.path:
            message = f"the spec set '{item.name}' has the name of another, {other}"
            problems.append(
                Problem(Code.SAME_NAME, message, Position(str(item.path), 1, 1), "give one another 'name'")
            )
    return tuple(problems)


@dataclass
class _Reading:
    path: Path
    source: SourceText
    allow: tuple[Path, ...]
    problems: list[Problem] = field(default_factory=list)

    def spec_set(self) -> SpecSet | None:
        data = self.source.data
        if not isinstance(data, dict):
            self._add(Code.WRONG_VALUE, f"a spec set should be a mapping, found {shown(data)}", ())
            return None
        for key in data:
            if key not in _KEYS:
                self._add(Code.UNKNOWN_KEY, f"unknown key {key!r}", (key,), did_you_mean(key, _KEYS, limit=8))
        name = data.get("name", self.path.with_name(spec_set_stem(self.path)).as_posix())
        if not isinstance(name, str) or not name.strip():
            self._add(Code.WRONG_VALUE, f"'name' should be a text, found {shown(name)}", ("name",))
        document = self._document(data)
        cases = tuple(self._cases(data))
        self._check_names(cases)
        if not cases and not self.problems:
            self._add(Code.MISSING_KEY, "nothing is expected", (), "give 'expect', or 'variations'")
        return SpecSet(self.path, name, document, cases, self.allow) if document is not None else None

    def _document(self, data: Mapping[str, Any]) -> Path | SourceText | None:
        document = data.get("document")
        if isinstance(document, dict):
            return _part(self.source, "document")
        if not isinstance(document, str):
            found = f", found {shown(document)}" if "document" in data else ""
            message = f"'document' should be the path of a document, or a document{found}"
            self._add(Code.WRONG_VALUE if found else Code.MISSING_KEY, message, ("document",))
            return None
        path = self.path.parent / document
        try:
            confined(document, self.path.parent, self.allow)
        except OutsideError as error:
            self._add(Code.OUTSIDE, f"the document {error}", ("document",), "allow its folder by name")
            return None
        if not path.is_file():
            self._add(
                Code.NO_DOCUMENT, f"the document {document!r} is not there", ("document",), f"no {path}"
            )
            return None
        return path

    def _cases(self, data: Mapping[str, Any]) -> Iterator[SpecCase]:
        if data.get("expect") is not None:
            expect = self._model(Expectation, data["expect"], "expect", ("expect",))
            if expect:
                places = self._places(("expect",))
                yield SpecCase(AS_IT_IS, self._place(("expect",)), None, expect, places)
        variations = data.get("variations") or []
        if not isinstance(variations, list):
            self._add(
                Code.WRONG_VALUE, f"'variations' should be a list, found {shown(variations)}", ("variations",)
            )
            return
        left = MAX_CASES
        for number, item in enumerate(variations):
            for case in self._variations(number, item, left):
                left -= 1
                yield case

    def _variations(self, number: int, item: Any, most: int) -> Iterator[SpecCase]:
        at: Location = ("variations", number)
        subject = f"variation {number + 1}"
        if not isinstance(item, dict):
            self._add(Code.WRONG_VALUE, f"{subject} should be a mapping, found {shown(item)}", at)
            return
        rows = self._rows(item.get("each"), at, most)
        body = {key: value for key, value in item.items() if key != "each"}
        made: list[Variation] = []
        for row in rows:
            missing = sorted(set(_columns(body)) - row.keys())
            if missing:
                hint = did_you_mean(missing[0], row) or "declare it under 'each'"
                self._add(Code.NO_COLUMN, f"{subject}: there is no column {missing[0]!r}", at, hint)
                return
            variation = self._model(Variation, _filled(body, row), subject, at)
            if variation is None:
                return  # the other rows have the same problem
            made.append(variation)
        titles = [variation.title for variation in made]
        if len(set(titles)) < len(titles):  # they do not tell the rows apart
            told = (", ".join(str(value) for value in row.values()) for row in rows)
            titles = [f"{title} [{values}]" for title, values in zip(titles, told, strict=True)]
        places = self._places((*at, "expect"))
        for title, variation in zip(titles, made, strict=True):
            yield SpecCase(title, self._place(at), variation, variation.expect, places)

    def _rows(self, each: Any, at: Location, most: int) -> list[dict[str, Any]]:
        """Read a table, `[{column: value}]`, or columns of which each combination counts; `most` rows."""
        if each is None:
            return [{}]
        rows: list[dict[str, Any]] = []
        if isinstance(each, list) and all(isinstance(row, dict) for row in each):
            rows = each
        elif isinstance(each, dict) and all(isinstance(values, list) for values in each.values()):
            number = 1
            for values in each.values():
                number *= len(values)
            if number <= most:
                rows = [dict(zip(each, values, strict=True)) for values in product(*each.values())]
        if not rows or len(rows) > most or len({frozenset(row) for row in rows}) > 1:
            message = "'each' should be {column: [values]}, or a list of mappings with the same columns"
            self._add(
                Code.WRONG_VALUE, message, (*at, "each"), f"at least one row, at most {MAX_CASES:,} in all"
            )
        return rows if len(rows) <= most else []

    def _check_names(self, cases: tuple[SpecCase, ...]) -> None:
        seen: set[str] = set()
        for case in cases:
            key = slug(case.name).casefold()  # names of files, which not every system tells apart by case
            if key in seen:
                message = f"two cases have the name {case.name!r}"
                self.problems.append(
                    Problem(Code.SAME_NAME, message, case.position, "give one another 'name'")
                )
            seen.add(key)

    def _model(self, model: type[M], data: Any, subject: str, location: Location) -> M | None:
        locate = self.source.places.key
        made, wrong = model_of(model, data, subject=subject, prefix=location, locate=locate)
        self.problems += wrong
        return made

    def _places(self, location: Location) -> dict[Location, Position]:
        """Return where everything below a location stands, by the rest of the way to it."""
        deep = len(location)
        keys = self._by_variation[location[:2]] if deep > 1 else self.source.places.keys
        return {key[deep:]: keys[key] for key in keys if key[:deep] == location and len(key) > deep}

    @cached_property
    def _by_variation(self) -> Mapping[Location, Mapping[Location, Position]]:
        """The places of keys by the first two parts of their way: of each variation there are few."""
        found: defaultdict[Location, dict[Location, Position]] = defaultdict(dict)
        for key, where in self.source.places.keys.items():
            found[key[:2]][key] = where
        return found

    def _place(self, location: Location) -> Position:
        return self.source.places.key(location) or Position(str(self.path), 1, 1)

    def _add(self, code: Code, message: str, location: Location, hint: str = "") -> None:
        self.problems.append(Problem(code, message, self._place(location), hint))


def slug(name: str) -> str:
    """Turn the name of a case into one of a file; of a long one, its beginning and a hash."""
    found = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "case"
    if len(found) <= MAX_FILE_NAME_LENGTH:
        return found
    return f"{found[:MAX_FILE_NAME_LENGTH].rstrip('-.')}-{sha256(name.encode()).hexdigest()[:8]}"


def _part(source: SourceText, key: str) -> SourceText:
    """Return what stands under a key as a source of its own, at the same places of the same file."""
    places = SourceMap(
        source.places.file,
        {place[1:]: where for place, where in source.places.keys.items() if place[:1] == (key,)},
        {place[1:]: where for place, where in source.places.values.items() if place[:1] == (key,)},
    )
    return SourceText(source.data[key], places)


def _columns(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _COLUMN.findall(value)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _columns(key)
            yield from _columns(item)
    elif isinstance(value, list):
        for item in value:
            yield from _columns(item)


def _filled(value: Any, row: Mapping[str, Any]) -> Any:
    """Put the values of a row in the place of `${column}`; a text that is nothing else becomes the value."""
    if isinstance(value, str):
        whole = _COLUMN.fullmatch(value)
        return row[whole[1]] if whole else _COLUMN.sub(lambda match: str(row[match[1]]), value)
    if isinstance(value, Mapping):
        return {str(_filled(key, row)): _filled(item, row) for key, item in value.items()}
    return [_filled(item, row) for item in value] if isinstance(value, list) else value
