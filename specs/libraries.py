"""What a document may take by name: specifications, with the types and the ranking that they bring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..problems.problem import Location, Position
from .library import LIBRARY
from .ranking_settings import RankingSettings
from .specification import StepSpecification


@dataclass(frozen=True)
class SpecsOver(Mapping[str, StepSpecification]):
    """Specifications laid over others, of which none is loaded before it is asked for."""

    upper: Mapping[str, StepSpecification]
    lower: Mapping[str, StepSpecification]

    def __getitem__(self, name: str) -> StepSpecification:
        return self.upper[name] if name in self.upper else self.lower[name]

    def __contains__(self, name: object) -> bool:
        return name in self.upper or name in self.lower

    def __iter__(self) -> Iterator[str]:
        yield from self.lower
        yield from (name for name in self.upper if name not in self.lower)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True)
class Library:
    """Specifications by the name under which a document takes them, and the types and ranking they bring.

    `places` tells for a specification from a file where its parts stand in that.
    """

    specs: Mapping[str, StepSpecification] = field(default_factory=lambda: LIBRARY)
    types: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: Mapping[str, Mapping[Location, Position]] = field(default_factory=dict)
    ranking: RankingSettings = field(default_factory=RankingSettings)

    def extended(self, other: Library) -> Library:
        """Return the library with what another has; where they differ, the other's wins."""
        return Library(
            SpecsOver(other.specs, self.specs) if other.specs else self.specs,
            {**self.types, **other.types},
            {**self.places, **other.places},
            self.ranking.extended(other.ranking),
        )
