"""Makes models of one document or spec file that was read, gathering all its problems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from os.path import normpath
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from ..problems.codes import Code
from ..problems.errors import DocumentError
from ..problems.problem import Location, Position, Problem, Spelling
from ..problems.suggestions import closest, did_you_mean, shown
from ..problems.validation import problems_of
from .check import list_problems, unknown_evidence
from .libraries import Library
from .library import LIBRARY
from .pipeline import PipelineSpec
from .ranking_settings import RankingSettings
from .sdk_words import SDK_WORDS
from .specification import StepSpecification
from .step import Step
from .text.access import OutsideError, confined
from .text.source import SourceMap, SourceText

M = TypeVar("M", bound=BaseModel)

_STEP_KEYS = tuple(name for name in Step.model_fields if name != "spec")

SPEC_KEYS = tuple(StepSpecification.model_fields)

LIBRARY_KEYS = ("specs", "types", "ranking")

_DOCUMENT_KEYS = (*PipelineSpec.model_fields, "library")

_SECTIONS = tuple(name for name in PipelineSpec.model_fields if name not in ("name", "steps"))


@cache
def _reader(section: str) -> TypeAdapter[Any]:
    """Return what validates a section; most documents have few of them."""
    return TypeAdapter[Any](PipelineSpec.model_fields[section].rebuild_annotation())


@dataclass
class Loading:
    """The loading of one document: gathers problems while it keeps what can be read."""

    source: SourceText
    folder: Path
    library: Library
    read_library: Callable[[Path], Library]
    allow: tuple[Path, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    broken: set[Location] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.problems.extend(self.source.problems)

    def pipeline(self) -> PipelineSpec:
        """Make a pipeline of the document; raises DocumentError with every problem."""
        data = self._mapping(self.source.data, "the document", ())
        self._unknown_keys(data, _DOCUMENT_KEYS, "the document", ())
        if isinstance(self.source.data, dict):
            self._missing_keys(data)
        self._take_libraries(data.get("library"))
        values = self.parts(data)
        values["types"] = {**self.library.types, **values.get("types", {})}
        values["ranking"] = self.library.ranking.extended(values.get("ranking", RankingSettings()))
        pipeline = PipelineSpec.model_construct(**{"name": "unnamed", **values}).read_from(
            self._places(data.get("steps")), self.folder, self.allow
        )
        self.problems += list_problems(pipeline, broken=frozenset(self.broken))
        self.require_soundness()
        return pipeline

    def require_soundness(self) -> None:
        """Raise DocumentError with all problems there are, in the order of their places."""
        if self.problems:
            raise DocumentError(sorted(self.problems, key=_place))

    def parts(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Read sections and steps into the values that a PipelineSpec has for them."""
        values: dict[str, Any] = {}
        for key in ("name", *_SECTIONS):
            if key in data:
                self._section(key, data[key], values)
        values["steps"] = self._steps(data.get("steps"))
        return values

    def library_file(self) -> Library:
        """Make a library of the spec file."""
        data = self._mapping(self.source.data, "the spec file", ())
        if data and data.keys().isdisjoint(LIBRARY_KEYS):
            raise DocumentError([no_spec_file(self.source.places.key(()))])
        self._unknown_keys(data, LIBRARY_KEYS, "the spec file", ())
        values: dict[str, Any] = {}
        for key in ("types", "ranking"):
            if key in data:
                self._section(key, data[key], values)
        taught = values.get("ranking", RankingSettings())
        for kind, message, hint in unknown_evidence(taught):
            self._add(Code.DANGLING, message, ("ranking", "weights", kind), hint)
        specs = {}
        for name, item in self._mapping(data.get("specs", {}), "'specs'", ("specs",)).items():
            location: Location = ("specs", name)
            inline = {"step_type": name, **self._mapping(item, f"spec {name!r}", location)}
            spec = self._validated(StepSpecification, inline, f"spec {name!r}", location)
            if spec is not None:
                specs[name] = spec
        places: defaultdict[str, dict[Location, Position]] = defaultdict(dict)
        for place, position in self.source.places.keys.items():
            if place[0] == "specs" and len(place) > 2:
                places[str(place[1])][place[2:]] = position
        return Library(specs, values.get("types", {}), places, taught)

    def _places(self, steps: Any) -> SourceMap:
        """Return the places of the document, and for what comes from library files, those in them."""
        own = self.source.places
        taken = {
            ("steps", name, *place): position
            for name, step in (steps.items() if isinstance(steps, dict) else ())
            for place, position in self.library.places.get(_spec_name(step), {}).items()
        }
        return replace(own, keys={**taken, **own.keys}) if taken else own

    def _section(self, key: str, data: Any, values: dict[str, Any]) -> None:
        if data is None and key not in ("name", "edges"):
            return  # a key with nothing under it, as left behind when everything below is commented out
        if key == "name":
            if isinstance(data, str):
                values[key] = data
            else:
                self._add(Code.WRONG_VALUE, f"'name' should be a text, found {shown(data)}", (key,))
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

    def _steps(self, data: Any) -> dict[str, Step]:
        steps: dict[str, Step] = {}
        if data is None:
            return steps
        if not isinstance(data, dict):
            self.broken.add(("steps",))
        for name, item in self._mapping(data, "'steps'", ("steps",)).items():
            step = self._step(name, item)
            if step is None:
                self.broken.add(("steps", name))
            else:
                steps[name] = step
        return steps

    def _step(self, name: str, data: Any) -> Step | None:
        subject, location = f"step {name!r}", ("steps", name)
        if not isinstance(data, dict):
            self._mapping(data, subject, location)
            return None
        self._unknown_keys(data, ("spec", *SPEC_KEYS, *_STEP_KEYS), subject, location, SDK_WORDS)
        spec = self._spec(data, subject, location)
        rest = {key: value for key, value in data.items() if key in _STEP_KEYS and value is not None}
        if spec is None:
            self._validated(Step, {"spec": LIBRARY["DataLoad"], **rest}, subject, location)
            return None
        return self._validated(Step, {"spec": spec, **rest}, subject, location)

    def _spec(self, data: Mapping[str, Any], subject: str, location: Location) -> StepSpecification | None:
        inline = {key: value for key, value in data.items() if key in SPEC_KEYS and value is not None}
        if "spec" not in data:
            if not inline:
                hint = "give 'spec: NAME', or 'kind' with dependencies and outputs"
                self._add(Code.MISSING_KEY, f"{subject} says nothing of what it is", location, hint)
                return None
            return self._validated(StepSpecification, inline, subject, location)
        name = data["spec"]
        if isinstance(name, StepSpecification) and not inline:
            return name
        if inline:
            also = ", ".join(f"{key!r}" for key in inline)
            self._add(
                Code.WRONG_VALUE, f"{subject} has both 'spec' and {also}", (*location, "spec"), "keep one"
            )
            return None
        if not isinstance(name, str):
            self._add(
                Code.WRONG_VALUE,
                f"{subject}: 'spec' should be a text, found {shown(name)}",
                (*location, "spec"),
            )
        elif name not in self.library.specs and ("library",) not in self.broken:
            hint, meant = did_you_mean(name, self.library.specs, limit=12), closest(name, self.library.specs)
            cure = Spelling((*location, "spec"), name, meant) if meant else None
            message = f"{subject}: no specification is called {name!r}"
            self._add(Code.DANGLING, message, (*location, "spec"), hint, cure=cure)
        return self.library.specs.get(name) if isinstance(name, str) else None

    def _take_libraries(self, files: Any) -> None:
        files = [] if files is None else files
        if not isinstance(files, list) or not all(isinstance(item, str) for item in files):
            self._add(
                Code.WRONG_VALUE,
                f"'library' should be a list of file names, found {shown(files)}",
                ("library",),
            )
            self.broken.add(("library",))
            return
        for index, name in enumerate(files):
            place: Location = ("library", index)
            try:
                confined(name, self.folder, self.allow)
                self.library = self.library.extended(self.read_library(Path(normpath(self.folder / name))))
            except OutsideError as error:
                self.broken.add(("library",))
                self._add(Code.OUTSIDE, f"the spec file {error}", place, "allow its folder by name")
            except DocumentError as error:
                self.broken.add(("library",))
                where = self.source.places.key(place)
                for problem in error.problems:
                    self.problems.append(replace(problem, position=problem.position or where))

    def _validated(self, model: type[M], data: Any, subject: str, location: Location) -> M | None:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            locate = self.source.places.key
            self.problems += problems_of(error, model, subject=subject, prefix=location, locate=locate)
            return None

    def _mapping(self, data: Any, subject: str, location: Location) -> dict[str, Any]:
        if isinstance(data, dict):
            return data
        if data is None and not location:
            self._add(
                Code.MISSING_KEY, f"{subject} is empty", location, "it needs at least 'name' and 'steps'"
            )
        else:
            self._add(Code.WRONG_VALUE, f"{subject} should be a mapping, found {shown(data)}", location)
        return {}

    def _missing_keys(self, data: Mapping[str, Any]) -> None:
        misspelt = {closest(key, _DOCUMENT_KEYS) for key in data if key not in _DOCUMENT_KEYS}
        for key in ("name", "steps"):
            if key not in data and key not in misspelt:
                self._add(Code.MISSING_KEY, f"the document has no {key!r}", ())

    def _unknown_keys(
        self,
        data: Mapping[str, Any],
        known: Iterable[str],
        subject: str,
        location: Location,
        elsewhere: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        for key in data:
            if key not in known:
                place, meant = (*location, key), closest(key, known)
                hint = elsewhere.get(key) or did_you_mean(key, known, limit=24)
                cure = Spelling(place, key, meant, is_key=True) if meant and meant not in data else None
                self._add(Code.UNKNOWN_KEY, f"{subject}: unknown key {key!r}", place, hint, cure=cure)

    def _add(
        self, code: Code, message: str, location: Location, hint: str = "", cure: Spelling | None = None
    ) -> None:
        self.problems.append(Problem(code, message, self.source.places.key(location), hint, cure=cure))


def no_spec_file(where: Position | None) -> Problem:
    """Say that a file is no spec file, and nothing of what stands in it."""
    hint = f"a spec file is a mapping with {' or '.join(map(repr, LIBRARY_KEYS))}"
    return Problem(Code.WRONG_VALUE, "this is no spec file", where, hint)


def _spec_name(step: Any) -> str:
    name = step.get("spec") if isinstance(step, dict) else None
    return name if isinstance(name, str) else ""


def _without(data: Any, wrong: set[str | int], empty: str | tuple[str, str]) -> Any:
    """Leave out what is wrong; in a list, put something `empty` there, so that the rest keeps its place."""
    if isinstance(data, Mapping):
        return {key: item for key, item in data.items() if key not in wrong}
    return [empty if index in wrong else item for index, item in enumerate(data)]


def _place(problem: Problem) -> tuple[str, int, int, str]:
    where = problem.position
    return (where.file, where.line, where.column, problem.message) if where else ("", 0, 0, problem.message)
