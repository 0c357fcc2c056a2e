"""Real pipelines with the wiring their authors wrote, and variations of them that ask more of the ranking."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from stepwire.specs import PipelineSpec, loads

FOLDER = Path(__file__).parents[3] / "shared" / "corpus"
WRITTEN = Path(__file__).parent / "written"
"""Pipelines written anew in the manner of public ones, each with the wiring that was meant."""

TRAINERS = frozenset(("Training", "Tuning", "AutoML"))

Document = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A pipeline document and its true wiring, source by dependency; inputs that it names are its own."""

    name: str
    document: Document
    wiring: Mapping[str, str]

    @property
    def pipeline(self) -> PipelineSpec:
        """The document, loaded."""
        return loads(json.dumps(self.document), file=f"{self.name}.json")

    def kind(self, step: str) -> str:
        """Name the kind of a step."""
        spec = self.document["steps"][step]
        return str(spec.get("kind") or spec.get("step_type"))


def read(folder: Path) -> list[Case]:
    """Read all cases of a folder, by name.

    Each is a document and its wiring, in JSON, or a document whose pins are its wiring, in YAML.
    """
    return [
        _pinned(path) if path.suffix == ".yaml" else _wired(path)
        for path in sorted(folder.iterdir())
        if path.suffix in (".json", ".yaml")
    ]


def _wired(path: Path) -> Case:
    content = json.loads(path.read_text("utf-8"))
    return Case(path.stem, content["pipeline"], content["wiring"])


def _pinned(path: Path) -> Case:
    document = yaml.safe_load(path.read_text("utf-8"))
    return Case(path.stem, document, document.pop("pins"))


def as_written(case: Case) -> Case:
    """Leave a case as it is."""
    return case


def anonymous(case: Case) -> Case:
    """Give the steps names that tell nothing, in an order that tells nothing."""
    steps = sorted(case.document["steps"])
    random.Random(case.name).shuffle(steps)
    return _copied(case, {step: [f"step{number:02}"] for number, step in enumerate(steps, 1)})


def doubled(case: Case) -> Case:
    """Double the trainers and all that depends on them; the names of each half share only a suffix."""
    return _copied(case, _suffixed(_from_trainers(case), ("A", "B")))


def twice(case: Case) -> Case:
    """Double every step; the names of each half share only a suffix."""
    return _copied(case, _suffixed(case.document["steps"], ("-xgb", "-linear")))


def anonymous_lines(case: Case) -> Case:
    """Double the trainers as `doubled` does, with names that share nothing else."""
    plain = anonymous(case)
    return _copied(plain, _suffixed(_from_trainers(plain), ("_1", "_2")))


def unweighted(case: Case, kind: str) -> Case:
    """Take a kind of evidence out of a case."""
    return replace(case, document={**case.document, "ranking": {"weights": {kind: 0}}})


AS_WRITTEN = "as written"
VARIATIONS: Mapping[str, Callable[[Case], Case]] = {
    AS_WRITTEN: as_written,
    "anonymous": anonymous,
    "doubled": doubled,
    "all doubled": twice,
    "doubled, anonymous": anonymous_lines,
}


def _suffixed(steps: Iterable[str], suffixes: tuple[str, str]) -> dict[str, list[str]]:
    return {step: [f"{step}{suffix}" for suffix in suffixes] for step in steps}


def _from_trainers(case: Case) -> set[str]:
    """Find the steps that train, and those that run after them; all steps, where none trains."""
    steps = case.document["steps"]
    after = {(source.partition(".")[0], port.partition(".")[0]) for port, source in case.wiring.items()}
    for condition, sides in case.document.get("branches", {}).items():
        after |= {(condition, member) for members in sides.values() for member in members}
    found = {step for step in steps if case.kind(step) in TRAINERS} or set(steps)
    while more := {taker for maker, taker in after if maker in found} - found:
        found |= more
    return found


def _copied(case: Case, copies: Mapping[str, list[str]]) -> Case:
    """Replace steps by their copies, each of which takes from the copies with the same place."""
    number = max(len(names) for names in copies.values())

    def named(step: str, place: int) -> str:
        return copies[step][place] if step in copies else step

    def address(text: str, place: int) -> str:
        step, _, port = text.partition(".")
        return f"{named(step, place)}.{port}"

    def pairs(listed: list[list[str]]) -> list[list[str]]:
        mapped = {tuple(named(step, place) for step in pair) for pair in listed for place in range(number)}
        return sorted(map(list, mapped))

    document = case.document
    branches: dict[str, dict[str, list[str]]] = {}
    for condition, sides in document.get("branches", {}).items():
        for side, members in sides.items():
            for place in range(number):
                home = branches.setdefault(named(condition, place), {}).setdefault(side, [])
                copies_here = (named(member, place) for member in members)
                home += [member for member in copies_here if member not in home]
    changed: Document = {
        "steps": {
            named(step, place): spec for step, spec in document["steps"].items() for place in range(number)
        },
        "branches": branches,
        **{key: pairs(document[key]) for key in ("edges", "order") if key in document},
    }
    wiring = {
        address(port, place): address(source, place)
        for port, source in case.wiring.items()
        for place in range(number)
    }
    return Case(case.name, {**document, **changed}, wiring)
