"""Loads many documents, of which several take their specifications from the same library files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from .document import PipelineSpec
from .load import load_library, read_pipeline
from .loading import Library
from .model import StepSpecification
from .source import read_source


def load_shared(path: Path, *, specs: Mapping[str, StepSpecification] | None = None) -> PipelineSpec:
    """Load a document as `load` does, but read each library file once while it stays as it is."""
    return read_pipeline(read_source(path), path.parent, specs=specs, read_library=shared_library)


def shared_library(path: Path) -> Library:
    """Load a spec file, or return it as it was loaded when the file has not changed since."""
    try:
        status = path.stat()
    except OSError:
        return load_library(path)
    return _library(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=256)
def _library(path: Path, _: int, __: int) -> Library:
    return load_library(path)
