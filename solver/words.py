"""The words that names are made of, and the label by which a port is likened to others."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ..specs import DependencySpec, OutputSpec

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_NOISE = frozenset(("and", "for", "of", "s", "to")) | frozenset(
    ("data", "dataset", "file", "files", "input", "output", "path", "s3", "uri", "url")
)
_SAME = {"val": "validation", "valid": "validation", "eval": "evaluation", "evaluate": "evaluation"} | {
    "training": "train",
    "trained": "train",
    "trainer": "train",
    "testing": "test",
    "artifact": "model",
    "artifacts": "model",
    "preprocessing": "preprocess",
    "preprocessed": "preprocess",
    "processed": "process",
    "processing": "process",
    "metric": "metrics",
    "register": "registration",
}


@cache
def words(name: str) -> frozenset[str]:
    """Split a name at its case and punctuation into content words, each in its canonical form."""
    found = (part.lower() for part in _WORD.findall(name))
    return frozenset(_SAME.get(word, word) for word in found if word not in _NOISE and not word.isdigit())


class Label(NamedTuple):
    """What a dependency or an output is called: all that its name says of how well it fits another."""

    name: str
    aliases: tuple[str, ...]
    keywords: tuple[str, ...]

    @classmethod
    def of(cls, spec: DependencySpec | OutputSpec) -> Label:
        """Take from a specification what it is called."""
        return cls(spec.logical_name, spec.aliases, spec.semantic_keywords)

    @property
    def keyword_words(self) -> frozenset[str]:
        """The content words of the keywords."""
        return frozenset(word for keyword in self.keywords for word in words(keyword))
