"""Puts a value at its slot in a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..problems.suggestions import shown
from ..specs.expressions import is_expression, iter_gets
from ..specs.paths import Index, Key, Member, PathError, Selector, Token, parse_slot

FLAG = "Flag"
"""`Arguments[Flag=--name]`: append `--name` and the value to a list of program arguments."""

MAX_INDEX = 999
"""No list of a SageMaker request is longer; a larger index would only fill memory."""


class SlotError(ValueError):
    """A slot that cannot take a value; its text says what stands in the way."""


def place(request: dict[str, Any], slot: str, value: Any, *, inside_expressions: bool = False) -> None:
    """Put a value at a slot of a request, making the structures and list items on the way.

    The way may lead through an expression (a Join) only with `inside_expressions`.

    Raises SlotError when something else stands there, or on the way.
    """
    try:
        *way, last = parse_slot(slot)
    except PathError as error:
        raise SlotError(f"it is no slot: {error}") from None
    check = _check_form if inside_expressions else _check_container
    if isinstance(last, Selector) and last.field == FLAG:
        arguments = _descend(request, way, [], check)
        check(arguments, last)
        arguments += [last.value, value]
        return
    if isinstance(last, Selector):
        raise SlotError(f"[{last.field}={last.value}] names an item, not a value")
    container = _descend(request, way, [] if isinstance(last, Index) else {}, check)
    check(container, last)
    _put(container, last, value)


def _descend(request: Any, way: list[Token], default: Any, check: Callable[[Any, Token], None]) -> Any:
    forms: list[Any] = [[] if isinstance(token, Index | Selector) else {} for token in way[1:]]
    current = request
    for token, made in zip(way, [*forms, default], strict=False):  # an empty way leads nowhere
        check(current, token)
        current = _step_into(current, token, made)
    return current


def _check_container(container: Any, token: Token) -> None:
    """Refuse a value of the wrong form, or an expression, as a user's own request may hold one."""
    if is_expression(container):
        raise SlotError(
            f"{_form(token)} is expected on the way to it, found the expression {_named(container)}"
        )
    _check_form(container, token)


def _check_form(container: Any, token: Token) -> None:
    if not isinstance(container, list if isinstance(token, Index | Selector) else dict):
        raise SlotError(f"{_form(token)} is expected on the way to it, found {shown(container)}")
    if isinstance(token, Index) and token.number > MAX_INDEX:
        raise SlotError(f"no list is so long: the last index is {MAX_INDEX}")


def _named(expression: dict[str, Any]) -> str:
    return ", ".join(map(str, expression))


def _form(token: Token) -> str:
    return "a list" if isinstance(token, Index | Selector) else "a mapping"


def _step_into(container: Any, token: Token, made: Any) -> Any:
    match token:
        case Member(name) | Key(name):
            return container.setdefault(name, made)
        case Index(number):
            container.extend({} for _ in range(number + 1 - len(container)))
            return container[number]
        case Selector(field, value):
            items = (item for item in container if isinstance(item, dict))
            found = next((item for item in items if item.get(field) == value), None)
            if found is None:
                found = {field: value}
                container.append(found)
            return found


def _put(container: Any, token: Token, value: Any) -> None:
    match token:
        case Member(name) | Key(name):
            if container.get(name, value) != value:
                raise SlotError(f"it holds {shown(container[name])}")
            container[name] = value
        case Index(number):
            container.extend(None for _ in range(number + 1 - len(container)))
            if container[number] not in (None, value):
                raise SlotError(f"it holds {shown(container[number])}")
            container[number] = value


def says_already(request: Any, slot: str, value: Any) -> bool:
    """Tell whether a reference that a user wrote stands at a slot, and names what the value does."""
    there = request
    try:
        tokens = parse_slot(slot)
    except PathError:
        return False
    for token in tokens:
        match token, there:
            case ((Member(name) | Key(name)), {**members}):
                there = members.get(name)
            case Index(number), [*items]:
                there = items[number] if number < len(items) else None
            case Selector(field, wanted), [*items]:
                found = (item for item in items if isinstance(item, dict) and item.get(field) == wanted)
                there = next(found, None)
            case _:
                return False
    wanted_gets = {text for _, text in iter_gets(value)}
    return is_expression(there) and bool(wanted_gets & {text for _, text in iter_gets(there)})
