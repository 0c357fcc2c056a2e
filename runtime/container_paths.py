"""Paths that begin with `/opt/ml`, told as a program finds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# As a whole path, or the beginning of one, at the start of a text or of a word in it.
_CONTAINER_PATH = re.compile(r"""(?:(?<=file://)|(?<![^\s"'=:,;(\[{]))/opt/ml(?=/|$|[\s"':,;)\]}&|])""")


def relocate(text: str, ml: str) -> str:
    """Let a text speak of the folder `ml` where it speaks of `/opt/ml` (not of `/opt/mlx`)."""
    return _CONTAINER_PATH.sub(lambda _: ml, text)


def relocate_all(value: Any, ml: str) -> Any:
    """Relocate every text in a JSON value."""
    if isinstance(value, str):
        return relocate(value, ml)
    if isinstance(value, Mapping):
        return {key: relocate_all(item, ml) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [relocate_all(item, ml) for item in value]
    return value
