"""References to what a loop has made, understood as references to the steps that it runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..problems.codes import Code
from ..problems.counts import counted
from ..problems.suggestions import did_you_mean
from ..specs.expressions import Get, parse_get
from ..specs.kinds.for_each import COMPARED, FOR_EACH, ITERATIONS, SELECTED
from ..specs.paths import Index, Member, PathError, parse_path
from .steps import DefinedStep

ReferenceFault = tuple[Code, str, str]
"""What is wrong with one reference, and what would be right, where that is known."""


def understand_get(get: Get, steps: Mapping[str, DefinedStep]) -> Get | ReferenceFault:
    """Return the reference to a step of a loop's body that one to what the loop has made stands for.

    `Steps.LOOP.IterationOutputs[0].STEP.PROPERTY`, `Steps.LOOP.Selected.PROPERTY` of the step that the loop
    compares, `IterationOutput.STEP.PROPERTY` (source: the SDK's ForEachStep). Others are returned as they
    are; where the reference stands for none, what is wrong with it.
    """
    if get.scope == COMPARED:
        step, _, path = get.name.partition(".")
        return Get("Steps", step, path) if path else _malformed(get, f"{COMPARED}.STEP.PROPERTY")
    loop = steps.get(get.name) if get.scope == "Steps" else None
    if loop is None or loop.kind != FOR_EACH.name:
        return get
    first, _, rest = get.path.partition(".")
    if first.partition("[")[0] == ITERATIONS:
        return _iteration(get, loop, steps)
    return _selected(get, loop, rest) if first == SELECTED else get


def _iteration(get: Get, loop: DefinedStep, steps: Mapping[str, DefinedStep]) -> Get | ReferenceFault:
    try:
        _, *tokens = parse_path(get.path)
    except PathError:
        return get  # told as every path that cannot be read
    match tokens:
        case [Index(number), Member(name), _, *_]:
            items: Any = loop.arguments.get("IterableItems")
            if isinstance(items, list | tuple) and number >= len(items):
                there = counted(len(items), "item")
                message = f"step '{get.name}' goes through {there}, and so has none at [{number}]"
                return Code.UNKNOWN_OUTPUT, message, "the first is at [0]"
            if name in steps and steps[name].parent != get.name:
                body = [step.name for step in steps.values() if step.parent == get.name]
                message = f"step '{get.name}' does not run the step '{name}'"
                return Code.UNKNOWN_STEP, message, did_you_mean(name, body)
            return Get("Steps", name, get.path.partition(f"].{name}")[2].removeprefix("."))
    return _malformed(get, f"Steps.{get.name}.{ITERATIONS}[0].STEP.PROPERTY")


def _selected(get: Get, loop: DefinedStep, path: str) -> Get | ReferenceFault:
    selector: Any = loop.arguments.get("Selector")
    if selector is None:
        message = f"step '{loop.name}' selects no iteration"
        return Code.UNKNOWN_OUTPUT, message, "give its Arguments a Selector with Pick and Field"
    match selector:
        case {"Field": {"Get": str(text)}}:
            compared = parse_get(text)
            if compared and compared.scope == COMPARED and path:
                return Get("Steps", compared.name.partition(".")[0], path)
    return get


def _malformed(get: Get, form: str) -> ReferenceFault:
    text = ".".join(part for part in (get.scope, get.name, get.path) if part)
    return Code.MALFORMED_REFERENCE, f"'{text}' names no property of a step in a loop", f"write {form}"
