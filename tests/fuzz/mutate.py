"""Damages texts: their bytes, and the values that they stand for."""

from __future__ import annotations

import copy
import random
from typing import Any

ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    10**30,
    1.5,
    float("nan"),
    "",
    " x ",
    "a.b",
    "../../etc/passwd",
    "\x1b[31m",
    "::error::x",
    "\ud800",
    "é\u202e",
    "x" * 300,
    [],
    {},
    [[]],
    {"Get": "Steps.gone.x"},
    {"Std:Join": {"On": "/", "Values": [{"Get": "Parameters.p"}, 1]}},
)
"""Values that stand where they are not expected."""

PIECES = (
    "\x00",
    "\ufeff",
    "\t",
    "&a ",
    "*a",
    "!!python/object ",
    "{",
    "}",
    "[",
    "]",
    ": ",
    "- ",
    "|\n",
    "#",
    "'",
    '"',
    "<<: ",
)


def damaged(text: str, rng: random.Random) -> str:
    """Damage a text a few times, at random places."""
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(text) + 1)
        match rng.randrange(4):
            case 0:
                text = text[:at] + rng.choice(PIECES) + text[at:]
            case 1:
                text = text[:at] + text[at + rng.randint(1, 30) :]
            case 2:
                lines = text.splitlines(keepends=True)
                rng.shuffle(lines)
                text = "".join(lines) if rng.random() < 0.2 else text
            case _:
                end = at + rng.randint(1, 60)
                text = text[:end] + text[at:end] + text[end:]
    return text


def varied(value: Any, rng: random.Random) -> Any:
    """Change a value somewhere: dropped, doubled, renamed, replaced by something odd or by another part."""
    data = copy.deepcopy(value)
    for _ in range(rng.randint(1, 3)):
        places = [place for place in _containers(data) if place]
        if not places:
            return data
        target = rng.choice(places)
        key = rng.choice(list(target) if isinstance(target, dict) else range(len(target)))
        match rng.randrange(4):
            case 0:
                del target[key]
            case 1:
                target[key] = copy.deepcopy(rng.choice(ODD))  # the next change may change it
            case 2:
                donor = rng.choice(places)
                part = rng.choice(list(donor.values()) if isinstance(donor, dict) else donor)
                target[key] = copy.deepcopy(part)
            case _ if isinstance(target, dict):
                target[rng.choice([f"{key}x", str(key)[:-1], "name", "type"])] = target.pop(key)
            case _:
                target.append(copy.deepcopy(target[key]))
    return data


def _containers(value: Any) -> list[Any]:
    found = [value] if isinstance(value, dict | list) else []
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return found + [place for item in inner for place in _containers(item)]
