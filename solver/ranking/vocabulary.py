"""The words that names are made of, and the label by which a port is likened to others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property

from ...specs.facets import LATE_WORDS, NAMES, STATUS, TELLING

_CODE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![a-z])(?=[a-f]*[0-9])[0-9a-f]{8,}", re.I)
"""Identifiers that a machine made up; the letters in them are no words."""


_LAST_CAPITAL = re.compile(r"(?<=[A-Z])(?=[A-Z]$)")


_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


NOISE = frozenset(("a", "and", "for", "from", "of", "s", "the", "to")) | frozenset(
    (
        "channel",
        "data",
        "dataset",
        "file",
        "folder",
        "input",
        "location",
        "output",
        "path",
        "prefix",
        "uri",
        "url",
    )
)
"""Words that say nothing of one value that they would not say of any other."""


SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("validation", "val", "valid", "dev"),
    ("evaluation", "eval", "evaluate", "evaluator"),
    ("train", "training", "trained", "trainer"),
    ("test", "testing"),
    ("monitor", "monitoring"),
    ("postprocess", "postprocessing", "postprocessed"),
    ("model", "artifact"),
    ("process", "preprocess", "preprocessing", "preprocessed", "processed", "processing"),
    ("registration", "register", "registered"),
    ("configuration", "config", "cfg"),
    ("image", "img"),
    ("parameter", "param"),
    ("prediction", "pred", "predict"),
    ("explainability", "explain", "explanation"),
    ("statistic", "stat"),
)
"""Words that mean the same; the first stands for all."""


LONG, ALIKE = 8, 0.93


"""Words of so many letters may be misspelt; they are so much like the right one (`difflib`'s ratio)."""


_LONG_WORDS = sorted(
    {word for group in SYNONYMS for word in group if len(word) >= LONG}
    | {word for word in TELLING if len(word) >= LONG}
)


_KNOWN = TELLING | LATE_WORDS | STATUS | NAMES | NOISE | {words[0] for words in SYNONYMS}
"""Words that mean something beside being alike."""


@dataclass(frozen=True)
class Vocabulary:
    """Reads names; `taught` are further groups of words that mean the same."""

    taught: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def _canonical(self) -> Mapping[str, str]:
        known = {word: group[0] for group in SYNONYMS for word in group}
        for group in self.taught:
            words = [_singular(word.lower()) for word in group]
            meant = [known.get(word, word) for word in words]
            # What is known of a word would be lost if one that nothing is known of stood for it.
            target = next((word for word in meant if word in _KNOWN), meant[0])
            known |= {word: target for word, old in known.items() if old in meant}
            known |= dict.fromkeys((*words, *meant), target)
        return known

    @cached_property
    def spelt(self) -> Callable[[str], tuple[str, ...]]:
        """Cut a name at its case and punctuation into words and numbers, each in its canonical form."""
        canonical = self._canonical

        def cut(name: str) -> tuple[str, ...]:
            parts = [_singular(part.lower()) for part in _WORD.findall(_CODE.sub(" ", name))]
            right = (part if part in canonical else _spelt_right(part) for part in parts)
            return tuple(canonical.get(part, part) for part in right)

        return cache(cut)

    def spelt_out(self, name: str) -> tuple[str, ...]:
        """Do the same with a last capital by itself: what ends in AUCA and AUCB differs in one letter."""
        return self.spelt(_LAST_CAPITAL.sub(" ", name))

    @cached_property
    def words(self) -> Callable[[str], frozenset[str]]:
        """The words of a name that tell something."""
        return cache(
            lambda name: frozenset(
                word for word in self.spelt(name) if word not in NOISE and not word.isdigit()
            )
        )

    @cached_property
    def numbers(self) -> Callable[[str], frozenset[str]]:
        """The numbers in a name, but for 0, by which lists begin."""
        return cache(
            lambda name: frozenset(word for word in self.spelt(name) if word.isdigit() and int(word))
        )

    @cached_property
    def keywords(self) -> Callable[[tuple[str, ...]], frozenset[str]]:
        """The words of keywords that tell something."""
        return cache(lambda keywords: frozenset(word for keyword in keywords for word in self.words(keyword)))


@cache
def _spelt_right(word: str) -> str:
    """Read a long word that has a letter more or less than a telling one as that.

    The first letter is right: a valuation is no evaluation.
    """
    if len(word) < LONG or word in _LONG_WORDS:
        return word
    alike = get_close_matches(word, [known for known in _LONG_WORDS if known[0] == word[0]], 1, ALIKE)
    return alike[0] if alike else word


def _singular(word: str) -> str:
    if len(word) <= 3 or not word.endswith("s") or word[-2] in "aius" or word in _NO_PLURALS:
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]


_NO_PLURALS = frozenset(("lens", "news", "series"))
"""Words that end as plurals do."""
