"""Follows the steps of definitions that have another name in another one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..definitions.steps import DefinedStep, read_definition
from ..specs.expressions import parse_get
from .digest import compact
from .pairing import pair_alike

MIN_SHARED_FIELDS = 0.5
"""A step that is gone and a new one of its kind are the same when they share so many of their fields."""


@dataclass(frozen=True)
class StepMove:
    """A step that is called otherwise; it shares `shared` of the `fields` that the two have together."""

    before: str
    after: str
    shared: int
    fields: int

    @property
    def evidence(self) -> str:
        """Say why the two are taken for one step."""
        return f"{self.shared} of {self.fields} fields are the same"


def find_moves(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[StepMove, ...]:
    """Pair each step that is gone with the new one that is most like it, if there is one that is enough so.

    What other steps say as well, such as the role, tells nothing. Raises DefinitionError for a malformed
    definition.
    """
    left, right = (
        {step.name: _Known.of(step) for step in read_definition(item).sound().steps}
        for item in (before, after)
    )
    kept = [steps[name].leaves for steps in (left, right) for name in left.keys() & right.keys()]
    gone = {name: left[name].without(kept) for name in left.keys() - right.keys()}
    new = {name: right[name].without(kept) for name in right.keys() - left.keys()}
    moves = {
        (old, name): _move(old, name, one, other)
        for old, one in gone.items()
        for name, other in new.items()
        if one.kind == other.kind
    }
    likeness = {ends: move.shared / move.fields for ends, move in moves.items()}
    return tuple(moves[ends] for ends in pair_alike(likeness, least=MIN_SHARED_FIELDS).items())


@dataclass(frozen=True)
class _Known:
    """A step's kind, what it says place by place, and what of that no other step says."""

    kind: str
    leaves: frozenset[tuple[str, str]]
    own: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, step: DefinedStep) -> _Known:
        """Take down what a step says, with its own name made the same as any other's."""
        name = re.compile(rf"(?<![A-Za-z0-9]){re.escape(step.name)}(?![A-Za-z0-9])")
        body = {key: item for key, item in step.body.items() if key not in ("Name", "Type")}
        return cls(step.kind, frozenset((place, name.sub("*", text)) for place, text in _texts(body, "")))

    def without(self, others: Iterable[frozenset[tuple[str, str]]]) -> _Known:
        """Return the same with what no other step says."""
        return replace(self, own=self.leaves.difference(*others))


def _move(old: str, new: str, before: _Known, after: _Known) -> StepMove:
    one, other = (before.own, after.own) if before.own and after.own else (before.leaves, after.leaves)
    return StepMove(old, new, len(one & other), max(1, len(one | other)))


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping) and value:
        for key, item in value.items():
            yield from _texts(item, f"{place}.{key}")
    elif isinstance(value, list | tuple) and value:
        for index, item in enumerate(value):
            yield from _texts(item, f"{place}[{index}]")
    else:
        yield place, compact(value)


def with_step_names(definition: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return a definition with steps called otherwise, wherever it names or refers to them."""
    steps = [_renamed(step, names) for step in definition.get("Steps", ())]
    return {**definition, "Steps": steps}


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Rename in a step, or in a part of one: its name, those that it depends on, and its references."""
    match value:
        case {"Get": str() as text} if (get := parse_get(text)) and get.scope == "Steps":
            return {"Get": f"Steps.{names.get(get.name, get.name)}.{get.path}"}
        case {"Name": str() as name, "Type": str()}:
            inner = {key: _named(key, item, names) for key, item in value.items() if key != "Name"}
            return {"Name": names.get(name, name), **inner}
        case Mapping():
            return {key: _named(key, item, names) for key, item in value.items()}
        case list() | tuple():
            return [_renamed(item, names) for item in value]
    return value


def _named(key: str, item: Any, names: Mapping[str, str]) -> Any:
    if key == "DependsOn" and isinstance(item, list | tuple):
        return [names.get(one, one) if isinstance(one, str) else _renamed(one, names) for one in item]
    if key in ("Step", "StepName") and isinstance(item, str):
        return names.get(item, item)
    return _renamed(item, names)
