"""One step at work: what it is given, and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from .container_paths import relocate, relocate_all
from .containment import Containment
from .object_store import copy_contents
from .options import StandIn
from .store import Store


def _iterate_nothing(_index: int, _item: Any) -> dict[str, Mapping[str, Any]]:
    return {}


class Watch(Protocol):
    """Watches a program, and decides whether what it makes is wanted."""

    def goes_on(self) -> bool:
        """Tell, while the program runs, whether it is to go on."""

    def approves(self) -> bool:
        """Tell, when the program has ended, whether what it has made is wanted; raises ReasonError."""


@dataclass(frozen=True)
class Job:
    """A step that is being carried out.

    `name` is the name of its SageMaker job, `request` its arguments with all expressions evaluated,
    `folder` its work folder, `registry` the folder of what is registered, `body` the whole
    step, evaluated, `stand_in` the script that stands in for its program, `sides` the names of the steps
    that lie in it, by the member of Arguments that holds them; `iterate` runs
    those for the item of a number and returns their properties; `peaks` collects the memory of its programs,
    `reuses` whether each step of an iteration was used again, and `watch` may stop the step's own program.
    """

    step: str
    name: str
    request: Mapping[str, Any] = field(repr=False)  # may hold secrets
    folder: Path
    store: Store
    registry: Path
    containment: Containment
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)
    stand_in: StandIn | None = None
    sides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    iterate: Callable[[int, Any], dict[str, Mapping[str, Any]]] = field(default=_iterate_nothing, repr=False)
    peaks: list[int] = field(default_factory=list)
    reuses: list[bool] = field(default_factory=list)
    watch: Watch | None = field(default=None, repr=False)

    @property
    def ml(self) -> Path:
        """The folder that stands for `/opt/ml`."""
        return self.folder / "ml"

    @property
    def log(self) -> Path:
        """The file that takes the program's output and errors."""
        return self.folder / "log.txt"

    @property
    def seen(self) -> str:
        """Where the program finds the folder `ml`."""
        return "/opt/ml" if self.containment.walls else str(self.ml)

    def place(self, container_path: str) -> Path:
        """Return the folder that stands for a path under `/opt/ml`."""
        return self.ml / PurePosixPath(container_path).relative_to("/opt/ml")

    def bring_stand_in(self) -> str:
        """Put the script that stands in below `/opt/ml`, and return where it is seen."""
        return self.bring(self.stand_in.script) if self.stand_in else ""

    def bring(self, program: Path) -> str:
        """Put a program below `/opt/ml`, and return where it is seen."""
        place = self.ml / ".stepwire" / program.name
        place.parent.mkdir(parents=True, exist_ok=True)
        copy_contents(program, place)
        return f"{self.seen}/.stepwire/{program.name}"

    def relocate(self, text: str) -> str:
        """Let a text speak of what the program sees where it speaks of `/opt/ml`."""
        return relocate(text, self.seen)

    def relocate_all(self, value: Any) -> Any:
        """Relocate every text in a JSON value."""
        return relocate_all(value, self.seen)


@dataclass(frozen=True)
class StepOutcome:
    """What comes of a step that went well.

    `properties` are what the matching Describe call would tell beside the request; `package` the folder of a
    model package.
    """

    properties: Mapping[str, Any] = field(repr=False)
    outputs: Mapping[str, str]
    note: str = ""
    package: Path | None = None


def make_arn(resource: str, name: str) -> str:
    """Make an ARN that names a thing of this machine, and no account's."""
    return f"arn:aws:sagemaker:local:000000000000:{resource}/{name}"


def write_json(path: Path, value: Any) -> None:
    """Write a JSON value in a readable form that is the same for the same value."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
