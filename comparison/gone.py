"""Pipelines that were there and are not any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path

from ..problems.errors import DocumentError
from ..specs import PipelineSpec, StepSpecification
from ..specs.text.discovery import find_documents
from .assess import users_of_spec
from .impact import Impact
from .revision import RevisionPath, files_of_revision, here, load_revision


def gone_since(
    since: str, given: Iterable[str], specs: Mapping[str, StepSpecification]
) -> dict[RevisionPath, PipelineSpec]:
    """Map documents of a revision that are not here any more to their pipelines.

    Only those that paths, folders and patterns stand for; all here and below, if there are none. Documents
    that were not sound are left out. Raises RevisionError when git does not know the revision.
    """
    wanted, found = tuple(given), dict[RevisionPath, PipelineSpec]()
    for path in files_of_revision(since):
        if not path.exists() and (not wanted or any(_stands_for(name, path) for name in wanted)):
            file = here(since, path)
            with suppress(DocumentError):
                found[file] = load_revision(file, specs=specs)
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
    gone: Mapping[RevisionPath, PipelineSpec], spec: str | None, found: Iterable[Impact]
) -> Iterator[Impact]:
    """Yield the pipelines that are gone, but for those that were found under another name."""
    moved = {impact.was for impact in found}
    for file, pipeline in gone.items():
        if str(file) in moved:
            continue
        users = users_of_spec(pipeline, spec) if spec else ()
        if spec is None or users:
            yield Impact(file.path.removeprefix("./"), "deleted", users)
