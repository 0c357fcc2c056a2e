"""What JSON values hold, however deep, and what fits a simple regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any


def example(pattern: str) -> str:
    """Make a text that a simple regular expression finds a number in."""
    text = re.sub(r"\((?!\?).*?\)(?!\))", "0.5", pattern, count=1) if "(" in pattern else "0.5"
    text = re.sub(r"\((\?:|\?P<\w+>)?", "", text).replace(")", "")
    text = re.sub(r"\\s[*+]?|\\t", " ", text)
    text = re.sub(
        r"\[\^?[^]]*\][*+?]?|\\[dw.][*+?]?(?=[^\w])",
        lambda found: found[0][1] if found[0].startswith("\\.") else "1",
        text,
    )
    return re.sub(r"\.[*+]\??|[\\^$]", "", text)


def members(value: Any, name: str) -> Iterator[Any]:
    """Yield the items of every list of a name."""
    for item in members_named(value, name):
        yield from item if isinstance(item, list) else ()


def members_named(value: Any, name: str) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key == name:
                yield item
            yield from members_named(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from members_named(item, name)


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)
