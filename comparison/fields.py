"""The single differences between two definitions, field by field; an order that means nothing is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..definitions.steps import DefinedStep, read_definition
from ..specs.expressions import is_expression
from .changes import ABSENT, say_change
from .digest import compact

ITEM_KEYS = ("ChannelName", "InputName", "OutputName", "PropertyFileName", "Name", "Key", "MetricName")
"""Members by which an item of a list is known; the order of such items says nothing."""


class FieldSubject(NamedTuple):
    """What a field belongs to: a `step` or `parameter` by its name, or the `pipeline` itself."""

    role: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.role} '{self.name}'" if self.name else f"the {self.role}"


@dataclass(frozen=True)
class FieldChange:
    """A field that differs, at `place` within its subject; ABSENT stands for what is not there.

    An empty place is the subject as a whole: it came, or went.
    """

    subject: FieldSubject
    place: str
    before: Any
    after: Any

    @property
    def kind(self) -> str:
        """Name the way in which it differs."""
        if self.before is ABSENT:
            return "added"
        return "removed" if self.after is ABSENT else "changed"

    def __str__(self) -> str:
        return say_change(str(self.subject), self.place, self.before, self.after)


def find_field_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    """List every field in which two definitions differ in meaning, in canonical order.

    Neither the order of keys, nor that of steps, parameters and items with names, makes a difference.
    Raises DefinitionError for a malformed definition.
    """
    left, right = _meaning_of(before), _meaning_of(after)
    return tuple(
        change
        for subject in sorted({*left, *right})
        for change in differences_of(subject, left.get(subject, ABSENT), right.get(subject, ABSENT))
    )


def differences_of(subject: FieldSubject, before: Any, after: Any) -> Iterator[FieldChange]:
    """Yield every field in which two values of a subject differ."""
    return (FieldChange(subject, *found) for found in _differences(before, after, ""))


def _meaning_of(definition: Mapping[str, Any]) -> dict[FieldSubject, Any]:
    """Take a definition apart into its steps, its parameters and the rest; DefinitionError as above."""
    steps = [(step.name, _meaning_of_step(step)) for step in read_definition(definition).sound().steps]
    declared = definition.get("Parameters") or ()
    parameters = [(str(item.get("Name")), item) for item in declared if isinstance(item, Mapping)]
    rest = {key: item for key, item in definition.items() if key not in ("Parameters", "Steps") and item}
    return {
        **{FieldSubject("step", name): item for name, item in _told_apart(steps)},
        **{FieldSubject("parameter", name): item for name, item in _told_apart(parameters)},
        FieldSubject("pipeline"): rest,
    }


def _told_apart(items: list[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Number the names that are given again, which no sound definition has."""
    seen: Counter[str] = Counter()
    for name, item in items:
        seen[name] += 1
        yield (f"{name} ({seen[name]})" if seen[name] > 1 else name), item


def _meaning_of_step(step: DefinedStep) -> dict[str, Any]:
    """See a step with the place where it stands, and without what has the same meaning when left out."""
    body = {key: item for key, item in step.body.items() if item not in ([], {}, None)}
    body["Arguments"] = step.arguments
    if "DependsOn" in body:
        body["DependsOn"] = sorted(body["DependsOn"], key=compact)
    if step.parent:
        body["within"] = f"{step.side} of '{step.parent}'"
    return {key: item for key, item in body.items() if key != "Name"}


def _differences(before: Any, after: Any, place: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(before, Mapping) and isinstance(after, Mapping) and not _is_get(before, after):
        for key in sorted({*before, *after}):
            inner = f"{place}.{key}" if place else str(key)
            yield from _differences(before.get(key, ABSENT), after.get(key, ABSENT), inner)
    elif isinstance(before, list | tuple) and isinstance(after, list | tuple):
        yield from _of_lists(before, after, place)
    elif not _is_same(before, after):
        yield place, before, after


def _of_lists(before: Any, after: Any, place: str) -> Iterator[tuple[str, Any, Any]]:
    key = next((name for name in ITEM_KEYS if _is_key(name, before) and _is_key(name, after)), None)
    if key is not None and (before or after):
        left, right = ({item[key]: item for item in items} for items in (before, after))
        for name in sorted({*left, *right}):
            yield from _differences(left.get(name, ABSENT), right.get(name, ABSENT), f"{place}[{key}={name}]")
    elif len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from _differences(old, new, f"{place}[{index}]")
    else:
        yield place, before, after


def _is_key(name: str, items: Any) -> bool:
    """Tell whether a member tells the items of a list apart."""
    names = [item.get(name) for item in items if isinstance(item, Mapping)]
    return len(names) == len(items) == len({name for name in names if isinstance(name, str)})


def _is_get(*values: Mapping[str, Any]) -> bool:
    """Tell whether one of the values is an expression of another sort than the others."""
    kinds = {next(iter(value)) if is_expression(value) else "" for value in values}
    return kinds == {"Get"} or len(kinds) > 1


def _is_same(left: Any, right: Any) -> bool:
    """Tell whether two JSON values are the same; 1, 1.0 and true are three."""
    if left is ABSENT or right is ABSENT:
        return left is right
    return compact(left) == compact(right)
