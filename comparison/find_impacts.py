"""Which pipelines a changed specification touches, and what happens to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from ..problems.codes import Code
from ..problems.errors import DocumentError
from ..problems.problem import Problem
from ..problems.suggestions import did_you_mean
from ..solver.deadline import NEVER, Deadline
from ..specs import StepSpecification
from ..specs.library import LIBRARY
from ..specs.load import load_shared
from ..specs.text.discovery import files_below
from .assess import Assess, is_pipeline
from .gone import deleted, gone_since, present
from .impact import Impact
from .revision import require_revision

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
    deadline: Deadline = NEVER,
    work: Work = _one_by_one,
) -> tuple[Impact, ...]:
    """List what a change does to documents; without any, to all here and below; `work` shares it out.

    Of those that are not solved by the deadline, an impact says so.

    Raises ValueError when neither `spec` nor `since` names a change, RevisionError for a revision that there
    is not, and DocumentError for a specification that nobody knows.
    """
    if spec is None and since is None:
        raise ValueError("name the change: a specification, a revision, or both")
    if since is not None:
        require_revision(since)
    gone = gone_since(since, documents, specs) if since else {}
    files = present(documents, gone) if documents else files_below(Path())
    names = {file: pipeline.name for file, pipeline in gone.items()}
    assess = Assess(spec, since, specs, names, allow, deadline)
    found = [item for item in work(assess, files) if item is not None]
    found += deleted(gone, spec, found)
    if spec is not None and not found:
        require_spec(spec, files, specs, allow)
    return tuple(found)


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
            if is_pipeline(document):
                pipeline = load_shared(document, specs=specs, allow=allow)
                known |= {
                    name for step in pipeline.steps.values() for name in (step.spec.step_type, step.spec.kind)
                }
    if spec not in known:
        message = f"no specification here is called '{spec}'"
        raise DocumentError(
            [Problem(Code.DANGLING, message, hint=did_you_mean(spec, sorted(known), limit=8))]
        )
