"""Which pipelines a changed specification touches, and what happens to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal

from ..problems.codes import Code
from ..problems.errors import DocumentError, RevisionError
from ..problems.problem import Problem
from ..problems.suggestions import did_you_mean
from ..specs import PipelineSpec, StepSpecification
from ..specs.library import LIBRARY
from ..specs.load import load_shared
from ..specs.text.discovery import files_below, find_documents
from ..specs.text.source import parse_source, read_source
from .causes import explained
from .difference import Difference, compare
from .digest import canonical_pipeline
from .lock import Lock, lock_path, read_lock
from .revision import RevisionPath, files_of_revision, here, load_revision, require_revision
from .state import PipelineState, state_of, state_of_pipeline

ImpactStatus = Literal[
    "unchanged",
    "rewired",
    "doubtful",
    "unresolved",
    "resolved",
    "broken",
    "mended",
    "new",
    "deleted",
    "untold",
]
"""What happens to a pipeline.

`doubtful`: newly ambiguous, weighed anew, with other alternatives or names of steps, but wired as before.
`broken`: the document is unsound now; `mended`: it was. `untold`: there is nothing to compare it with.
"""


@dataclass(frozen=True)
class Impact:
    """What happens to one pipeline.

    `steps` are those that take the specification asked about, `bindings` those that rest on it, as
    `dependency <- source`. `was` is the document that it was before, where that is another.
    """

    document: str
    status: ImpactStatus
    steps: tuple[str, ...] = ()
    bindings: tuple[str, ...] = ()
    difference: Difference | None = None
    problems: tuple[Problem, ...] = ()
    was: str = ""

    @property
    def is_changed(self) -> bool:
        """Tell whether the pipeline is not wired as before, or cannot be any more."""
        return self.status in ("rewired", "unresolved", "resolved", "broken", "mended", "deleted")


Work = Callable[["Assess", Sequence[Path]], Iterable[Impact | None]]


def _one_by_one(assess: Assess, files: Sequence[Path]) -> Iterator[Impact | None]:
    return map(assess, files)


def find_impacts(
    documents: Sequence[str],
    *,
    spec: str | None,
    since: str | None,
    specs: Mapping[str, StepSpecification],
    allow: tuple[Path, ...] = (),
    work: Work = _one_by_one,
) -> tuple[Impact, ...]:
    """List what a change does to documents; without any, to all here and below; `work` shares it out.

    Raises ValueError when neither `spec` nor `since` names a change, RevisionError for a revision that there
    is not, and DocumentError for a specification that nobody knows.
    """
    if spec is None and since is None:
        raise ValueError("name the change: a specification, a revision, or both")
    if since is not None:
        require_revision(since)
    gone = gone_since(since, documents, specs) if since else {}
    files = present(documents, gone) if documents else files_below(Path())
    found = [item for item in work(Assess(spec, since, specs, gone, allow), files) if item is not None]
    found += deleted(gone, spec, found, specs)
    if spec is not None and not found:
        require_spec(spec, files, specs, allow)
    return tuple(found)


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

    def __call__(self, document: Path) -> Impact | None:
        """Assess one document; None when the change does not touch it, or when it is no pipeline at all."""
        try:
            if not _is_pipeline(document) and not self._was_pipeline(document):
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
            data = parse_source(here(self.since, document).read(), str(document)).data
        except RevisionError:
            return False
        return isinstance(data, dict) and "steps" in data

    def _sound(self, document: Path, pipeline: PipelineSpec) -> Impact | None:
        steps = _users(pipeline, self.spec)
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
        state = state_of(label, before) if before else None
        return replace(_assessed(document, pipeline, state, steps, is_new=is_new), was=was)

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


def _is_pipeline(document: Path) -> bool:
    """Tell a pipeline document from other YAML and JSON files, which are left alone."""
    data = read_source(document).data
    return isinstance(data, dict) and "steps" in data


def _revised(file: RevisionPath, specs: Mapping[str, StepSpecification]) -> PipelineSpec | None:
    """Load what a revision has; None when the file was not there; raises DocumentError if it is unsound."""
    try:
        return load_revision(file, specs=specs)
    except RevisionError as error:
        if error.problems[0].code != Code.NOT_IN_REVISION:
            raise
        return None


def gone_since(
    since: str, given: Iterable[str], specs: Mapping[str, StepSpecification]
) -> dict[RevisionPath, str]:
    """Map documents of a revision that are not here any more to the names of their pipelines.

    Only those that paths, folders and patterns stand for; all here and below, if there are none. Documents
    that were not sound are left out. Raises RevisionError when git does not know the revision.
    """
    wanted, found = tuple(given), dict[RevisionPath, str]()
    for path in files_of_revision(since):
        if not path.exists() and (not wanted or any(_stands_for(name, path) for name in wanted)):
            file = here(since, path)
            with suppress(DocumentError):
                found[file] = load_revision(file, specs=specs).name
    return found


def present(given: Iterable[str], gone: Iterable[RevisionPath]) -> tuple[Path, ...]:
    """Return the documents here that are given, as `find_documents` does; what is given may also be gone."""
    paths = [Path(file.path) for file in gone]
    here_too = [name for name in given if Path(name) not in paths]
    found: dict[Path, None] = {}
    for name in here_too:
        try:
            found.update(dict.fromkeys(find_documents([name])))
        except DocumentError:
            if not any(_stands_for(name, path) for path in paths):
                raise
    return tuple(found)


def _stands_for(given: str, path: Path) -> bool:
    return path == Path(given) or Path(given) in path.parents or fnmatch(path.as_posix(), given)


def deleted(
    gone: Iterable[RevisionPath],
    spec: str | None,
    found: Iterable[Impact],
    specs: Mapping[str, StepSpecification],
) -> Iterator[Impact]:
    """Yield the pipelines that are gone, but for those that were found under another name."""
    moved = {impact.was for impact in found}
    for file in gone:
        if str(file) in moved:
            continue
        users = (
            _users(load_revision(file, specs=specs), spec) if spec else ()
        )  # it was sound when it was found
        if spec is None or users:
            yield Impact(file.path.removeprefix("./"), "deleted", users)


def _users(pipeline: PipelineSpec, spec: str | None) -> tuple[str, ...]:
    steps = sorted(pipeline.steps.items())
    return tuple(name for name, step in steps if spec in (step.spec.step_type, step.spec.kind))


def _users_of(before: PipelineSpec | Lock, spec: str) -> bool:
    if isinstance(before, Lock):
        return any(locked.step_type == spec for locked in before.specs.values())
    return bool(_users(before, spec))


def _is_the_same(before: PipelineSpec | Lock | None, pipeline: PipelineSpec) -> bool:
    return isinstance(before, PipelineSpec) and canonical_pipeline(before) == canonical_pipeline(pipeline)


def _assessed(
    document: Path,
    pipeline: PipelineSpec,
    before: PipelineState | None,
    steps: tuple[str, ...],
    *,
    is_new: bool,
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


def _status(found: Difference) -> ImpactStatus:
    if found.unresolved:
        return "unresolved"
    if found.is_resolved_again:
        return "resolved"
    if found.rewires:
        return "rewired"
    return "unchanged" if found.is_empty else "doubtful"


def require_spec(
    spec: str,
    documents: Iterable[Path],
    specs: Mapping[str, StepSpecification],
    allow: Iterable[Path] = (),
) -> None:
    """Raise DocumentError unless a specification is one of the library, or of some document."""
    known = {item.step_type for item in (*LIBRARY.values(), *specs.values())}
    for document in documents:
        with suppress(DocumentError):
            if _is_pipeline(document):
                pipeline = load_shared(document, specs=specs, allow=allow)
                known |= {
                    name for step in pipeline.steps.values() for name in (step.spec.step_type, step.spec.kind)
                }
    if spec not in known:
        message = f"no specification here is called '{spec}'"
        raise DocumentError(
            [Problem(Code.DANGLING, message, hint=did_you_mean(spec, sorted(known), limit=8))]
        )
