"""Which pipelines a changed specification touches, and what happens to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ...errors import DocumentError, Problem, RevisionError
from ...specs import PipelineSpec, StepSpecification
from ...specs.shelf import load_shared
from ...specs.source import read_source
from .causes import explained
from .difference import Difference, compare
from .digest import canonical_pipeline
from .lock import lock_path, read_lock
from .revision import NOT_IN_REVISION, RevisionPath, here, load_revision
from .state import State, state_of_lock, state_of_pipeline

Status = Literal["unchanged", "rewired", "doubtful", "unresolved", "resolved", "broken", "new", "untold"]
"""What happens to a pipeline.

`doubtful`: newly ambiguous, weighed anew, or with other alternatives, but wired as before. `broken`: the
document is unsound now. `untold`: there is nothing to compare it with.
"""


@dataclass(frozen=True)
class Impact:
    """What happens to one pipeline.

    `steps` are those that take the specification asked about, `bindings` those that rest on it, as
    `dependency <- source`.
    """

    document: str
    status: Status
    steps: tuple[str, ...] = ()
    bindings: tuple[str, ...] = ()
    difference: Difference | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Tell whether the pipeline is not wired as before, or cannot be any more."""
        return self.status in ("rewired", "unresolved", "resolved", "broken")


@dataclass(frozen=True)
class Assess:
    """Assesses documents: against revision `since`, or, without one, against the lock of each.

    With `spec`, only pipelines that take that specification are of interest.
    """

    spec: str | None
    since: str | None
    specs: Mapping[str, StepSpecification]

    def __call__(self, document: Path) -> Impact | None:
        """Assess one document; None when the change does not touch it, or when it is no pipeline at all."""
        try:
            if not _is_pipeline(document):
                return None
            pipeline = load_shared(document, specs=self.specs)
        except DocumentError as error:
            return self._broken(document, error)
        steps = _users(pipeline, self.spec)
        before = self._before(document, pipeline)
        if self.spec is not None and not steps and not (before and _users_of(before, self.spec)):
            return None
        if self.spec is None and before and _is_the_same(before, pipeline):
            return None
        return _assessed(document, pipeline, before, steps, is_new=before is None and self.since is not None)

    def _before(self, document: Path, pipeline: PipelineSpec) -> State | None:
        if self.since is None:
            path = lock_path(document)
            return state_of_lock(str(path), read_lock(path, of=pipeline)) if path.exists() else None
        return _revised(here(self.since, document), self.specs)

    def _broken(self, document: Path, error: DocumentError) -> Impact | None:
        """See an unsound document; it was touched unless it was so in the revision, or was never locked."""
        if self.since is None and not lock_path(document).exists():
            return None
        if self.since is not None:
            try:
                load_revision(here(self.since, document), specs=self.specs)
            except DocumentError:
                return None
            except RevisionError as absent:
                if absent.problems[0].code != NOT_IN_REVISION:
                    raise
        return Impact(str(document), "broken", problems=error.problems)


def _is_pipeline(document: Path) -> bool:
    """Tell a pipeline document from other YAML and JSON files, which are left alone."""
    data = read_source(document).data
    return isinstance(data, dict) and "steps" in data


def _revised(file: RevisionPath, specs: Mapping[str, StepSpecification]) -> State | None:
    """Return the state in a revision; None when the file was not there, or not sound."""
    try:
        return state_of_pipeline(str(file), load_revision(file, specs=specs))
    except DocumentError:
        return None
    except RevisionError as error:
        if error.problems[0].code != NOT_IN_REVISION:
            raise
        return None


def _users(pipeline: PipelineSpec, spec: str | None) -> tuple[str, ...]:
    return tuple(name for name, step in sorted(pipeline.steps.items()) if step.spec.step_type == spec)


def _users_of(state: State, spec: str) -> bool:
    if state.lock:
        return any(locked.step_type == spec for locked in state.lock.specs.values())
    return state.pipeline is not None and bool(_users(state.pipeline, spec))


def _is_the_same(before: State, pipeline: PipelineSpec) -> bool:
    return before.pipeline is not None and canonical_pipeline(before.pipeline) == canonical_pipeline(pipeline)


def _assessed(
    document: Path, pipeline: PipelineSpec, before: State | None, steps: tuple[str, ...], *, is_new: bool
) -> Impact:
    after = state_of_pipeline(str(document), pipeline)
    bindings = tuple(
        f"{port} <- {bound.source}"
        for port, bound in sorted(after.bindings.items())
        if {port.partition(".")[0], bound.source.partition(".")[0]} & set(steps)
    )
    if before is None:
        return Impact(str(document), "new" if is_new else "untold", steps, bindings, problems=after.problems)
    found = explained(compare(before, after))
    return Impact(str(document), _status(found), steps, bindings, found, after.problems)


def _status(found: Difference) -> Status:
    if found.unresolved:
        return "unresolved"
    if found.is_resolved_again:
        return "resolved"
    if found.rewires:
        return "rewired"
    return "unchanged" if found.is_empty else "doubtful"
