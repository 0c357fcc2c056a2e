"""The semantic difference between two states: which bindings differ, and which changes made them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..problems.blocks import Blocks, Line, Tone
from ..problems.counts import counted
from ..problems.layout import blocks_to_html, blocks_to_text
from ..problems.problem import Problem
from ..solver.binding_ends import Dependency, Source
from ..solver.problem.candidates import PipelinePorts
from ..specs import Port
from .fields import FieldChange
from .notices import DIFFERENCE_WORDS, BindingChange, Notice
from .renaming import rename_steps, renamed_steps, say_renaming
from .state import Bound, PipelineState
from .wording import say_binding_change, say_counts, say_notice

UNEXPLAINED = "Time was up before the causes were found."


@dataclass(frozen=True, repr=False)
class Difference:
    """All that differs between two states.

    `renamed` maps steps to their new names, by which `before` calls them, too. `changes` are the single
    changes of the document that may bear on the wiring. Where causes are given (`causes.explained`), they are
    among them; without `explained`, time was up before they were found. `fields` differ in what is emitted,
    bindings apart, and `edits` are what else the documents say (`other_differences.with_meaning`); without
    `emitted`, one side cannot be emitted whole.
    """

    before: PipelineState
    after: PipelineState
    bindings: tuple[BindingChange, ...] = ()
    ambiguous: tuple[Notice, ...] = ()
    settled: tuple[str, ...] = ()
    alternatives: tuple[Notice, ...] = ()
    unresolved: tuple[Problem, ...] = ()
    unresolved_causes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[FieldChange, ...] = ()
    edits: tuple[str, ...] = ()
    emitted: bool = True
    explained: bool = True

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
    def changes_meaning(self) -> bool:
        """Tell whether what runs differs: the wiring, or a field of what is emitted."""
        return self.rewires or bool(self.fields) or (bool(self.edits) and not self.emitted)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing differs that is worth a word."""
        same_count = None in (self.before.count, self.after.count) or self.before.count == self.after.count
        told = (self.bindings, self.ambiguous, self.settled, self.alternatives, self.unresolved, self.renamed)
        return same_count and not any((*told, self.fields, self.edits))

    @property
    def summary(self) -> str:
        """Say in one line how much differs."""
        if self.is_empty:
            return "the wirings are the same"
        numbers = [(len(self.renamed), "renamed")]
        numbers += [(len(self.of_kind(kind)), word) for kind, word in DIFFERENCE_WORDS.items()]
        numbers += [(len(self.ambiguous), "newly ambiguous"), (len(self.settled), "no longer ambiguous")]
        numbers += [(len(self.alternatives), "with new alternatives"), (len(self.unresolved), "unresolved")]
        parts = [f"{number} {words}" for number, words in numbers if number]
        if self.is_resolved_again:
            parts.append("resolved again")
        if self.fields:
            parts.append(f"{counted(len(self.fields), 'other field')} changed")
        if not parts and self.edits:
            same = "what runs is" if self.emitted else "the wirings are"
            return f"{same} the same, what the documents say is not"
        return ", ".join(parts) or "the same wiring among other numbers of wirings"

    def blocks(self) -> Blocks:
        """Tell what differs."""
        yield Line(f"{self.before.label} → {self.after.label}: {self.summary}", 0, Tone.TITLE)
        yield from self.details()

    def details(self, depth: int = 0) -> Blocks:
        """Tell what differs, thing by thing."""
        for words in say_renaming(self.renamed):
            yield from say_notice("renamed", words, (), depth)
        for item in self.bindings:
            yield from say_binding_change(item, depth)
        for title, notices in (("ambiguous", self.ambiguous), ("alternative", self.alternatives)):
            for notice in notices:
                yield from say_notice(title, notice.words, notice.causes, depth)
        for port in self.settled:
            yield from say_notice("settled", f"{port} is no longer ambiguous", (), depth)
        for number, problem in enumerate(self.unresolved, 1):
            causes = self.unresolved_causes if number == len(self.unresolved) else ()
            yield from say_notice("unresolved", str(problem), causes, depth)
        for change in self.fields:
            yield from say_notice("field", str(change), (), depth)
        for edit in self.edits:
            yield from say_notice("edited", edit, (), depth)
        for words in say_counts(self.before.count, self.after.count):
            yield from say_notice("count", words, (), depth)
        if not self.explained:
            yield Line(UNEXPLAINED, depth, Tone.FAINT)

    def __repr__(self) -> str:
        return f"<Difference: {self.summary}>"

    def __str__(self) -> str:
        return blocks_to_text(self.blocks())

    def _repr_html_(self) -> str:
        return blocks_to_html(self.blocks())


def compare(before: PipelineState, after: PipelineState) -> Difference:
    """Compare two states; a step that is called otherwise is the same step."""
    renamed = renamed_steps(before, after)
    before = rename_steps(before, renamed)
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


def _newly(before: PipelineState, after: PipelineState, ports: frozenset[str]) -> list[str]:
    """Sort what is ambiguous on one side only, where both sides know: a lock does not."""
    known = before.usable and after.usable
    return sorted(ports) if known else []


def _binding_changes(before: PipelineState, after: PipelineState) -> Iterator[BindingChange]:
    if before.problems or after.problems:
        return
    fates = _Fates(PipelinePorts(after.pipeline)) if after.pipeline else None
    for port in sorted({*before.bindings, *after.bindings}):
        old, new = before.bindings.get(port), after.bindings.get(port)
        if old != new:
            moved = old and (new is None or new.source != old.source)
            reason = fates.say(Port.parse(port), old, new) if fates and old and moved else ""
            yield BindingChange(port, old, new, reason)


@dataclass(frozen=True)
class _Fates:
    """What became, in a pipeline, of sources that are taken no more."""

    ports: PipelinePorts

    @cached_property
    def _dependencies(self) -> dict[Port, Dependency]:
        return {item.port: item for item in self.ports.dependencies}

    @cached_property
    def _sources(self) -> dict[Port, Source]:
        return {item.port: item for item in self.ports.sources}

    def say(self, port: Port, old: Bound, new: Bound | None) -> str:
        """Say what became of the source that a dependency had, in the place of which it has another."""
        dependency, source = self._dependencies.get(port), self._sources.get(Port.parse(old.source))
        if dependency is None:
            return f"{port} is gone"
        if source is None:
            return f"{old.source} is gone"
        for candidate in self.ports.candidates(dependency):
            if candidate.source == source.port:
                is_as_good = new is not None and candidate.score == new.score
                return f"{old.source} would still do{'' if is_as_good else f', for {candidate.score} points'}"
        miss = self.ports.near_miss(dependency, source)
        return f"{old.source} does not do any more: {'; '.join(map(str, miss.failed if miss else ()))}"


def _alternatives(before: PipelineState, after: PipelineState) -> Iterator[Notice]:
    for port in sorted(before.usable.keys() & after.usable.keys()):
        taken = after.bindings.get(port)
        new = after.usable[port] - before.usable[port] - ({taken.source} if taken else set())
        if new:
            yield Notice(port, tuple(sorted(new)))
