"""The single changes that lead from one pipeline to another, each of which can be made alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..specs import PipelineSpec
from ..specs.edits.mentions import sets_of
from ..specs.load import read_pipeline
from ..specs.text.source import SourceText
from .digest import canonical_pipeline, compact

ABSENT = object()
"""Stands for what is not there."""

_PORTS = ("dependencies", "outputs")
_ROLES = {"dependencies": "dependency", "outputs": "output"}
_LISTS = tuple(key for key in sets_of(PipelineSpec) if key != "edges")
IRRELEVANT = frozenset(("arguments", "code", "description", "env", "function", "name", "request"))
"""Keys that say nothing of what feeds what."""

DocumentPath = tuple[str, ...]


@dataclass(frozen=True)
class DocumentChange:
    """One change of a pipeline: at `way`, `before` became `after`, either of which may be ABSENT.

    With `renamed`, what stood under the last name of `way` stands under that name now. With `item`, the
    value was put into, or taken out of, the list at `way`.
    """

    way: DocumentPath
    before: Any = ABSENT
    after: Any = ABSENT
    renamed: str | None = None
    item: bool = False

    @property
    def undone(self) -> DocumentChange:
        """The change in the other direction."""
        if self.renamed is not None:
            return replace(self, way=(*self.way[:-1], self.renamed), renamed=self.way[-1])
        return replace(self, before=self.after, after=self.before)

    def is_whole_step(self, step: str) -> bool:
        """Tell whether it is that a step came, or went."""
        return self.way == ("steps", step) and ABSENT in (self.before, self.after)

    def __str__(self) -> str:
        subject, key = _subject(self.way)
        if self.item:
            verb = "has" if self.before is ABSENT else "no longer has"
            value = self.after if self.before is ABSENT else self.before
            return f"'{'.'.join(self.way)}' {verb} {compact(value)}"
        if self.renamed is not None:
            return f"{subject} is now called '{self.renamed}'"
        return say_change(subject, key, self.before, self.after)


def say_change(subject: str, key: str, before: Any, after: Any) -> str:
    """Say how a key of a subject, or without one the subject itself, changed; either side may be ABSENT."""
    if not key and ABSENT in (before, after):
        return f"{subject} is {'new' if before is ABSENT else 'gone'}"
    told = f"{subject}: {key}" if key else subject
    if before is ABSENT:
        return f"{told} is now {compact(after)}"
    if after is ABSENT:
        return f"{told} {compact(before)} is gone"
    return f"{told} {compact(before)} is now {compact(after)}"


def _subject(way: DocumentPath) -> tuple[str, str]:
    """Name what a change is about, and the key of it that changed; no key where all of it did."""
    match way:
        case ("steps", step, "dependencies" | "outputs" as ports, port):
            return f"step '{step}': {_ROLES[ports]} '{port}'", ""
        case ("steps", step, "dependencies" | "outputs" as ports, port, key):
            return f"step '{step}': {_ROLES[ports]} '{port}'", key
        case ("steps", step):
            return f"step '{step}'", ""
        case ("steps", step, key):
            return f"step '{step}'", key
        case (("inputs" | "types" | "pins" | "branches") as section, name):
            return f"{section.removesuffix('es' if section == 'branches' else 's')} '{name}'", ""
        case (section, name, key):
            return f"{section.removesuffix('s')} '{name}'", key
        case _:
            return "the document", ".".join(way)


def find_changes(before: PipelineSpec, after: PipelineSpec) -> tuple[DocumentChange, ...]:
    """List the single changes between two pipelines that may bear on the wiring, in canonical order."""
    return tuple(_of_documents(canonical_pipeline(before), canonical_pipeline(after)))


def _of_documents(left: Mapping[str, Any], right: Mapping[str, Any]) -> Iterator[DocumentChange]:
    for section in ("types", "inputs"):
        yield from _of_mappings((section,), left.get(section, {}), right.get(section, {}), fields=True)
    steps = left.get("steps", {}), right.get("steps", {})
    for step in sorted({*steps[0], *steps[1]}):
        yield from _of_steps(("steps", step), steps[0].get(step, ABSENT), steps[1].get(step, ABSENT))
    for section in ("branches", "pins", "policy"):
        yield from _of_mappings((section,), left.get(section, {}), right.get(section, {}), fields=False)
    yield from _of_mappings(("ranking",), left.get("ranking", {}), right.get("ranking", {}), fields=True)
    for section in _LISTS:
        yield from _of_lists((section,), left.get(section, []), right.get(section, []))
    edges = left.get("edges", ABSENT), right.get("edges", ABSENT)
    if ABSENT in edges:
        if edges != (ABSENT, ABSENT):
            yield DocumentChange(("edges",), *edges)
    else:
        yield from _of_lists(("edges",), *edges)


def _of_steps(way: DocumentPath, left: Any, right: Any) -> Iterator[DocumentChange]:
    if left is ABSENT or right is ABSENT:
        yield DocumentChange(way, left, right)
        return
    for ports in _PORTS:
        yield from _of_mappings((*way, ports), left.get(ports, {}), right.get(ports, {}), fields=True)
    yield from _of_fields(way, left, right, without=frozenset(_PORTS))


def _of_mappings(
    way: DocumentPath, left: Mapping[str, Any], right: Mapping[str, Any], *, fields: bool
) -> Iterator[DocumentChange]:
    gone = [name for name in sorted(left) if name not in right]
    for name in sorted(name for name in right if name not in left):
        old = next((item for item in gone if fields and left[item] == right[name]), None)
        if old is None:
            yield DocumentChange((*way, name), ABSENT, right[name])
        else:
            gone.remove(old)
            yield DocumentChange((*way, old), renamed=name)
    yield from (DocumentChange((*way, name), left[name], ABSENT) for name in gone)
    for name in sorted(name for name in left if name in right and left[name] != right[name]):
        if fields and isinstance(left[name], Mapping) and isinstance(right[name], Mapping):
            yield from _of_fields((*way, name), left[name], right[name])
        else:
            yield DocumentChange((*way, name), left[name], right[name])


def _of_fields(
    way: DocumentPath,
    left: Mapping[str, Any],
    right: Mapping[str, Any],
    *,
    without: frozenset[str] = frozenset(),
) -> Iterator[DocumentChange]:
    for key in sorted({*left, *right} - without - IRRELEVANT):
        before, after = left.get(key, ABSENT), right.get(key, ABSENT)
        if before != after:
            yield DocumentChange((*way, key), before, after)


def _of_lists(way: DocumentPath, left: list[Any], right: list[Any]) -> Iterator[DocumentChange]:
    yield from (DocumentChange(way, item, ABSENT, item=True) for item in left if item not in right)
    yield from (DocumentChange(way, ABSENT, item, item=True) for item in right if item not in left)


def with_change(pipeline: PipelineSpec, change: DocumentChange) -> PipelineSpec:
    """Return the pipeline with one change made; raises DocumentError when that leaves it unsound."""
    data = _edited(canonical_pipeline(pipeline), change.way, change)
    return read_pipeline(SourceText(data, pipeline.places), pipeline.folder, allow=pipeline.allow)


def _edited(data: Any, way: DocumentPath, change: DocumentChange) -> Any:
    """Copy the data along `way` with the change made at its end."""
    first, *rest = way
    if rest:
        return {**data, first: _edited(data.get(first, {}), tuple(rest), change)}
    if change.renamed is not None:
        return {(change.renamed if key == first else key): item for key, item in data.items()}
    if change.item:
        kept = [item for item in data.get(first, []) if item != change.before]
        return {**data, first: kept if change.after is ABSENT else [*kept, change.after]}
    if change.after is ABSENT:
        return {key: item for key, item in data.items() if key != first}
    return {**data, first: change.after}
