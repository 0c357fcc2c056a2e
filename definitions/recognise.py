"""Tells a pipeline definition from all other texts by what it holds, and knows where its parts stand.

A definition is JSON or YAML: as it is, as the answer of DescribePipeline, or either of them as a text in
quotes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

from ..problems.codes import Code
from ..problems.errors import DefinitionError, DocumentError
from ..problems.problem import Position, Problem
from ..problems.suggestions import shown
from ..specs.text.limits import MAX_FILE_BYTES
from ..specs.text.source import SourceMap, parse_source
from .steps import Definition, read_definition

MAX_DEFINITION_DEPTH = 200
"""Levels of nesting that a definition may have; some sixty conditions within one another."""

_DESCRIBED = "PipelineDefinition"
_TOO_DEEP = f"the definition is nested more than {MAX_DEFINITION_DEPTH} levels deep"
_IN_JSON = re.compile(r'"(?:Steps|PipelineDefinition)\\?"')
# A text in quotes, or what follows its name in no text: a constant that JSON does not know.
_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*"|(-?Infinity|NaN)')
_IN_YAML = re.compile(r"""^(?:["']?(?:Steps|PipelineDefinition)["']?\s*:|["']\{|\{)""", re.MULTILINE)


@dataclass(frozen=True)
class DefinitionText:
    """A definition that a text holds, and the `name` of its pipeline.

    `way` is where in the text's value it stands; `embedded` tells that it is a text within that text, of
    which no places are known but where it starts.
    """

    name: str
    definition: Definition
    file: str
    text: str
    way: tuple[str, ...] = ()
    embedded: bool = False

    def placed(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Give problems their places in the text, which is read for them only if there are any."""
        found = tuple(problems)
        places = self.places() if found else SourceMap()
        return tuple(
            replace(problem, position=problem.position or places.value(problem.location)) for problem in found
        )

    def sound(self) -> Definition:
        """Return the definition; raises DefinitionError with the places of what could not be read."""
        if self.definition.problems:
            raise DefinitionError(self.placed(self.definition.problems))
        return self.definition

    def places(self) -> SourceMap:
        """Find where each part of the definition stands."""
        whole = parse_source(self.text, self.file, depth=MAX_DEFINITION_DEPTH).places
        if self.embedded:
            start = whole.value(self.way)
            return SourceMap(self.file, {}, {(): start} if start else {})
        end = len(self.way)
        keys, values = (
            {place[end:]: where for place, where in found.items() if place[:end] == self.way}
            for found in (whole.keys, whole.values)
        )
        return SourceMap(self.file, keys, values)


def recognise(text: str, file: str) -> DefinitionText | None:
    """Find the definition that a text holds; None where it holds something else, or cannot be read.

    `file` names it in messages. Raises DefinitionError for a definition with a key given twice, with NaN or
    an infinity, nested too deep, or said to stand in a text that is no JSON.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > MAX_FILE_BYTES:
        return None
    try:
        data, problems = _value(text, file)
        found = _unwrapped(DefinitionText(_name_of(file), Definition({}), file, text), data)
        if found is None:
            return None
        if problems:
            raise DefinitionError(problems)
        _check_depth(found.definition.body)
    except _UnfitError as error:
        where = _place_of_fault(text, file, error)
        raise DefinitionError([Problem(error.code, str(error), where)]) from None
    except RecursionError:
        raise DefinitionError([Problem(Code.TOO_LARGE, _TOO_DEEP, Position(file, 1, 1))]) from None
    return replace(found, definition=read_definition(found.definition.body))


def recognise_value(value: object, name: str) -> DefinitionText | None:
    """Find the definition in a value, or in a text of JSON; None where it is something else.

    Raises DefinitionError as `recognise` does, and for what JSON does not know.
    """
    try:
        text = value if isinstance(value, str) else json.dumps(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise DefinitionError([Problem(Code.UNREADABLE, f"the value is no JSON: {error}")]) from None
    return recognise(text, name)


class _UnfitError(ValueError):
    """A definition that cannot be read; the text says why."""

    def __init__(self, code: Code, message: str) -> None:
        self.code = code
        super().__init__(message)


def _value(text: str, file: str) -> tuple[Any, tuple[Problem, ...]]:
    """Read a text that may hold a definition, with the keys given twice in YAML; None for all others."""
    if text.lstrip()[:1] in ("{", '"'):
        try:
            return _read_json(text), ()
        except ValueError as error:
            if isinstance(error, _UnfitError) and _IN_JSON.search(text):
                raise
            if file.endswith(".json"):
                return None, ()
    if not _IN_YAML.search(text):
        return None, ()
    try:
        source = parse_source(text, file, depth=MAX_DEFINITION_DEPTH)
    except DocumentError:  # whoever reads documents says it again
        return None, ()
    return source.data, source.problems


def _read_json(text: str) -> Any:
    return json.loads(
        text, object_pairs_hook=_mapping, parse_constant=_refuse_constant, parse_int=_whole_number
    )


def _whole_number(digits: str) -> int:
    try:
        return int(digits)
    except ValueError:  # Python reads no more than some thousands of them
        raise _UnfitError(Code.TOO_LARGE, f"a number has {len(digits)} digits") from None


def _place_of_fault(text: str, file: str, error: _UnfitError) -> Position:
    """Find where a text is unfit, as far as that can be told: a key given twice, a constant."""
    if error.code == Code.DUPLICATE_KEY:
        with suppress(DocumentError):
            problems = parse_source(text, file, depth=MAX_DEFINITION_DEPTH).problems
            if places := [item.position for item in problems if item.code == error.code and item.position]:
                return places[0]
    constant = next((match for match in _CONSTANT.finditer(text) if match[1]), None)
    before = text[: constant.start()] if constant and error.code == Code.UNREADABLE else ""
    return Position(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _UnfitError(Code.DUPLICATE_KEY, f"the key {twice!r} is given twice")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise _UnfitError(Code.UNREADABLE, f"the text is no JSON: {name} is no value of JSON")


def _unwrapped(found: DefinitionText, data: Any) -> DefinitionText | None:
    """Take a definition out of what holds it; None where that holds something else."""
    match data:
        case {"PipelineDefinition": inner} if not isinstance(data.get("steps"), Mapping):
            name = data.get("PipelineName")
            named = replace(found, name=name) if isinstance(name, str) else found
            return _unwrapped(
                named if found.embedded else replace(named, way=(*named.way, _DESCRIBED)), inner
            )
        case str():
            try:
                inner = _read_json(data)
            except ValueError as error:
                if isinstance(error, _UnfitError):
                    raise
                if not found.way:
                    return None
                message = f"{_DESCRIBED}: the text is no JSON: {error}"
                raise _UnfitError(Code.UNREADABLE, message) from None
            return _unwrapped(replace(found, embedded=True), inner)
        case None | bool() | int() | float() | list() if found.way:
            raise _UnfitError(Code.UNREADABLE, f"{_DESCRIBED}: expected a definition, found {shown(data)}")
        case dict() if ("Steps" in data or "Version" in data) and not data.keys() & {"steps", "specs"}:
            return replace(found, definition=Definition(data))
    return None


def _check_depth(value: Any) -> None:
    level, depth = [value], 0
    while level:
        level = [
            item
            for outer in level
            for item in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(item, dict | list)
        ]
        depth += 1
        if depth > MAX_DEFINITION_DEPTH:
            raise _UnfitError(Code.TOO_LARGE, _TOO_DEEP)


def _name_of(file: str) -> str:
    """Make a pipeline's name of a file's."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", Path(file).name.partition(".")[0]).strip("-")
    return name[:255] or "pipeline"
