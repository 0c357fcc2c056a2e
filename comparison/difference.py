"""The semantic difference between two states: which bindings differ, and which changes made them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..problems.problem import Problem
from ..solver.problem.candidates import Ports
from ..solver.ranking.evidence import Evidence
from ..specs import PipelineSpec, Port
from .renaming import followed, renamed_steps
from .state import Bound, State

KINDS = ("added", "removed", "moved", "evidence")


@dataclass(frozen=True)
class BindingChange:
    """A binding that differs: `added`, `removed`, `moved` to another source, or weighed by other `evidence`.

    `lost` and `gained` are the pieces of evidence that differ, `reason` says what became of the old source.
    """

    dependency: str
    before: Bound | None
    after: Bound | None
    reason: str = ""
    causes: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Name the way in which it differs."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "evidence" if self.before.source == self.after.source else "moved"

    @property
    def lost(self) -> tuple[Evidence, ...]:
        """The evidence there was and is no more."""
        return _minus(self.before, self.after)

    @property
    def gained(self) -> tuple[Evidence, ...]:
        """The evidence there is and was not."""
        return _minus(self.after, self.before)


def _minus(left: Bound | None, right: Bound | None) -> tuple[Evidence, ...]:
    rest = Counter(_pieces(left)) - Counter(_pieces(right))
    return tuple(sorted(rest.elements()))


def _pieces(bound: Bound | None) -> tuple[Evidence, ...]:
    return (*bound.evidence, *bound.joint) if bound else ()


@dataclass(frozen=True)
class Notice:
    """What became of a dependency beyond its binding, and the changes that made it so.

    `sources` are new alternatives; empty for what is newly ambiguous.
    """

    dependency: str
    sources: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """All that differs between two states.

    `renamed` maps steps to their new names, by which `before` calls them, too. `changes` are the single
    changes of the document that may bear on the wiring. Where causes are given (`causes.explained`), they are
    among them.
    """

    before: State
    after: State
    bindings: tuple[BindingChange, ...] = ()
    ambiguous: tuple[Notice, ...] = ()
    settled: tuple[str, ...] = ()
    alternatives: tuple[Notice, ...] = ()
    unresolved: tuple[Problem, ...] = ()
    unresolved_causes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)

    def of_kind(self, kind: str) -> tuple[BindingChange, ...]:
        """Return the bindings that differ in one way."""
        return tuple(item for item in self.bindings if item.kind == kind)

    @property
    def is_resolved_again(self) -> bool:
        """Tell whether there was no wiring and is one."""
        return bool(self.before.problems) and not self.after.problems

    @property
    def rewires(self) -> bool:
        """Tell whether the wiring itself differs: a binding, or whether there is one at all."""
        return (
            bool(self.unresolved)
            or self.is_resolved_again
            or any(item.kind != "evidence" for item in self.bindings)
        )

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing differs that is worth a word."""
        same_count = None in (self.before.count, self.after.count) or self.before.count == self.after.count
        told = (self.bindings, self.ambiguous, self.settled, self.alternatives, self.unresolved, self.renamed)
        return same_count and not any(told)


def compare(before: State, after: State) -> Difference:
    """Compare two states; a step that is called otherwise is the same step."""
    renamed = renamed_steps(before, after)
    before = followed(before, renamed)
    return Difference(
        before,
        after,
        bindings=tuple(_binding_changes(before, after)),
        ambiguous=tuple(Notice(port) for port in _newly(before, after, after.ambiguous - before.ambiguous)),
        settled=tuple(_newly(before, after, before.ambiguous - after.ambiguous)),
        alternatives=tuple(_alternatives(before, after)),
        unresolved=after.problems if not before.problems else (),
        renamed=renamed,
    )


def _newly(before: State, after: State, ports: frozenset[str]) -> list[str]:
    """Sort what is ambiguous on one side only, where both sides know: a lock does not."""
    known = before.usable and after.usable
    return sorted(ports) if known else []


def _binding_changes(before: State, after: State) -> Iterator[BindingChange]:
    if before.problems or after.problems:
        return
    for port in sorted({*before.bindings, *after.bindings}):
        old, new = before.bindings.get(port), after.bindings.get(port)
        if old != new:
            yield BindingChange(port, old, new, _reason(after.pipeline, port, old, new))


def _reason(pipeline: PipelineSpec | None, address: str, old: Bound | None, new: Bound | None) -> str:
    """Say what became of the source that is taken no more."""
    if pipeline is None or old is None or (new and new.source == old.source):
        return ""
    port, source = Port.parse(address), Port.parse(old.source)
    if pipeline.dependency(port) is None:
        return f"{port} is gone"
    if pipeline.output(source) is None:
        return f"{source} is gone"
    ports = Ports(pipeline)
    dependency = next(item for item in ports.dependencies if item.port == port)
    for candidate in ports.candidates(dependency):
        if candidate.source == source:
            less = f", by {candidate.score} points" if new is None or candidate.score != new.score else ""
            return f"{source} would still do{less}"
    offered = next(item for item in ports.sources if item.port == source)
    miss = ports.near_miss(dependency, offered)
    return f"{source} does not do any more: {'; '.join(map(str, miss.failed if miss else ()))}"


def _alternatives(before: State, after: State) -> Iterator[Notice]:
    for port in sorted(before.usable.keys() & after.usable.keys()):
        taken = after.bindings.get(port)
        new = after.usable[port] - before.usable[port] - ({taken.source} if taken else set())
        if new:
            yield Notice(port, tuple(sorted(new)))
