"""What a user can ask of a run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .containment import Isolate, ProgramLimits


@dataclass(frozen=True)
class StandIn:
    """A script that stands in for a step's program; `entry` names a function in it, where one is wanted."""

    script: Path
    entry: str = ""


@dataclass(frozen=True)
class RunOptions:
    """How a run goes about its steps.

    `jobs` is how many run at a time; `isolate` whether each has walls; `environment` names the variables that
    steps get beside those of their contract; `fresh` lets nothing be used again that was made before.
    """

    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    isolate: Isolate = "auto"
    environment: tuple[str, ...] = ()
    limits: ProgramLimits = field(default_factory=ProgramLimits)
    fresh: bool = False
    stand_ins: Mapping[str, StandIn] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    real_s3: bool = False
