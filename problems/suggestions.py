"""What was probably meant, and how a value that was found is shown."""

from __future__ import annotations

import json
from collections.abc import Iterable

_FOUND = {
    type(None): "nothing",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text",
    list: "a list",
    tuple: "a list",
    dict: "a mapping",
}


def closest(name: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """Return the known name most like `name`, if any is like it (by `difflib`'s ratio, at least `cutoff`)."""
    import difflib  # only a mistake needs it

    by_folded = {item.casefold(): str(item) for item in sorted(known, reverse=True)}
    found = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=cutoff)
    return by_folded[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str], *, limit: int = 8) -> str:
    """Suggest the known name that was meant, or list what there is when that is short."""
    names = sorted(set(map(str, known)))
    near = closest(name, names)
    if near:
        return f"did you mean {near!r}?"
    if 0 < len(names) <= limit:
        return f"there is {', '.join(map(repr, names))}"
    return ""


def shown(value: object, *, limit: int = 60) -> str:
    """Show a found value in a message: what it is, and the value itself when it is short."""
    label = _FOUND.get(type(value), f"a {type(value).__name__}")
    if not isinstance(value, str | int | float):
        return label
    text = json.dumps(value, ensure_ascii=not str(value).isprintable(), default=str)
    return f"{label}, {text if len(text) <= limit else text[: limit - 1] + '…'}"
