"""The commands that compare: with a lock, and with another state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from ..comparison.drift import find_drift
from ..comparison.lock import LOCK, Lock, lock_path, make_lock, read_lock
from ..diagnosis.resolve import require_wiring
from ..importers.loading import load_pipeline
from ..problems.codes import Code
from ..problems.errors import DriftError, LockError, StepwireError
from ..problems.problem import Position, Problem
from ..solver.deadline import NEVER, Deadline
from ..solver.engines.choice import EngineName
from ..solver.search.search import Search
from ..specs import PipelineSpec, StepSpecification
from ..specs.text.discovery import SUFFIXES, files_below, find_documents
from ..specs.text.files import write_text
from .batch import Checked
from .clock import ended_at
from .formats import format_
from .parallel import each
from .reporting import print_checked, reported
from .shared_options import allow_, engine_, jobs_, library, timeout_


@click.command()
@click.argument("documents", nargs=-1)
@click.option("--check", is_flag=True, help="Write nothing; exit 4 when something has moved.")
@click.option("--force", is_flag=True, help="Replace a lock that cannot be read or is of another document.")
@library
@allow_
@engine_
@format_
@jobs_
@timeout_
@reported
def lock(
    documents: Sequence[str],
    check: bool,
    force: bool,
    specs: Mapping[str, StepSpecification],
    allow: Sequence[Path],
    engine: EngineName,
    format_: str,
    jobs: int | None,
    timeout: Deadline,
) -> None:
    """Write down the best wiring of documents, or check that it is still the one written down.

    The lock of pipeline.yaml is pipeline.yaml.lock. DOCUMENTS are files, folders and patterns; without any,
    --check checks every document here and below that has a lock.

    \b
    Examples:
      stepwire lock pipeline.yaml     agree on its wiring
      stepwire lock --check           has anything moved?
    """
    if not documents and not check:
        raise click.UsageError("name the documents to lock (only --check finds them by itself)")
    folders = tuple(allow)
    checking = LockCheck(specs, engine, folders, timeout)
    writing = LockWriter(specs, engine, folders, timeout, force)
    with ended_at(timeout):
        print_checked(each(checking if check else writing, find_locked(documents), jobs=jobs), format_)


@dataclass(frozen=True)
class LockCheck:
    """Checks that a document still has the wiring that its lock says."""

    specs: Mapping[str, StepSpecification]
    engine: EngineName = "auto"
    allow: tuple[Path, ...] = ()
    timeout: Deadline = NEVER

    def __call__(self, document: Path) -> Checked:
        """Check the lock of one document."""
        try:
            pipeline = load_pipeline(document, specs=self.specs, allow=self.allow)
            locked = read_lock(lock_path(document), of=pipeline)
            drift = find_drift(locked, pipeline, engine=self.engine, deadline=self.timeout)
            if drift:
                raise DriftError(drift)
        except StepwireError as error:
            return Checked.failed(error, document)
        return Checked(f"{document}: as locked")


@dataclass(frozen=True)
class LockWriter:
    """Locks the best wiring of a document; a file that is no lock of it is replaced with `force` only."""

    specs: Mapping[str, StepSpecification]
    engine: EngineName = "auto"
    allow: tuple[Path, ...] = ()
    timeout: Deadline = NEVER
    force: bool = False

    def __call__(self, document: Path) -> Checked:
        """Write the lock of one document, unless it says the same already."""
        path = lock_path(document)
        try:
            pipeline = load_pipeline(document, specs=self.specs, allow=self.allow)
            replaced = not path.exists() or (self.force and path.is_file())
            before = None if replaced else read_lock(path, of=pipeline)
            search = Search.over(pipeline, self.engine, self.timeout)
            lock = make_lock(require_wiring(search), search.exact_count())
            moved = self._drift(before, pipeline)
        except StepwireError as error:
            return Checked.failed(error, document)
        return Checked(_write(path, before, lock), doubts=tuple(replace(item, hint="") for item in moved))

    def _drift(self, before: Lock | None, pipeline: PipelineSpec) -> tuple[Problem, ...]:
        if before is None:
            return ()
        return find_drift(before, pipeline, engine=self.engine, deadline=self.timeout)


def _write(path: Path, before: Lock | None, lock: Lock) -> str:
    if before and before.text == lock.text:
        return f"{path}: is up to date"
    write_text(path, lock.text)
    return f"wrote {path}"


def find_locked(given: Iterable[str]) -> tuple[Path, ...]:
    """Return the documents that are given, or, when none are, every document here and below that has a lock.

    A lock stands for its document. Raises LockError for one whose document is not there, and when there is no
    lock at all.
    """
    names = [name.removesuffix(LOCK) for name in given]
    if names:
        return find_documents(names)
    locks = files_below(Path(), endings=tuple(f"{suffix}{LOCK}" for suffix in SUFFIXES))
    documents = tuple(path.with_name(path.name.removesuffix(LOCK)) for path in locks)
    problems = [
        Problem(
            Code.NO_LOCK,
            f"the document '{document}' of this lock is not there",
            Position(f"{document}{LOCK}", 1, 1),
            "remove the lock, or bring the document back",
        )
        for document in documents
        if not document.exists()
    ]
    if not documents:
        problems = [
            Problem(Code.NO_LOCK, "there is no lock here or below", hint="write one: stepwire lock DOCUMENT")
        ]
    if problems:
        raise LockError(problems)
    return documents
