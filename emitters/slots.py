"""Puts a value at its slot in a request."""

from __future__ import annotations

from typing import Any

from ..specs.paths import Index, Key, Member, Selector, Token, parse_slot

FLAG = "Flag"
"""`Arguments[Flag=--name]`: append `--name` and the value to a list of program arguments."""


class SlotTakenError(ValueError):
    """A slot that holds another value already; its text is what stands there."""


def place(request: dict[str, Any], slot: str, value: Any) -> None:
    """Put a value at a slot of a request, making the structures and list items on the way.

    Raises SlotTakenError when something else stands there.
    """
    *way, last = parse_slot(slot)
    if isinstance(last, Selector) and last.field == FLAG:
        arguments = _descend(request, way, [])
        arguments += [last.value, value]
        return
    container = _descend(request, way, [] if isinstance(last, Index) else {})
    _put(container, last, value)


def _descend(request: Any, way: list[Token], default: Any) -> Any:
    current = request
    for token, following in zip(way, [*way[1:], None], strict=True):
        made = default if following is None else ([] if isinstance(following, Index | Selector) else {})
        current = _step_into(current, token, made)
    return current


def _step_into(container: Any, token: Token, made: Any) -> Any:
    match token:
        case Member(name) | Key(name):
            return container.setdefault(name, made)
        case Index(number):
            container.extend({} for _ in range(number + 1 - len(container)))
            return container[number]
        case Selector(field, value):
            found = next((item for item in container if item.get(field) == value), None)
            if found is None:
                found = {field: value}
                container.append(found)
            return found


def _put(container: Any, token: Token, value: Any) -> None:
    match token:
        case Member(name) | Key(name):
            if container.get(name, value) != value:
                raise SlotTakenError(container[name])
            container[name] = value
        case Index(number):
            container.extend(None for _ in range(number + 1 - len(container)))
            if container[number] not in (None, value):
                raise SlotTakenError(container[number])
            container[number] = value
        case Selector(field, name):
            raise ValueError(f"[{field}={name}] names an item, not a value")
