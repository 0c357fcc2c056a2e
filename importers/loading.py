"""Loads pipelines from whatever they are written as: documents, and definitions as what they would become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ..definitions.given import DefinitionValue, read_given_file, require_definition
from ..definitions.recognise import DefinitionText
from ..specs import PipelineSpec, StepSpecification
from ..specs.load import Loadable, read_pipeline, shared_library
from ..specs.text.source import SourceText

Wireable = Loadable | DefinitionValue
"""A pipeline, the path of a document or definition, or a definition as a value."""


def load_pipeline(
    path: str | Path, *, specs: Mapping[str, StepSpecification] | None = None, allow: Iterable[Path] = ()
) -> PipelineSpec:
    """Load a pipeline document (YAML or JSON) with the library files it names, or import a definition.

    `specs` are further specifications that the document may take by name, `allow` further folders whose files
    it may name, beside its own. Raises DocumentError with every problem, each with its file, line and column,
    and DefinitionError for a definition that no document can say. Each library file is read once while it
    stays as it is.
    """
    path = Path(path)
    return pipeline_from_text(read_given_file(path), path.parent, specs=specs, allow=allow)


def pipeline_from_text(
    found: DefinitionText | SourceText,
    folder: Path,
    *,
    specs: Mapping[str, StepSpecification] | None = None,
    allow: Iterable[Path] = (),
) -> PipelineSpec:
    """Make a pipeline of what was read, as `load_pipeline` does."""
    if isinstance(found, DefinitionText):
        from .from_definition import import_definition  # loads much, and most are documents

        return import_definition(found).pipeline
    return read_pipeline(found, folder, specs=specs, read_library=shared_library, allow=allow)


def read_wireable(given: Wireable) -> PipelineSpec | DefinitionText:
    """Read a definition, or load a document; raises as `load_pipeline` does."""
    if isinstance(given, PipelineSpec):
        return given
    if not isinstance(given, str | Path):
        return require_definition(given)
    found = read_given_file(Path(given))
    return found if isinstance(found, DefinitionText) else pipeline_from_text(found, Path(given).parent)


def load_wireable(given: Wireable) -> PipelineSpec:
    """Load a document, or import a definition; raises as `load_pipeline` does."""
    found = read_wireable(given)
    return found if isinstance(found, PipelineSpec) else pipeline_from_text(found, Path())
