"""What a command is given: a document or a definition, on a path or, as `-`, on standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from ..definitions.recognise import DefinitionText, recognise
from ..specs import PipelineSpec, StepSpecification
from ..specs.load import read_pipeline, shared_library
from ..specs.text.limits import MAX_FILE_BYTES
from ..specs.text.source import SourceText, decoded, parse_source, read_text

STANDARD_INPUT = "-"


def read_given_file(path: Path) -> DefinitionText | SourceText:
    """Read a definition, recognised by what it holds, or a document.

    Raises DocumentError for what cannot be read and DefinitionError for a definition that is malformed.
    """
    file = str(path)
    text = _read_standard_input() if file == STANDARD_INPUT else read_text(path)
    return recognise(text, file) or parse_source(text, file)


@cache
def _read_standard_input() -> str:
    """Read standard input, which can be read only once."""
    return decoded(sys.stdin.buffer.read(MAX_FILE_BYTES + 1), STANDARD_INPUT)


def load_given(
    path: Path, *, specs: Mapping[str, StepSpecification] | None = None, allow: Iterable[Path] = ()
) -> PipelineSpec:
    """Load a document, or a definition as the document that it would be imported as.

    Each library file is read once while it stays as it is.
    """
    return pipeline_from_text(read_given_file(path), path.parent, specs=specs, allow=allow)


def pipeline_from_text(
    found: DefinitionText | SourceText,
    folder: Path,
    *,
    specs: Mapping[str, StepSpecification] | None = None,
    allow: Iterable[Path] = (),
) -> PipelineSpec:
    """Make a pipeline of what was read, as `load_given` does."""
    if isinstance(found, DefinitionText):
        from ..importers.from_definition import import_definition

        return import_definition(found).pipeline
    return read_pipeline(found, folder, specs=specs, read_library=shared_library, allow=allow)
