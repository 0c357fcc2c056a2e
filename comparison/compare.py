"""Compares two things that a user names: documents, locks, definitions, files or revisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..diagnosis.resolve import require_wiring
from ..emitters.definition import emit_definition
from ..problems.codes import Code
from ..problems.errors import DocumentError
from ..problems.problem import Problem
from ..solver.deadline import NEVER, Deadline
from ..solver.search.search import Search
from ..specs import PipelineSpec, StepSpecification
from .causes import explained
from .definition_state import state_of_definition
from .difference import Difference, compare
from .lock import Lock
from .moved_steps import find_moves, with_step_names
from .other_differences import with_meaning
from .state import Readable, read_readable, state_of


def compare_named(
    before: str,
    after: str,
    *,
    specs: Mapping[str, StepSpecification] | None = None,
    allow: Iterable[Path] = (),
    timeout: float | Deadline | None = None,
) -> Difference:
    """Compare two documents, locks or definitions, each a file or a file of a revision.

    `specs` and `allow` are for documents, as `load` takes them. Raises DocumentError, LockError,
    RevisionError or DefinitionError when one cannot be read, DocumentError for a lock and a definition,
    which have nothing in common, and SearchLimitError when `timeout` seconds do not suffice to solve both;
    where they do not suffice to find what caused what, the difference says so.
    """
    deadline = timeout if isinstance(timeout, Deadline) else Deadline.after(timeout)
    left, right = (read_readable(name, specs=specs, allow=allow) for name in (before, after))
    return compare_readable(before, left, after, right, deadline)


def compare_readable(
    before: str, left: Readable, after: str, right: Readable, deadline: Deadline = NEVER
) -> Difference:
    """Compare two pipelines, locks or definitions, each after its name; raises as `compare_named` does."""
    if not isinstance(left, Mapping) and not isinstance(right, Mapping):
        found = compare(state_of(before, left, deadline), state_of(after, right, deadline))
        return with_meaning(explained(found, deadline))
    names = next((item for item in (left, right) if isinstance(item, PipelineSpec)), None)
    old, new = _as_definition(before, left, deadline), _as_definition(after, right, deadline)
    renamed = {move.before: move.after for move in find_moves(old, new)}
    found = compare(
        state_of_definition(before, with_step_names(old, renamed), names),
        state_of_definition(after, new, names),
    )
    return with_meaning(replace(found, renamed=renamed), names)


def _as_definition(label: str, item: Readable, deadline: Deadline) -> Mapping[str, Any]:
    """Return what an item is emitted as; DocumentError for a lock, of which nothing can be."""
    if isinstance(item, Lock):
        message = f"{label}: a lock holds no requests, so it cannot be compared with a definition"
        raise DocumentError([Problem(Code.NOT_COMPARABLE, message, hint="name the document instead")])
    if isinstance(item, PipelineSpec):
        return emit_definition(require_wiring(Search.over(item, timeout=deadline))).definition
    return item
