"""Orders that steps need and no reference says: paths in S3 that they share, and sides of conditions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Location, Problem
from ..specs.expressions import is_expression, iter_gets
from ..specs.kinds.catalogue import find_kind
from .steps import COMPLETED, DefinedStep, Definition, needs

_Side = tuple[str, str]


def check_order(definition: Definition) -> Iterator[Problem]:
    """Find steps that need both sides of a condition (SW206), and paths in S3 that hide an order (SW427)."""
    yield from check_sides(definition)
    yield from _check_paths(definition, _Before({step.name: step for step in definition.steps}))


class _Before:
    """What comes before each step: the steps that it needs, and those that they need."""

    def __init__(self, steps: Mapping[str, DefinedStep]) -> None:
        self.steps = steps
        self._needs = {name: needs(step) & steps.keys() for name, step in steps.items()}

    def all(self, name: str, *, but: frozenset[str] = frozenset()) -> set[str]:
        """Return all that must come before a step, itself included; `but` are steps that it does not need."""
        found, left = {name}, [*(self._needs[name] - but)]
        while left:
            item = left.pop()
            if item not in found:
                found.add(item)
                left += self._needs[item]
        return found


def check_sides(definition: Definition) -> Iterator[Problem]:
    """Find steps that need both sides of a condition, and so never run (SW206)."""
    before = _Before({step.name: step for step in definition.steps})
    homes = {step.name: (step.parent, step.side) for step in definition.steps}
    told: set[str] = set()
    for step in definition.steps:
        # A step that waits for any end of another runs, whichever side it is on.
        waits = zip(step.depends_on, step.triggers, strict=True)
        loose = frozenset(name for name, trigger in waits if trigger != COMPLETED)
        needed = before.all(step.name, but=loose)
        sides: dict[str, dict[str, str]] = {}
        for name in sorted(needed):
            parent, side = homes.get(name, ("", ""))
            if parent and side:
                sides.setdefault(parent, {}).setdefault(side, name)
        for condition, found in sorted(sides.items()):
            if len(found) > 1 and not told & needed:
                told.add(step.name)
                others = [f"'{name}'" for name in found.values() if name != step.name]
                where = "both sides" if len(others) > 1 else "the other side"
                message = f"needs {' and '.join(others)} on {where} of condition '{condition}'"
                hint = "let it need one side only"
                yield step.problem(Code.BOTH_SIDES, (), f"{message}, and so never runs", hint)


@dataclass(frozen=True)
class _Use:
    step: DefinedStep
    location: Location
    path: str
    is_literal: bool
    is_above: bool = False
    """Whether what is written lies in a folder of a name that nobody knows before, below this path."""


def _check_paths(definition: Definition, before: _Before) -> Iterator[Problem]:
    writers = [use for step in definition.steps for use in _uses(step, find_kind(step.kind).writes)]
    jobs = [use for step in definition.steps for use in _uses(step, find_kind(step.kind).writes_below)]
    above = [replace(use, is_above=True) for use in jobs]
    readers = [use for step in definition.steps for use in _uses(step, find_kind(step.kind).reads)]
    for reader in readers:
        for writer in (*writers, *above):
            if writer.step.name == reader.step.name or not _meets(reader, writer):
                continue
            if writer.step.name not in before.all(reader.step.name) and not _apart(
                reader.step, writer.step, before
            ):
                what = "also reads what begins so, and" if _only_begins(reader, writer) else "reads what"
                message = f"{what} step '{writer.step.name}' writes, and does not wait for it"
                hint = _order_hint(writer.step.name, reader.step.name, _only_begins(reader, writer))
                yield reader.step.problem(Code.HIDDEN_ORDER, reader.location, message, hint)
    for index, first in enumerate(writers):
        for second in writers[index + 1 :]:
            if first.path == second.path and first.step.name != second.step.name:
                ordered = first.step.name in before.all(second.step.name) or second.step.name in before.all(
                    first.step.name
                )
                if not ordered and not _apart(first.step, second.step, before):
                    message = f"step '{first.step.name}' writes to the same place, in no order"
                    hint = "give each a place of its own, or order them"
                    yield second.step.problem(Code.HIDDEN_ORDER, second.location, message, hint)


def _order_hint(writer: str, reader: str, begins: bool) -> str:
    if begins:
        return "end the path in '/'"
    return f'write order: [[{writer}, {reader}]] in a document, DependsOn: ["{writer}"] in a definition'


def _uses(step: DefinedStep, places: tuple[str, ...]) -> Iterator[_Use]:
    for place in places:
        for location, value in _values(step.arguments, tuple(place.split(".")), ("Arguments",)):
            if isinstance(value, str) and "://" in value:
                yield _Use(step, location, value, is_literal=True)
            elif is_expression(value) and not _names_step(value):
                yield _Use(step, location, json.dumps(value, sort_keys=True), is_literal=False)


def _names_step(value: Any) -> bool:
    return any(str(text).startswith("Steps.") for _, text in iter_gets(value))


def _values(value: Any, way: tuple[str, ...], location: Location) -> Iterator[tuple[Location, Any]]:
    if isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _values(item, way, (*location, index))
    elif not way:
        yield location, value
    elif isinstance(value, Mapping) and way[0] in value:
        yield from _values(value[way[0]], way[1:], (*location, way[0]))


def _meets(reader: _Use, writer: _Use) -> bool:
    """Tell whether what one step writes is among what another reads: a prefix matches all that begins so."""
    if not (reader.is_literal and writer.is_literal):
        return reader.path == writer.path
    written = f"{writer.path.rstrip('/')}/"
    return written.startswith(reader.path) or (not writer.is_above and reader.path.startswith(written))


def _only_begins(reader: _Use, writer: _Use) -> bool:
    """Tell whether a path is read by accident: `…/test` also reads `…/test_small`."""
    return (
        reader.is_literal
        and not f"{writer.path.rstrip('/')}/".startswith(f"{reader.path.rstrip('/')}/")
        and (writer.path.startswith(reader.path))
    )


def _apart(one: DefinedStep, other: DefinedStep, before: _Before) -> bool:
    """Tell whether two steps stand on different sides of a condition, and so never run both."""
    return any(
        condition == their and side != theirs
        for condition, side in _sides(one, before)
        for their, theirs in _sides(other, before)
    )


def _sides(step: DefinedStep, before: _Before) -> Iterator[_Side]:
    while step.parent and step.side:
        yield step.parent, step.side
        step = before.steps[step.parent]
