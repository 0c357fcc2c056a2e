"""What differs beyond the bindings: the fields of what is emitted, and what else two documents say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..emitters.definition import draft
from ..specs import PipelineSpec, Port
from .changes import IRRELEVANT
from .difference import Difference
from .digest import canonical_pipeline, document_digest
from .fields import FieldChange, FieldSubject, differences_of, find_field_changes
from .moved_steps import with_step_names
from .renaming import say_renaming
from .state import PipelineState

_NOT_EMITTED = ("code", "description", "name")
"""What a document says that shows in no definition, or not all of it."""


def with_meaning(found: Difference, names: PipelineSpec | None = None) -> Difference:
    """Return a difference with every field that differs in what is emitted, and what documents say else.

    A moved binding is not told again as a field, nor a cause again as an edit. Where one side cannot be
    emitted whole, all that the documents say beside their specifications is compared, too. Bindings of
    definitions are called as in the pipeline `names`.
    """
    before, whole_before = _definition_of(found.before)
    after, whole_after = _definition_of(found.after)
    emitted = whole_before and whole_after
    fields: tuple[FieldChange, ...] = ()
    if before is not None and after is not None:
        told = frozenset(_places(found, names))
        changes = find_field_changes(with_step_names(before, found.renamed), after)
        fields = tuple(item for item in changes if not _is_told(item, told))
    words = frozenset(map(str, fields))
    edits = [*_uncited(found), *_own_edits(found, emitted=emitted)]
    return replace(found, fields=fields, edits=tuple(it for it in edits if it not in words), emitted=emitted)


def _definition_of(state: PipelineState) -> tuple[Mapping[str, Any] | None, bool]:
    """Return the definition that a state is, or is emitted as, and whether that is whole."""
    if state.definition is not None or state.wiring is None:
        return state.definition, state.definition is not None
    definition, problems = draft(state.wiring)
    return definition, not problems


def _places(found: Difference, names: PipelineSpec | None) -> Iterator[tuple[str, str]]:
    """Yield the step and the place of every binding that differs in more than its evidence."""
    for item in found.bindings:
        if item.kind == "evidence":
            continue
        port = Port.parse(item.dependency)
        yield port
        for pipeline in (found.before.pipeline, found.after.pipeline, names):
            dependency = pipeline.dependency(port) if pipeline else None
            if dependency and dependency.slot:
                yield port.step, dependency.slot


def _is_told(change: FieldChange, told: frozenset[tuple[str, str]]) -> bool:
    place = change.place.removeprefix("Arguments.")
    return any(
        step == change.subject.name and place.startswith(slot)
        for step, slot in told
        if change.subject.role == "step" and change.place
    )


def _uncited(found: Difference) -> Iterator[str]:
    """Yield the changes that are no cause of anything that is told."""
    cited = {cause for item in found.bindings for cause in item.causes} | set(found.unresolved_causes)
    cited |= {cause for item in (*found.ambiguous, *found.alternatives) for cause in item.causes}
    texts = {cause.removesuffix(", with other changes") for cause in cited}
    yield from (text for text in found.changes if text not in {*texts, *say_renaming(found.renamed)})


def _own_edits(found: Difference, *, emitted: bool) -> Iterator[str]:
    before, after = found.before, found.after
    if before.pipeline is not None and after.pipeline is not None:
        for change in _document_changes(before.pipeline, after.pipeline):
            if not emitted or change.place.partition(".")[0] in _NOT_EMITTED:
                yield str(change)
        return
    lock, pipeline = before.lock or after.lock, before.pipeline or after.pipeline
    if lock and pipeline and not found.renamed and lock.document.sha256 != document_digest(pipeline):
        yield "the document says something else, beside its specifications, than when it was locked"


def _document_changes(before: PipelineSpec, after: PipelineSpec) -> Iterator[FieldChange]:
    """Yield what two documents say differently, of that which says nothing of what feeds what."""
    left, right = (canonical_pipeline(pipeline) for pipeline in (before, after))
    shared = sorted(left["steps"].keys() & right["steps"].keys())
    pairs = [(FieldSubject("document"), left, right)]
    pairs += [(FieldSubject("step", name), left["steps"][name], right["steps"][name]) for name in shared]
    for subject, one, other in pairs:
        yield from differences_of(subject, _irrelevant(one), _irrelevant(other))


def _irrelevant(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in data.items() if key in IRRELEVANT}
