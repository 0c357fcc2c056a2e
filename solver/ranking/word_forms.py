"""What one word is in another form: inflected, misspelt, or the number that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

_NO_PLURALS = frozenset(("lens", "news", "series"))
"""Words that end as plurals do."""

_ENDINGS = ("ation", "ment", "ing", "ion", "ed", "er", "or", "ate", "at", "e")
"""Endings that make verbs of nouns, and nouns of verbs."""

SHORTEST_STEM, SHORTEST_MISSPELT = 4, 6
"""What is left of a word has so many letters; a misspelt one has so many."""

_ORDINALS: Mapping[str, int] = {
    "best": 1,
    "first": 1,
    "top": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
}
_COUNTED = re.compile(r"(?<![0-9])([0-9]+)(?:st|nd|rd|th)(?![a-z])|top_?k *= *([0-9]+)", re.IGNORECASE)


def singular(word: str) -> str:
    """Take the ending of a plural off."""
    if len(word) <= 3 or not word.endswith("s") or word[-2] in "aius" or word in _NO_PLURALS:
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]


@cache
def word_stem(word: str) -> str:
    """Return what verbs and nouns of one family have in common: `simul` of simulate and simulation."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            left = word.removesuffix(ending)
            return word_stem(left[:-1] if left[-1] == left[-2] and left[-1] not in "aeiouls" else left)
    return word


def spelt_right(word: str, known: Iterable[str]) -> str:
    """Read a word as a known one that it differs from by a letter more, a letter less, or two exchanged.

    The first letter is right (a valuation is no evaluation), and the difference is no inflection (what was
    encoded is no encoder).
    """
    if len(word) < SHORTEST_MISSPELT:
        return word
    return next((right for right in known if right != word and _is_slip(word, right)), word)


def _is_slip(word: str, right: str) -> bool:
    if word[0] != right[0] or abs(len(word) - len(right)) > 1 or word_stem(word) == word_stem(right):
        return False
    if len(word) == len(right):
        off = [place for place, letter in enumerate(word) if letter != right[place]]
        return len(off) == 2 and word[off[0] : off[1] + 1] == right[off[1]] + right[off[0]]
    longer, shorter = (word, right) if len(word) > len(right) else (right, word)
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(1, len(longer)))


def rank_told(name: str, words: Iterable[str]) -> int | None:
    """Return the place in an order of merit that a name tells: 2 of `second`, `2nd` and `top_k=1`."""
    if counted := _COUNTED.search(name):
        return int(counted[1]) if counted[1] else int(counted[2]) + 1
    return next((_ORDINALS[word] for word in words if word in _ORDINALS), None)
