"""Which change made a difference: found by solving with each change alone, then without each alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ..problems.errors import DocumentError
from ..solver.deadline import NEVER, Deadline, TimeIsUp
from ..solver.search.errors import SearchLimitError
from ..specs import PipelineSpec, Port
from .changes import DocumentChange, find_changes, with_change
from .difference import Difference
from .drift import spec_differences
from .lock import LockedSpec
from .notices import BindingChange, Notice
from .renaming import say_renaming, specs_of
from .state import PipelineState, state_of_pipeline

MAX_TRIED = 100
"""Of more changes than these, none is tried: what changed is told, not what caused what."""

TOGETHER = "several changes together"

Holds = Callable[[PipelineState], bool]


def explained(found: Difference, deadline: Deadline = NEVER) -> Difference:
    """Return a difference with its causes, as far as they are found by the deadline.

    Between documents a cause is a change that makes the difference alone, or without which it would not be.
    A lock holds hashes and no document, so against one the causes are what changed at both ends.
    """
    before, after = found.before, found.after
    if before.pipeline is not None and after.pipeline is not None:
        trials = _Trials(before.pipeline, after.pipeline, found.renamed, deadline)
        try:
            return trials.explain(found)
        except TimeIsUp:
            return replace(found, changes=trials.words, explained=False)
    return _with_suspects(found)


@dataclass(frozen=True)
class _Trials:
    before: PipelineSpec
    after: PipelineSpec
    renamed: Mapping[str, str]
    deadline: Deadline

    @property
    def words(self) -> tuple[str, ...]:
        """Say what changed."""
        return (*say_renaming(self.renamed), *map(str, self.changes))

    @cached_property
    def changes(self) -> tuple[DocumentChange, ...]:
        return find_changes(self.before, self.after)

    @cached_property
    def _tried(self) -> tuple[DocumentChange, ...]:
        return self.changes if len(self.changes) <= MAX_TRIED else ()

    @cached_property
    def _made(self) -> list[tuple[str, PipelineState | None]]:
        made = [(str(change), self._state(self.before, change)) for change in self._tried]
        if not self.renamed:
            return made
        new_names = state_of_pipeline("", self.before, counted=False, deadline=self.deadline)
        return [("; ".join(say_renaming(self.renamed)), new_names), *made]

    @cached_property
    def _undone(self) -> list[tuple[str, PipelineState | None]]:
        return [(str(change), self._state(self.after, change.undone)) for change in self._tried]

    def explain(self, found: Difference) -> Difference:
        unresolved = self._causes(_has_no_wiring, _has_a_wiring) if found.unresolved else ()
        return replace(
            found,
            changes=self.words,
            bindings=tuple(replace(item, causes=self._of_binding(item)) for item in found.bindings),
            ambiguous=tuple(replace(item, causes=self._of_ambiguity(item)) for item in found.ambiguous),
            alternatives=tuple(replace(item, causes=self._of_sources(item)) for item in found.alternatives),
            unresolved_causes=unresolved,
        )

    def _causes(self, like_after: Holds, like_before: Holds) -> tuple[str, ...]:
        alone = [words for words, state in self._made if state and like_after(state)]
        if alone or not self._tried:
            return tuple(alone)
        needed = [words for words, state in self._undone if state and like_before(state)]
        return tuple(f"{words}, with other changes" for words in needed) or (TOGETHER,)

    def _state(self, pipeline: PipelineSpec, change: DocumentChange) -> PipelineState | None:
        """Solve a pipeline with one change; None when the change cannot stand alone."""
        self.deadline.check()
        try:
            changed = with_change(pipeline, change)
            return state_of_pipeline("", changed, counted=False, deadline=self.deadline)
        except DocumentError:
            return None
        except SearchLimitError:
            raise TimeIsUp from None

    def _of_step(self, port: str) -> tuple[str, ...]:
        """Name the step that came or went, with its dependency: that needs no trial."""
        step = Port.parse(port).step
        return tuple(str(change) for change in self.changes if change.is_whole_step(step))

    def _of_binding(self, item: BindingChange) -> tuple[str, ...]:
        if found := self._of_step(item.dependency):
            return found
        port, before, after = item.dependency, item.before, item.after
        if item.kind == "evidence":
            return self._causes(
                lambda state: not state.problems and state.bindings.get(port) not in (before, None),
                lambda state: state.bindings.get(port) != after,
            )
        old, new = before and before.source, after and after.source
        return self._causes(
            lambda state: not state.problems and _source(state, port) == new,
            lambda state: not state.problems and _source(state, port) == old,
        )

    def _of_ambiguity(self, item: Notice) -> tuple[str, ...]:
        return self._of_step(item.dependency) or self._causes(
            lambda state: item.dependency in state.ambiguous,
            lambda state: not state.problems and item.dependency not in state.ambiguous,
        )

    def _of_sources(self, item: Notice) -> tuple[str, ...]:
        new = frozenset(item.sources)
        return self._causes(
            lambda state: bool(new & state.usable.get(item.dependency, frozenset())),
            lambda state: not state.problems and not new <= state.usable.get(item.dependency, frozenset()),
        )


def _has_no_wiring(state: PipelineState) -> bool:
    return bool(state.problems)


def _has_a_wiring(state: PipelineState) -> bool:
    return not state.problems


def _source(state: PipelineState, port: str) -> str | None:
    bound = state.bindings.get(port)
    return bound.source if bound else None


def _with_suspects(found: Difference) -> Difference:
    left, right = specs_of(found.before), specs_of(found.after)
    if left is None or right is None:
        return found
    changes = tuple(_differences(left, right, dict.fromkeys(sorted({*left, *right}))))
    bindings = tuple(
        replace(item, causes=tuple(_differences(left, right, _ends(item)))) for item in found.bindings
    )
    unresolved = changes if found.unresolved else ()
    return replace(found, bindings=bindings, changes=changes, unresolved_causes=unresolved)


Specs = Mapping[str, LockedSpec]


def _differences(left: Specs, right: Specs, ports: Mapping[str, frozenset[str] | None]) -> Iterator[str]:
    """Say how steps differ, each in some of its ports, or, for None, in all."""
    for step, names in ports.items():
        before, after = left.get(step), right.get(step)
        if before == after:
            continue
        if before and after:
            yield from (f"step '{step}': {text}" for text in spec_differences(before, after, names))
        else:
            yield f"step '{step}' is {'new' if after else 'gone'}"


def _ends(item: BindingChange) -> dict[str, frozenset[str]]:
    """Map the steps of a binding, before and after, to the ports that it has of them."""
    addresses = [item.dependency, *(bound.source for bound in (item.before, item.after) if bound)]
    ports = sorted(Port.parse(address) for address in addresses)
    return {step: frozenset(port.name for port in ports if port.step == step) for step, _ in ports}
