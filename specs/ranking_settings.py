"""What a user teaches the ranking."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from .frozen_model import Frozen

MOST_POINTS = 1000


def _as_words(words: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        if not re.fullmatch("[A-Z]?[a-z]+|[A-Z]+", word):
            raise ValueError(f"{word!r} is no single word of letters, as names are cut into")
    if len({word.lower() for word in words}) < 2:
        raise ValueError("a group should have two different words at least")
    return words


Synonyms = Annotated[tuple[str, ...], Field(min_length=2), AfterValidator(_as_words)]

Weight = Annotated[int, Field(strict=True, ge=-MOST_POINTS, le=MOST_POINTS)]


class RankingSettings(Frozen):
    """What a user teaches the ranking: words that mean the same, and what kinds of evidence are worth."""

    synonyms: tuple[Synonyms, ...] = ()
    weights: Mapping[str, Weight] = Field(default_factory=dict)

    def extended(self, other: RankingSettings) -> RankingSettings:
        """Return both; where they differ in a weight, the other's wins."""
        return RankingSettings(
            synonyms=(*self.synonyms, *other.synonyms), weights={**self.weights, **other.weights}
        )
