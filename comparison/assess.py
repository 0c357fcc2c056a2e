"""Holds a document against what it was, and says what happened to its pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..problems.codes import Code
from ..problems.errors import DocumentError, RevisionError
from ..solver.deadline import NEVER, Deadline
from ..solver.search.errors import SearchLimitError
from ..specs import PipelineSpec, StepSpecification
from ..specs.load import load_shared
from ..specs.text.source import parse_source, read_source
from .causes import explained
from .difference import Difference, compare
from .digest import canonical_pipeline
from .impact import Impact, ImpactStatus
from .lock import Lock, lock_path, read_lock
from .revision import RevisionPath, here, load_revision
from .state import PipelineState, state_of, state_of_pipeline


@dataclass(frozen=True)
class Assess:
    """Assesses documents: against revision `since`, or, without one, against the lock of each.

    With `spec`, only pipelines that take that specification are of interest. `gone` are documents that
    were there and are not any more, with the names of their pipelines: one of them may have been moved.
    """

    spec: str | None
    since: str | None
    specs: Mapping[str, StepSpecification]
    gone: Mapping[RevisionPath, str] = field(default_factory=dict)
    allow: tuple[Path, ...] = ()
    deadline: Deadline = NEVER

    def __call__(self, document: Path) -> Impact | None:
        """Assess one document; None when the change does not touch it, or when it is no pipeline at all."""
        try:
            if not self.deadline.left:
                raise SearchLimitError.at(self.deadline)
            return self._assess(document)
        except SearchLimitError as error:
            return Impact(str(document), "untold", problems=error.problems)

    def _assess(self, document: Path) -> Impact | None:
        try:
            if not is_pipeline(document) and not self._was_pipeline(document):
                return None
            pipeline = load_shared(document, specs=self.specs, allow=self.allow)
        except DocumentError as error:
            return self._broken(document, error)
        return self._sound(document, pipeline)

    def _was_pipeline(self, document: Path) -> bool:
        """Tell whether a document that is no pipeline now was one: by its lock, or in the revision."""
        if self.since is None:
            return lock_path(document).exists()
        try:
            return _has_steps(parse_source(here(self.since, document).read(), str(document)).data)
        except RevisionError:
            return False

    def _sound(self, document: Path, pipeline: PipelineSpec) -> Impact | None:
        steps = users_of_spec(pipeline, self.spec)
        try:
            label, before = self._before(document, pipeline)
        except DocumentError as error:
            # What a revision does not hold, such as a library that is not kept in git, cannot be compared.
            lost = any(problem.code == Code.NOT_IN_REVISION for problem in error.problems)
            status: ImpactStatus = "untold" if lost else "mended"
            told = error.problems if lost else ()
            return Impact(str(document), status, steps, problems=told) if steps or not self.spec else None
        if self.spec is not None and not steps and not (before and _users_of(before, self.spec)):
            return None
        was = label if label in map(str, self.gone) else ""
        if self.spec is None and not was and _is_the_same(before, pipeline):
            return None
        is_new = before is None and self.since is not None
        state = state_of(label, before, self.deadline) if before else None
        return replace(self._compared(document, pipeline, state, steps, is_new=is_new), was=was)

    def _compared(
        self,
        document: Path,
        pipeline: PipelineSpec,
        before: PipelineState | None,
        steps: tuple[str, ...],
        *,
        is_new: bool,
    ) -> Impact:
        after = state_of_pipeline(str(document), pipeline, deadline=self.deadline)
        bindings = tuple(
            f"{port} <- {bound.source}"
            for port, bound in sorted(after.bindings.items())
            if {port.partition(".")[0], bound.source.partition(".")[0]} & set(steps)
        )
        if before is None:
            return Impact(
                str(document), "new" if is_new else "untold", steps, bindings, problems=after.problems
            )
        found = explained(compare(before, after), self.deadline)
        return Impact(str(document), _status(found), steps, bindings, found, after.problems)

    def _before(self, document: Path, pipeline: PipelineSpec) -> tuple[str, PipelineSpec | Lock | None]:
        """Return what it was, after the name of that; raises DocumentError when it was unsound."""
        if self.since is None:
            path = lock_path(document)
            return str(path), read_lock(path, of=pipeline) if path.exists() else None
        file = here(self.since, document)
        revised = _revised(file, self.specs)
        elsewhere = next((file for file, name in self.gone.items() if name == pipeline.name), None)
        if revised or not elsewhere:
            return str(file), revised
        return str(elsewhere), _revised(elsewhere, self.specs)

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
                if absent.problems[0].code != Code.NOT_IN_REVISION:
                    raise
        return Impact(str(document), "broken", problems=error.problems)


def is_pipeline(document: Path) -> bool:
    """Tell a pipeline document from other YAML and JSON files, which are left alone."""
    return _has_steps(read_source(document).data)


def _has_steps(data: object) -> bool:
    return isinstance(data, dict) and "steps" in data


def _revised(file: RevisionPath, specs: Mapping[str, StepSpecification]) -> PipelineSpec | None:
    """Load what a revision has; None when the file was not there; raises DocumentError if it is unsound."""
    try:
        return load_revision(file, specs=specs)
    except RevisionError as error:
        if error.problems[0].code != Code.NOT_IN_REVISION:
            raise
        return None


def users_of_spec(pipeline: PipelineSpec, spec: str | None) -> tuple[str, ...]:
    """Name the steps that take a specification, in their order."""
    steps = sorted(pipeline.steps.items())
    return tuple(name for name, step in steps if spec in (step.spec.step_type, step.spec.kind))


def _users_of(before: PipelineSpec | Lock, spec: str) -> bool:
    if isinstance(before, Lock):
        return any(locked.step_type == spec for locked in before.specs.values())
    return bool(users_of_spec(before, spec))


def _is_the_same(before: PipelineSpec | Lock | None, pipeline: PipelineSpec) -> bool:
    return isinstance(before, PipelineSpec) and canonical_pipeline(before) == canonical_pipeline(pipeline)


def _status(found: Difference) -> ImpactStatus:
    if found.unresolved:
        return "unresolved"
    if found.is_resolved_again:
        return "resolved"
    if found.rewires:
        return "rewired"
    return "unchanged" if found.is_empty else "doubtful"
