"""Reads the parts of one document or spec file into models, and gathers all that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from ..problems.codes import Code
from ..problems.errors import DocumentError
from ..problems.problem import Location, Problem, Spelling
from ..problems.suggestions import closest, did_you_mean, shown
from ..problems.validation import model_of, problems_of
from .pipeline import PipelineSpec
from .text.source import SourceText

M = TypeVar("M", bound=BaseModel)


@cache
def _reader(section: str) -> TypeAdapter[Any]:
    """Return what validates a section; most documents have few of them."""
    return TypeAdapter[Any](PipelineSpec.model_fields[section].rebuild_annotation())


@dataclass
class Gathering:
    """The reading of one text: gathers problems while it keeps what can be read.

    `broken` are the places of what could not be read: what is said of them elsewhere is no further mistake.
    """

    source: SourceText
    problems: list[Problem] = field(default_factory=list, init=False)
    broken: set[Location] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        self.problems.extend(self.source.problems)

    def require_soundness(self) -> None:
        """Raise DocumentError with all problems there are, in the order of their places."""
        if self.problems:
            raise DocumentError(sorted(self.problems, key=_place))

    def read_section(self, key: str, data: Any, values: dict[str, Any]) -> None:
        """Read a section into the value that a PipelineSpec has for it, without what is wrong."""
        if data is None and key not in ("name", "edges"):
            return  # a key with nothing under it, as left behind when everything below is commented out
        if key == "name":
            if isinstance(data, str):
                values[key] = data
            else:
                self.add(Code.WRONG_VALUE, f"'name' should be a text, found {shown(data)}", (key,))
            return
        try:
            values[key] = _reader(key).validate_python(data)
        except ValidationError as error:
            annotation = PipelineSpec.model_fields[key].annotation
            self.problems += problems_of(
                error, annotation, subject=key, prefix=(key,), locate=self.source.places.key
            )
            wrong = {details["loc"][:1] for details in error.errors(include_url=False)}
            self.broken |= {(key, *location) for location in wrong}
            if () not in wrong:
                empty = "" if key == "unused" else ("", "")
                rest = _without(data, {place for (place,) in wrong}, empty)
                values[key] = _reader(key).validate_python(rest)

    def validated(self, model: type[M], data: Any, subject: str, location: Location) -> M | None:
        """Make a model of a value; None where it is wrong."""
        locate = self.source.places.key
        made, wrong = model_of(model, data, subject=subject, prefix=location, locate=locate)
        self.problems += wrong
        return made

    def mapping(self, data: Any, subject: str, location: Location) -> dict[str, Any]:
        """Return a value that should be a mapping; an empty one where it is none."""
        if isinstance(data, dict):
            return data
        if data is None and not location:
            self.add(
                Code.MISSING_KEY, f"{subject} is empty", location, "it needs at least 'name' and 'steps'"
            )
        else:
            self.add(Code.WRONG_VALUE, f"{subject} should be a mapping, found {shown(data)}", location)
        return {}

    def refuse_unknown_keys(
        self,
        data: Mapping[str, Any],
        known: Iterable[str],
        subject: str,
        location: Location,
        elsewhere: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Report the keys that are not known; those known `elsewhere` with what to write here."""
        for key in data:
            if key not in known:
                place, meant = (*location, key), closest(key, known)
                hint = elsewhere.get(key) or did_you_mean(key, known, limit=24)
                cure = Spelling(place, key, meant, is_key=True) if meant and meant not in data else None
                self.add(Code.UNKNOWN_KEY, f"{subject}: unknown key {key!r}", place, hint, cure=cure)

    def add(
        self, code: Code, message: str, location: Location, hint: str = "", cure: Spelling | None = None
    ) -> None:
        """Report a problem of what stands at a location."""
        self.problems.append(Problem(code, message, self.source.places.key(location), hint, cure=cure))


def _without(data: Any, wrong: set[str | int], empty: str | tuple[str, str]) -> Any:
    """Leave out what is wrong; in a list, put something `empty` there, so that the rest keeps its place."""
    if isinstance(data, Mapping):
        return {key: item for key, item in data.items() if key not in wrong}
    return [empty if index in wrong else item for index, item in enumerate(data)]


def _place(problem: Problem) -> tuple[str, int, int, str]:
    where = problem.position
    return (where.file, where.line, where.column, problem.message) if where else ("", 0, 0, problem.message)
