"""Finds out which step that is new is one that is gone, under another name."""

from __future__ import annotations

from collections.abc import Mapping


def pair_alike(likeness: Mapping[tuple[str, str], float], *, least: float) -> dict[str, str]:
    """Pair names before with names after, the most alike first and each once; sorted by the names before.

    `likeness` is from 0 to 1, and below `least` nothing is paired. Of pairs that are as much alike, the first
    by their names counts.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for old, new in sorted(likeness, key=lambda pair: (-likeness[pair], pair)):
        if likeness[old, new] >= least and old not in found and new not in taken:
            found[old] = new
            taken.add(new)
    return dict(sorted(found.items()))
