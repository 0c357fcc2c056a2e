"""The words that names are made of, and the label by which a port is likened to others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain, pairwise

from ...specs.facets import BY_PRODUCTS, LATE_WORDS, NAMES, PLACES, STATUS, TELLING
from .word_forms import SHORTEST_MISSPELT, SHORTEST_STEM, rank_told, singular, spelt_right, word_stem

_CODE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![a-z])(?=[a-f]*[0-9])[0-9a-f]{8,}", re.I)
"""Identifiers that a machine made up; the letters in them are no words."""


_LAST_CAPITAL = re.compile(r"(?<=[A-Z])(?=[A-Z]$)")


_CAPITALS = re.compile(r"[A-Z]{2,}(?![a-z])")


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
    ("deploy", "deployed", "deployer", "deployment"),
)
"""Words that mean the same; the first stands for all."""


_RIGHT = sorted(
    {word for group in SYNONYMS for word in group if len(word) >= SHORTEST_MISSPELT}
    | {word for word in TELLING if len(word) >= SHORTEST_MISSPELT}
)
"""Words that others may be misspelt forms of."""

_TELLING = TELLING | LATE_WORDS | STATUS | NAMES | NOISE | PLACES | BY_PRODUCTS


_KNOWN = _TELLING | {words[0] for words in SYNONYMS}
"""Words that mean something beside being alike."""


SHORTEST_PART = 3
"""A word written together with another has so many letters."""


@dataclass(frozen=True)
class Vocabulary:
    """Reads names; `taught` are further groups of words that mean the same.

    `compounds` are words that some name spells as one and another as two: `newyork` and `NewYork`; `initials`
    are runs of capitals that are two words.
    """

    taught: tuple[tuple[str, ...], ...] = ()
    compounds: frozenset[str] = frozenset()
    initials: Mapping[str, tuple[str, str]] = field(default_factory=dict, hash=False)

    @classmethod
    def of(cls, names: Iterable[str], taught: tuple[tuple[str, ...], ...] = ()) -> Vocabulary:
        """Make what reads the names of one pipeline."""
        names = [*names]
        cut = [_cut(name) for name in names]
        single = {part for parts in cut for part in parts}
        compounds = (left + right for parts in cut for left, right in pairwise(parts))
        return cls(taught, frozenset(word for word in compounds if word in single), _initials(names))

    @cached_property
    def _canonical(self) -> Mapping[str, str]:
        known = {word: group[0] for group in SYNONYMS for word in group}
        for group in self.taught:
            words = [singular(word.lower()) for word in group]
            meant = [known.get(word, word) for word in words]
            # What is known of a word would be lost if one that nothing is known of stood for it.
            target = next((word for word in meant if word in _KNOWN), meant[0])
            known |= {word: target for word, old in known.items() if old in meant}
            known |= dict.fromkeys((*words, *meant), target)
        return known

    @cached_property
    def _families(self) -> Mapping[str, str]:
        """Map the stem of every word that has synonyms to the one that stands for them."""
        return {
            word_stem(word): target for word, target in self._canonical.items() if len(word) >= SHORTEST_STEM
        }

    @cached_property
    def _read(self) -> Callable[[str], str]:
        """The canonical form of a word."""
        canonical, families = self._canonical, self._families

        def read(word: str) -> str:
            if word in canonical or word in _TELLING or word.isdigit():
                return canonical.get(word, word)
            right = _spelt_right(word)
            if right != word:
                return canonical.get(right, right)
            family = families.get(word_stem(word), word_stem(word))
            return word if family in _TELLING and family not in canonical.values() else family

        return cache(read)

    @cached_property
    def spelt(self) -> Callable[[str], tuple[str, ...]]:
        """Cut a name at its case and punctuation into words and numbers, each in its canonical form."""
        read, parted = self._read, self._parted
        return cache(
            lambda name: tuple(
                read(word) for part in self._joined(_cut(name)) for word in parted(singular(part))
            )
        )

    @cached_property
    def _parted(self) -> Callable[[str], tuple[str, ...]]:
        """The two known words that one is made of: `traindata`; else the word itself."""
        known = _TELLING | self._canonical.keys()

        def parted(word: str) -> tuple[str, ...]:
            places = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1) if word not in known else ()
            halves = ((word[:place], word[place:]) for place in places)
            return next((pair for pair in halves if known.issuperset(pair)), (word,))

        return cache(parted)

    def _joined(self, parts: Sequence[str]) -> list[str]:
        """Join parts that another name spells as one word."""
        joined: list[str] = []
        for part in chain.from_iterable(self.initials.get(whole, (whole,)) for whole in parts):
            if joined and joined[-1] + part in self.compounds:
                joined[-1] += part
            else:
                joined.append(part)
        return joined

    @cached_property
    def participles(self) -> Callable[[str], frozenset[str]]:
        """The words of a name that say what was done: `parsed` of `parsed_rows`."""
        read = self._read
        return cache(
            lambda name: frozenset(
                read(part) for part in map(str.lower, _WORD.findall(name)) if part.endswith("ed")
            )
        )

    @cached_property
    def rank(self) -> Callable[[str], int | None]:
        """The place in an order of merit that a name tells."""
        return cache(lambda name: rank_told(name, (part.lower() for part in _WORD.findall(name))))

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


def _initials(names: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Cut runs of capitals that begin with another name's: `XGBHPTune` beside `XGBEval` is of XGB and HP."""
    runs = {run for name in names for run in _CAPITALS.findall(name)}
    starts = ((run, run[:end]) for run in sorted(runs) for end in range(2, len(run) - 1))
    longest = {run: start for run, start in starts if start in runs}
    return {run.lower(): (start.lower(), run.removeprefix(start).lower()) for run, start in longest.items()}


def _cut(name: str) -> list[str]:
    """Cut a name at its case and punctuation."""
    return [part.lower() for part in _WORD.findall(_CODE.sub(" ", name))]


@cache
def _spelt_right(word: str) -> str:
    return spelt_right(word, _RIGHT)
