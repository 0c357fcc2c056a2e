"""What ForEach steps run their bodies for, and what may stand in those."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Location, Problem
from ..problems.suggestions import did_you_mean, shown
from ..specs.expressions import is_expression, iter_gets, parse_get
from ..specs.kinds.catalogue import find_kind
from ..specs.kinds.for_each import COMPARED, CURRENT_ITEM, FOR_EACH, ITERATIONS, MAX_LITERAL_ITEMS, SELECTED
from ..specs.paths import Key, Member, PathError, parse_path
from .steps import DefinedStep, Definition


def check_loops(definition: Definition) -> Iterator[Problem]:
    """Find loops over what is no list of single values, without steps, or with steps that none may hold.

    Also references to the current item that have not its form, stand outside a loop, or ask an item that is
    written out for what it has not, and iterations compared elsewhere than where one is selected.
    """
    loops = {step.name: step for step in definition.steps if step.kind == FOR_EACH.name}
    full = {step.parent for step in definition.steps}
    for step in definition.steps:
        if step.parent in loops and not find_kind(step.kind).in_loops:
            message = f"a {step.kind} step cannot lie in a {FOR_EACH.name} step ('{step.parent}')"
            yield step.problem(Code.REQUEST_SHAPE, ("Type",), message, "put it before or after the loop")
    for name, loop in loops.items():
        if name not in full:
            (body,) = FOR_EACH.nested
            message = f"expected a list of steps in {body}, found none"
            hint = "name the steps that run for each item; a document does it under 'body'"
            yield loop.problem(Code.REQUEST_SHAPE, ("Arguments",), message, hint)
        yield from _check_items(loop)
    homes = {step.name: step.parent for step in definition.steps if step.parent in loops}
    for step in definition.steps:
        yield from _check_current_items(step, loops.get(step.parent or ""))
        yield from _check_reach(step, homes, loops)


def _check_current_items(step: DefinedStep, loop: DefinedStep | None) -> Iterator[Problem]:
    """Check the references of a step to the current item of the loop that it lies in, if it lies in one."""
    for location, text in iter_gets(step.body):
        scope, _, path = text.partition(".")
        if scope == COMPARED:
            yield from _check_compared(step, location, text)
        if scope != FOR_EACH.name or not path:
            continue  # without a path it is no reference at all, which is told of all such
        field = _field_of(path)
        if field is None:
            message = f"{shown(text)}, is no reference to the current item"
            hint = f"write {FOR_EACH.name}.{CURRENT_ITEM}, or {FOR_EACH.name}.{CURRENT_ITEM}.FIELD"
            yield step.problem(Code.MALFORMED_REFERENCE, location, message, hint)
        elif loop is None:
            message = f"{text} stands outside a {FOR_EACH.name} step"
            hint = "let a loop hold the step; a document does it under 'body'"
            yield step.problem(Code.MALFORMED_REFERENCE, location, message, hint)
        elif field:
            yield from _check_field(step, loop, text, field)


def _check_items(loop: DefinedStep) -> Iterator[Problem]:
    at = ("Arguments", "IterableItems")
    items: Any = loop.arguments.get(at[-1])
    if items is None or is_expression(items):
        return
    if not isinstance(items, list | tuple):
        message = f"expected a list, or a reference to one, found {shown(items)}"
        yield loop.problem(Code.REQUEST_SHAPE, at, message)
    elif not 1 <= len(items) <= MAX_LITERAL_ITEMS:
        message = f"expected 1 to {MAX_LITERAL_ITEMS} items, found {len(items)}"
        hint = "let a step write the list, and refer to it" if items else ""
        yield loop.problem(Code.REQUEST_VALUE, at, message, hint)
    else:
        for index, item in enumerate(items):
            if not isinstance(item, str | int | float) and not is_expression(item):
                message = f"expected a single value, found {shown(item)}"
                yield loop.problem(Code.REQUEST_SHAPE, (*at, index), message, _as_text(item))


def _as_text(item: Any) -> str:
    """Show a mapping as the text by which a loop takes it (source: the SDK's ForEachStep)."""
    return f"write it as JSON text: {json.dumps(json.dumps(item))}" if isinstance(item, dict) else ""


def _field_of(path: str) -> str | None:
    """Return the field of the current item that a path asks for, empty for the whole; None if for neither."""
    try:
        first, *rest = parse_path(path)
    except PathError:
        return None
    if first != Member(CURRENT_ITEM):
        return None
    match rest:
        case [Member(name), *_] | [Key(name), *_]:
            return name
        case _:
            return ""


def _check_reach(
    step: DefinedStep, homes: Mapping[str, str], loops: Mapping[str, DefinedStep]
) -> Iterator[Problem]:
    """Find references from outside a loop to the steps in it, each of which is several jobs."""
    for location, text in iter_gets(step.body):
        get = parse_get(text)
        home = homes.get(get.name) if get and get.scope == "Steps" else None
        if get and home not in (None, homes.get(step.name)):
            message = (
                f"step '{get.name}' runs for each item of '{home}', and stands for no one job outside it"
            )
            hint = f"write Steps.{home}.{ITERATIONS}[0].{get.name}.{get.path}"
            if "Selector" in loops[home].arguments:
                hint += f", or Steps.{home}.{SELECTED}.{get.path}"
            yield step.problem(Code.MALFORMED_REFERENCE, location, message, hint)


def _check_compared(step: DefinedStep, location: Location, text: str) -> Iterator[Problem]:
    if step.kind != FOR_EACH.name or location != ("Arguments", "Selector", "Field"):
        message = f"{text} stands outside the Selector of a {FOR_EACH.name} step"
        hint = f"write Steps.LOOP.{ITERATIONS}[0].{text.partition('.')[2]}"
        yield step.problem(Code.MALFORMED_REFERENCE, location, message, hint)


def _check_field(step: DefinedStep, loop: DefinedStep, text: str, field: str) -> Iterator[Problem]:
    """Find the items, of those written out as text, that have not a field."""
    items: Any = loop.arguments.get("IterableItems")
    for index, item in enumerate(items if isinstance(items, list | tuple) else ()):
        if not isinstance(item, str | int | float):
            continue  # a reference, or none that a loop takes
        fields = _fields(str(item))
        if field not in fields:
            message = f"step '{step.name}' asks for {text}, and this item has no '{field}'"
            hint = did_you_mean(field, fields) or f'write items as JSON text, {{"{field}": ...}}'
            yield loop.problem(Code.REQUEST_VALUE, ("Arguments", "IterableItems", index), message, hint)


def _fields(item: str) -> Collection[str]:
    """List the fields of an item that is JSON text; a number, and a text that is none, have no fields."""
    try:
        value = json.loads(item)
    except (ValueError, RecursionError):
        return ()
    return value if isinstance(value, dict) else ()
