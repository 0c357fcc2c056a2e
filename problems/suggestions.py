"""What was probably meant, and how a value that was found is shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

MIN_PART = 3
"""A part of a name has so many letters at least; shorter ones are in too many names."""

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
    """Return the known name most like `name`, if any is like it (by `difflib`'s ratio, at least `cutoff`).

    Of names that are as much like it, one that has it whole is meant: `m5.large` is `ml.m5.large`.
    """
    import difflib  # only a mistake needs it

    folded, by_folded = name.casefold(), {item.casefold(): str(item) for item in sorted(known, reverse=True)}
    found = difflib.get_close_matches(folded, by_folded, n=max(len(by_folded), 1), cutoff=cutoff)
    if not found:
        return None
    best, *whole = found[0], *(item for item in found if folded in item)

    def likeness(item: str) -> float:
        return difflib.SequenceMatcher(None, item, folded).ratio()

    return by_folded[next((item for item in whole if likeness(item) >= likeness(best)), best)]


def did_you_mean(name: str, known: Iterable[str], *, limit: int = 8) -> str:
    """Suggest the known name that was meant, or list what there is when that is short."""
    names = sorted(set(map(str, known)))
    near = closest(name, names) or _longer(name, names)
    if near:
        return f"did you mean {near!r}?"
    if 0 < len(names) <= limit:
        return say_there(names)
    return ""


def say_there(names: Sequence[str]) -> str:
    """Say which names there are, or that there is nothing."""
    verb = "is" if len(names) < 2 else "are"
    return f"there {verb} {', '.join(map(repr, names)) or 'nothing'}"


def _longer(name: str, names: Iterable[str]) -> str | None:
    """Return the shortest name of which a name is a part: of `train-champion`, `train`."""
    whole = [item for item in names if len(name) >= MIN_PART and name.casefold() in item.casefold()]
    return min(whole, key=len, default=None)


def missing_key(what: str, name: str, known: Iterable[str]) -> KeyError:
    """Make the error of a name that is not there, which says what was meant."""
    hint = did_you_mean(name, known)
    return KeyError(f"no {what} is called {name!r}{f' ({hint})' if hint else ''}")


def shown(value: object, *, limit: int = 60) -> str:
    """Show a found value in a message: what it is, and the value itself when it is short."""
    label = _FOUND.get(type(value), f"a {type(value).__name__}")
    if not isinstance(value, str | int | float):
        return label
    text = json.dumps(value, ensure_ascii=not str(value).isprintable(), default=str)
    return f"{label}, {text if len(text) <= limit else text[: limit - 1] + '…'}"
