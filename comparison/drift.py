"""What has moved since a wiring was locked, and the wiring as it was locked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ..diagnosis.resolve import wiring_or_report
from ..problems.codes import Code
from ..problems.errors import DriftError
from ..problems.problem import Problem
from ..solver.deadline import NEVER, Deadline
from ..solver.engines.choice import EngineName
from ..solver.problem.candidates import PipelinePorts
from ..solver.search.search import Search
from ..solver.search.wiring import Wiring
from ..specs import PipelineSpec, Port
from .digest import document_digest
from .lock import Lock, LockedSpec, lock_path, locked_specs, read_lock


class PortChanges(NamedTuple):
    """How the ports of one role (`dependency`, `output`) differ between two specifications of a step."""

    role: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]

    def words(self) -> Iterator[tuple[frozenset[str], str]]:
        """Say each difference, after the names of the ports that it is about."""
        for old, new in self.renamed:
            yield frozenset((old, new)), f"{self.role} '{old}' is now called '{new}'"
        for names, what in (
            (self.removed, "is gone"),
            (self.added, "is new"),
            (self.changed, "is declared otherwise"),
        ):
            yield from ((frozenset((name,)), f"{self.role} '{name}' {what}") for name in names)


def compare_ports(role: str, before: Mapping[str, str], after: Mapping[str, str]) -> PortChanges:
    """Compare ports by the hashes of what they are; one that is the same under another name was renamed."""
    removed = [name for name in before if name not in after]
    renamed = []
    for new in sorted(name for name in after if name not in before):
        old = next((name for name in sorted(removed) if before[name] == after[new]), None)
        if old is not None:
            renamed.append((old, new))
            removed.remove(old)
    added = set(after) - set(before) - {new for _, new in renamed}
    changed = (name for name in before if name in after and before[name] != after[name])
    return PortChanges(
        role, tuple(sorted(added)), tuple(sorted(removed)), tuple(renamed), tuple(sorted(changed))
    )


def spec_differences(
    before: LockedSpec, after: LockedSpec, only: frozenset[str] | None = None
) -> tuple[str, ...]:
    """Say how a specification differs from the one that was locked; of its ports, those that are named."""
    ports = (
        compare_ports("dependency", before.dependencies, after.dependencies),
        compare_ports("output", before.outputs, after.outputs),
    )
    told = [item for changes in ports for item in changes.words()]
    words = [word for names, word in told if only is None or not only.isdisjoint(names)]
    if before.step_type != after.step_type:
        words.insert(0, f"it was a {before.step_type} and is a {after.step_type}")
    return tuple(words or (() if told else ("it is declared otherwise",)))


def find_drift(
    lock: Lock, pipeline: PipelineSpec, *, engine: EngineName = "auto", deadline: Deadline = NEVER
) -> tuple[Problem, ...]:
    """List how a pipeline differs from its lock: its document, its specifications, its best wiring."""
    return (*_stale(lock, pipeline), *_moved(lock, pipeline, engine, deadline))


def _stale(lock: Lock, pipeline: PipelineSpec) -> Iterator[Problem]:
    """Yield what of the document and of its specifications has changed since it was locked."""
    place = pipeline.places.key
    if lock.document.sha256 != document_digest(pipeline):
        yield Problem(Code.DOCUMENT_CHANGED, "the document has changed since it was locked", place(()))
    now = locked_specs(pipeline)
    for name in sorted({*lock.specs, *now}):
        before, after = lock.specs.get(name), now.get(name)
        where = place(("steps", name)) if after else place(("steps",))
        if before is None or after is None:
            what = "is new" if before is None else "is gone"
            yield Problem(Code.SPEC_CHANGED, f"step '{name}' {what} since the lock was written", where)
        elif before.sha256 != after.sha256:
            words = "; ".join(spec_differences(before, after))
            message = f"step '{name}': the specification {after.step_type} has changed: {words}"
            yield Problem(Code.SPEC_CHANGED, message, where)


def _moved(lock: Lock, pipeline: PipelineSpec, engine: EngineName, deadline: Deadline) -> Iterator[Problem]:
    search = Search.over(pipeline, engine, deadline)
    best = next(search.wirings(), None)
    if best is None:
        found = wiring_or_report(search)
        yield from () if isinstance(found, Wiring) else found.problems()
        return
    locked, chosen = lock.wiring.sources, best.sources
    for port in sorted({*locked, *chosen}):
        before, after = locked.get(port), chosen.get(port)
        if before == after:
            continue
        was = f"took {before}" if before else "took nothing"
        now = f"would take {after}" if after else "would take nothing"
        yield Problem(
            Code.WIRING_MOVED,
            f"{port} {was} and {now}",
            pipeline.place_of_dependency(Port.parse(port)),
        )


def load_locked(
    pipeline: PipelineSpec, document: Path, *, engine: EngineName = "auto", deadline: Deadline = NEVER
) -> PipelineSpec:
    """Return the pipeline of a document pinned to the wiring of the lock beside it.

    Raises LockError when there is no lock that can be used, and DriftError as `as_locked` does.
    """
    return as_locked(pipeline, read_lock(lock_path(document), of=pipeline), engine=engine, deadline=deadline)


def as_locked(
    pipeline: PipelineSpec, lock: Lock, *, engine: EngineName = "auto", deadline: Deadline = NEVER
) -> PipelineSpec:
    """Return the pipeline with its locked wiring pinned, so that it has no other.

    Raises DriftError when the document or a specification has changed since, or the wiring is not valid.
    """
    changed = tuple(_stale(lock, pipeline))
    if changed:
        raise DriftError(changed)
    unbound = {Port.parse(address) for address in lock.wiring.unbound}
    ports = PipelinePorts(pipeline)
    known = {*lock.wiring.sources, *lock.wiring.unbound}
    unsaid = [str(item.port) for item in ports.dependencies if str(item.port) not in known]
    if unsaid:
        message = f"the lock does not say what {', '.join(unsaid)} takes"
        raise DriftError([Problem(Code.LOCK_NOT_VALID, message, pipeline.places.key(()))])
    untaken = (
        (str(dependency.port), str(candidate.source))
        for dependency in ports.dependencies
        if dependency.port in unbound
        for candidate in ports.candidates(dependency)
    )
    pinned = pipeline.model_copy(update={"pins": lock.wiring.sources, "forbid": (*pipeline.forbid, *untaken)})
    found = wiring_or_report(Search.over(pinned, engine, deadline))
    if isinstance(found, Wiring):
        return pinned
    reasons = "; ".join(problem.message for problem in found.problems())
    message = f"the wiring that stepwire {lock.stepwire} locked is not valid any more: {reasons}"
    raise DriftError([Problem(Code.LOCK_NOT_VALID, message, pipeline.places.key(()))])
