"""Makes a library of one spec file that was read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from ..problems.codes import Code
from ..problems.errors import DocumentError
from ..problems.problem import Location, Position, Problem
from .check import unknown_evidence
from .gathering import Gathering
from .libraries import Library
from .ranking_settings import RankingSettings
from .specification import StepSpecification

LIBRARY_KEYS = ("specs", "types", "ranking")


@dataclass
class LibraryReading(Gathering):
    """The reading of one spec file."""

    def library(self) -> Library:
        """Make a library of the spec file."""
        data = self.mapping(self.source.data, "the spec file", ())
        if data and data.keys().isdisjoint(LIBRARY_KEYS):
            raise DocumentError([no_spec_file(self.source.places.key(()))])
        self.refuse_unknown_keys(data, LIBRARY_KEYS, "the spec file", ())
        values: dict[str, Any] = {}
        for key in ("types", "ranking"):
            if key in data:
                self.read_section(key, data[key], values)
        taught = values.get("ranking", RankingSettings())
        for kind, message, hint in unknown_evidence(taught):
            self.add(Code.DANGLING, message, ("ranking", "weights", kind), hint)
        specs = {}
        for name, item in self.mapping(data.get("specs", {}), "'specs'", ("specs",)).items():
            location: Location = ("specs", name)
            inline = {"step_type": name, **self.mapping(item, f"spec {name!r}", location)}
            spec = self.validated(StepSpecification, inline, f"spec {name!r}", location)
            if spec is not None:
                specs[name] = spec
        places: defaultdict[str, dict[Location, Position]] = defaultdict(dict)
        for place, position in self.source.places.keys.items():
            if place[0] == "specs" and len(place) > 2:
                places[str(place[1])][place[2:]] = position
        return Library(specs, values.get("types", {}), places, taught)


def no_spec_file(where: Position | None) -> Problem:
    """Say that a file is no spec file, and nothing of what stands in it."""
    hint = f"a spec file is a mapping with {' or '.join(map(repr, LIBRARY_KEYS))}"
    return Problem(Code.WRONG_VALUE, "this is no spec file", where, hint)
