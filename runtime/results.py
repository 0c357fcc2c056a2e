"""What a local run tells while it goes, and what it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from .errors import ReasonError, RunError
from .evaluate import look_up


@dataclass(frozen=True)
class StepEvent:
    """Something that happens to one step; `index` counts from 1 to `total`, `seconds` since its start.

    `note` says how a condition came out (`true → Register`), or why the step failed or was skipped; `why`
    why it was reused, or could not be. `peak` is the memory of its largest process, in bytes, `log` where its
    output goes. A step that is `running` is told of every second, with the memory that it takes then.
    """

    step: str
    kind: str
    index: int
    total: int
    state: Literal["started", "succeeded", "reused", "skipped", "failed", "running", "warned"]
    seconds: float = 0.0
    note: str = ""
    why: str = ""
    peak: int = 0
    log: Path | None = None


@dataclass(frozen=True)
class StepResult:
    """How a step of a finished run went; `outputs` are what it made, mostly S3 URIs by output name."""

    name: str
    kind: str
    status: Literal["Succeeded", "Skipped"]
    seconds: float = 0.0
    outputs: Mapping[str, str] = field(default_factory=dict)
    reused: bool = False
    why: str = ""
    peak: int = 0


@dataclass(frozen=True)
class Run:
    """A run that came to its end.

    `folder` holds a work folder for each step, `models` are the folders of the model packages that
    were registered, `properties` the Describe-like values of each step that ran.
    """

    execution_id: str
    folder: Path
    steps: tuple[StepResult, ...]
    models: tuple[Path, ...]
    properties: Mapping[str, Mapping[str, Any]] = field(repr=False)  # may hold secrets

    def look_up(self, step: str, path: str) -> Any:
        """Return a property of a step: `run.look_up("Train", "ModelArtifacts.S3ModelArtifacts")`.

        Raises RunError when the step has not run or has no such property.
        """
        if step not in self.properties:
            raise RunError(f"step '{step}' did not run")
        try:
            return look_up(self.properties[step], path, f"step '{step}'")
        except ReasonError as error:
            raise RunError(f"a look-up {error.reason}") from error
