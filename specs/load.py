"""Loads pipeline documents and spec files, reporting all their problems at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..problems.errors import DocumentError
from ..problems.problem import Position
from .libraries import Library
from .loader import Loading
from .pipeline import PipelineSpec
from .spec_file import LIBRARY_KEYS, LibraryReading, no_spec_file
from .specification import StepSpecification
from .text.source import SourceMap, SourceText, parse_source, read_source, read_text

Loadable = PipelineSpec | str | Path
"""A pipeline, or the path of its document."""

_IS_SPEC_FILE = re.compile(rf"""(?:^|[{{,])\s*["']?(?:{"|".join(LIBRARY_KEYS)})["']?\s*:""", re.MULTILINE)
"""Tells a file that was meant to be a spec file, however malformed."""


def load(
    path: str | Path, *, specs: Mapping[str, StepSpecification] | None = None, allow: Iterable[Path] = ()
) -> PipelineSpec:
    """Load a pipeline document (YAML or JSON) with the library files it names.

    `specs` are further specifications that the document may take by name, `allow` further folders whose files
    it may name, beside its own. Raises DocumentError with every problem, each with its file, line and column.
    """
    path = Path(path)
    return read_pipeline(read_source(path), path.parent, specs=specs, allow=allow)


def loads(
    text: str, *, file: str = "document.yaml", specs: Mapping[str, StepSpecification] | None = None
) -> PipelineSpec:
    """Load a pipeline document from its text; `file` names it in messages and tells YAML from JSON."""
    return read_pipeline(parse_source(text, file), Path(file).parent, specs=specs)


def read_pipeline(
    source: SourceText,
    folder: Path,
    *,
    specs: Mapping[str, StepSpecification] | None = None,
    read_library: Callable[[Path], Library] | None = None,
    allow: Iterable[Path] = (),
) -> PipelineSpec:
    """Make a pipeline of a document that was read; its relative paths start from `folder`.

    `read_library` reads the spec files it names, elsewhere than on disk, or each once for many documents.
    The files that it names lie in `folder`, or in one of those in `allow`. Raises DocumentError with every
    problem.
    """
    library = Library().extended(Library(specs or {}))
    return Loading(source, folder, library, read_library or load_library, tuple(allow)).pipeline()


def read_parts(data: Mapping[str, Any], places: SourceMap, library: Library) -> dict[str, Any]:
    """Read some sections and some steps of a document into the values that a PipelineSpec has for them.

    A step's `spec` may be a specification itself. Raises DocumentError with every problem, at its `places`.
    """
    loading = Loading(SourceText(data, places), Path(), library, load_library)
    values = loading.parts(data)
    loading.require_soundness()
    return values


def load_library(path: str | Path) -> Library:
    """Load a spec file, `{specs: {NAME: specification}, types: {NAME: {is: [parent]}}, ranking: {…}}`.

    Raises DocumentError with every problem; of a file that was not meant to be one, it tells no word.
    """
    text = read_text(Path(path))
    if not _IS_SPEC_FILE.search(text):
        raise DocumentError([no_spec_file(Position(str(path), 1, 1))])
    return read_library_file(parse_source(text, str(path)))


def read_library_file(source: SourceText) -> Library:
    """Make a library of a spec file that was read; raises DocumentError with every problem."""
    reading = LibraryReading(source)
    library = reading.library()
    reading.require_soundness()
    return library


def load_shared(
    path: Path, *, specs: Mapping[str, StepSpecification] | None = None, allow: Iterable[Path] = ()
) -> PipelineSpec:
    """Load a document as `load` does, but read each library file once while it stays as it is."""
    return read_pipeline(
        read_source(path), path.parent, specs=specs, read_library=shared_library, allow=allow
    )


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
