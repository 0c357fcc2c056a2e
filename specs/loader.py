"""Makes a pipeline of one document that was read, gathering all its problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from os.path import normpath
from pathlib import Path
from typing import Any

from ..problems.codes import Code
from ..problems.errors import DocumentError
from ..problems.problem import Location, Spelling
from ..problems.suggestions import closest, did_you_mean, shown
from .check import list_problems
from .gathering import Gathering
from .libraries import Library
from .library import LIBRARY
from .pipeline import PipelineSpec
from .ranking_settings import RankingSettings
from .sdk_words import SDK_WORDS
from .specification import StepSpecification
from .step import Step
from .text.access import OutsideError, confined
from .text.source import SourceMap

_STEP_KEYS = tuple(name for name in Step.model_fields if name != "spec")

SPEC_KEYS = tuple(StepSpecification.model_fields)

_DOCUMENT_KEYS = (*PipelineSpec.model_fields, "library")

_SECTIONS = tuple(name for name in PipelineSpec.model_fields if name not in ("name", "steps"))


@dataclass
class Loading(Gathering):
    """The loading of one document, of which it keeps what can be read."""

    folder: Path
    library: Library
    read_library: Callable[[Path], Library]
    allow: tuple[Path, ...] = ()

    def pipeline(self) -> PipelineSpec:
        """Make a pipeline of the document; raises DocumentError with every problem."""
        data = self.mapping(self.source.data, "the document", ())
        self.refuse_unknown_keys(data, _DOCUMENT_KEYS, "the document", ())
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

    def parts(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Read sections and steps into the values that a PipelineSpec has for them."""
        values: dict[str, Any] = {}
        for key in ("name", *_SECTIONS):
            if key in data:
                self.read_section(key, data[key], values)
        values["steps"] = self._steps(data.get("steps"))
        return values

    def _places(self, steps: Any) -> SourceMap:
        """Return the places of the document, and for what comes from library files, those in them."""
        own = self.source.places
        taken = {
            ("steps", name, *place): position
            for name, step in (steps.items() if isinstance(steps, dict) else ())
            for place, position in self.library.places.get(_spec_name(step), {}).items()
        }
        return replace(own, keys={**taken, **own.keys}) if taken else own

    def _steps(self, data: Any) -> dict[str, Step]:
        steps: dict[str, Step] = {}
        if data is None:
            return steps
        if not isinstance(data, dict):
            self.broken.add(("steps",))
        for name, item in self.mapping(data, "'steps'", ("steps",)).items():
            step = self._step(name, item)
            if step is None:
                self.broken.add(("steps", name))
            else:
                steps[name] = step
        return steps

    def _step(self, name: str, data: Any) -> Step | None:
        subject, location = f"step {name!r}", ("steps", name)
        if not isinstance(data, dict):
            self.mapping(data, subject, location)
            return None
        self.refuse_unknown_keys(data, ("spec", *SPEC_KEYS, *_STEP_KEYS), subject, location, SDK_WORDS)
        spec = self._spec(data, subject, location)
        rest = {key: value for key, value in data.items() if key in _STEP_KEYS and value is not None}
        if spec is None:
            self.validated(Step, {"spec": LIBRARY["DataLoad"], **rest}, subject, location)
            return None
        return self.validated(Step, {"spec": spec, **rest}, subject, location)

    def _spec(self, data: Mapping[str, Any], subject: str, location: Location) -> StepSpecification | None:
        inline = {key: value for key, value in data.items() if key in SPEC_KEYS and value is not None}
        if "spec" not in data:
            if not inline:
                hint = "give 'spec: NAME', or 'kind' with dependencies and outputs"
                self.add(Code.MISSING_KEY, f"{subject} says nothing of what it is", location, hint)
                return None
            return self.validated(StepSpecification, inline, subject, location)
        name = data["spec"]
        if isinstance(name, StepSpecification) and not inline:
            return name
        if inline:
            also = ", ".join(f"{key!r}" for key in inline)
            self.add(
                Code.WRONG_VALUE, f"{subject} has both 'spec' and {also}", (*location, "spec"), "keep one"
            )
            return None
        if not isinstance(name, str):
            self.add(
                Code.WRONG_VALUE,
                f"{subject}: 'spec' should be a text, found {shown(name)}",
                (*location, "spec"),
            )
        elif name not in self.library.specs and ("library",) not in self.broken:
            hint, meant = did_you_mean(name, self.library.specs, limit=12), closest(name, self.library.specs)
            cure = Spelling((*location, "spec"), name, meant) if meant else None
            message = f"{subject}: no specification is called {name!r}"
            self.add(Code.DANGLING, message, (*location, "spec"), hint, cure=cure)
        return self.library.specs.get(name) if isinstance(name, str) else None

    def _take_libraries(self, files: Any) -> None:
        files = [] if files is None else files
        if not isinstance(files, list) or not all(isinstance(item, str) for item in files):
            self.add(
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
                self.add(Code.OUTSIDE, f"the spec file {error}", place, "allow its folder by name")
            except DocumentError as error:
                self.broken.add(("library",))
                where = self.source.places.key(place)
                for problem in error.problems:
                    self.problems.append(replace(problem, position=problem.position or where))

    def _missing_keys(self, data: Mapping[str, Any]) -> None:
        misspelt = {closest(key, _DOCUMENT_KEYS) for key in data if key not in _DOCUMENT_KEYS}
        for key in ("name", "steps"):
            if key not in data and key not in misspelt:
                self.add(Code.MISSING_KEY, f"the document has no {key!r}", ())


def _spec_name(step: Any) -> str:
    name = step.get("spec") if isinstance(step, dict) else None
    return name if isinstance(name, str) else ""
