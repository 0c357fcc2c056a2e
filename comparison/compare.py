"""Compares two things that a user names: documents, locks, definitions, files or revisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ..specs import PipelineSpec, StepSpecification
from .causes import explained
from .definition_state import emitted_state, state_of_definition
from .difference import Difference, compare
from .state import Readable, State, read_readable, state_of


def compare_named(
    before: str,
    after: str,
    *,
    specs: Mapping[str, StepSpecification] | None = None,
    allow: Iterable[Path] = (),
) -> Difference:
    """Compare two documents, locks or definitions, each a file or a file of a revision.

    `specs` and `allow` are for documents, as `load` takes them.

    Raises DocumentError, LockError, RevisionError or DefinitionError when one cannot be read, and
    DocumentError for a lock and a definition, which have nothing in common.
    """
    left, right = (read_readable(name, specs=specs, allow=allow) for name in (before, after))
    return compare_readable(before, left, after, right)


def compare_readable(before: str, left: Readable, after: str, right: Readable) -> Difference:
    """Compare two pipelines, locks or definitions, each after its name; raises as `compare_named` does."""
    if not isinstance(left, Mapping) and not isinstance(right, Mapping):
        return explained(compare(state_of(before, left), state_of(after, right)))
    names = next((item for item in (left, right) if isinstance(item, PipelineSpec)), None)
    return compare(_as_definition(before, left, names), _as_definition(after, right, names))


def _as_definition(label: str, item: Readable, names: PipelineSpec | None) -> State:
    if isinstance(item, Mapping):
        return state_of_definition(label, item, names)
    return emitted_state(label, state_of(label, item))
