"""What SageMaker would know by name after a run: models, endpoints, lineage; a JSON file for each."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .errors import ReasonError
from .step_job import write_json

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._:-]{0,254}")


def record(registry: Path, kind: str, name: str, value: Mapping[str, Any]) -> Path:
    """Record a thing of a kind (`model`) under its name, instead of what had that name; returns the file."""
    place = _place(registry, kind, name)
    partial = place.with_name(f".partial-{os.getpid()}-{place.name}")
    write_json(partial, value)
    return partial.replace(place)


def recorded(registry: Path, kind: str, name: str) -> Mapping[str, Any]:
    """Return what is recorded under a name; raises ReasonError when nothing is."""
    try:
        found: Mapping[str, Any] = json.loads(_place(registry, kind, name).read_bytes())
    except (OSError, ValueError) as error:
        raise ReasonError(f"uses the {kind} '{name}', which is not registered here") from error
    return found


def _place(registry: Path, kind: str, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ReasonError(f"uses '{name}', which is no name of a {kind}")
    return registry.parent / "registry" / kind / f"{name}.json"
