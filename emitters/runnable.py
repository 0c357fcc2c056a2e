"""Tells a pipeline document from a definition, and makes either ready to run on this machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..specs.source import read_source
from .definition import Emission


def read_runnable(path: Path, emit: Callable[[], Emission]) -> Emission:
    """Read a definition, or have the document at `path` emitted.

    Raises DocumentError when the file cannot be read; a definition is checked when it is run.
    """
    if path.suffix == ".json":
        data = read_source(path).data
        if isinstance(data, dict) and "Steps" in data and "steps" not in data:
            return Emission(path.stem, data, ())
    return emit()
