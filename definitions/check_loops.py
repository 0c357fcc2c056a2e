"""What ForEach steps run their bodies for, and what may stand in those."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..problems.codes import Code
from ..problems.problem import Problem
from ..problems.suggestions import shown
from ..specs.expressions import is_expression
from ..specs.kinds.catalogue import find_kind
from ..specs.kinds.for_each import FOR_EACH, MAX_LITERAL_ITEMS
from .steps import DefinedStep, Definition


def check_loops(definition: Definition) -> Iterator[Problem]:
    """Find loops over what is no list of single values, without steps, or with steps that none may hold."""
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
                yield loop.problem(Code.REQUEST_SHAPE, (*at, index), message)
