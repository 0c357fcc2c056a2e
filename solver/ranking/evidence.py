"""Evidence: pieces that speak for or against one binding, and those that several bindings give together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations, islice, product
from typing import NamedTuple

from ...specs import Port
from .pieces import PIECES


class Evidence(NamedTuple):
    """One reason for or against a binding; the points of a binding's evidence sum to its score."""

    kind: str
    points: int

    @property
    def reason(self) -> str:
        """Why it counts, in a sentence."""
        return PIECES[self.kind].reason


class Term(NamedTuple):
    """That a dependency takes one of `sources`, None standing for unbound."""

    port: Port
    sources: frozenset[Port | None]

    def key(self) -> tuple[Port, list[Port]]:
        """Sort terms by dependency, then by sources, unbound first."""
        return self.port, sorted(source or Port("", "") for source in self.sources)


@dataclass(frozen=True, eq=False, slots=True)
class Several:
    """That at least `least` of some facts hold. Many facts may rest on one, which is then stated once."""

    least: int
    facts: tuple[Fact, ...]


Fact = Term | Several
"""What holds or not, given what the dependencies take."""

Conjunction = tuple[Term, ...]
"""Terms that hold together."""

WaysKey = tuple[str, list[list[tuple[Port, list[Port]]]]]


def every(*facts: Fact) -> Fact:
    """Say that all of some facts hold."""
    return facts[0] if len(facts) == 1 else Several(len(facts), facts)


def some(*facts: Fact) -> Fact:
    """Say that one of some facts holds at least."""
    return facts[0] if len(facts) == 1 else Several(1, facts)


@dataclass(frozen=True, eq=False)
class Joint:
    """Evidence that several bindings give together: its points count, once, when a fact holds.

    `key` sorts pieces of evidence, and tells those apart that differ.
    """

    kind: str
    points: int
    fact: Fact
    key: WaysKey

    @classmethod
    def of(cls, kind: str, points: int, ways: Iterable[Iterable[Term]]) -> Joint:
        """Make the piece that counts when all terms of some way hold; ways and terms in canonical order."""
        ordered = {tuple(sorted(set(way), key=Term.key)) for way in ways}
        found = sorted(ordered, key=lambda way: [term.key() for term in way])
        key = kind, [[term.key() for term in way] for way in found]
        return cls(kind, points, some(*(every(*way) for way in found)), key)

    @property
    def ways(self) -> tuple[Conjunction, ...]:
        """All ways in which it holds, written out: very many, where facts are shared."""
        return tuple(ways_of(self.fact))

    def holding(self, taken: Mapping[Port, Port | None]) -> Conjunction | None:
        """Return a way that holds, given what each dependency takes; None when none does."""
        found = _witness(self.fact, taken, {})
        return None if found is None else tuple(sorted(set(found), key=Term.key))


def number_of_ways(fact: Fact, known: dict[Several, int]) -> int:
    """Count the ways in which a fact may hold, where no two facts are the same; `known` are those counted."""
    if isinstance(fact, Term):
        return 1
    found = known.get(fact)
    if found is None:
        counts = [number_of_ways(each, known) for each in fact.facts]
        chosen = [1, *[0] * fact.least]  # the sums of products of so many of the counts
        for count in counts:
            for taken in range(fact.least, 0, -1):
                chosen[taken] += chosen[taken - 1] * count
        found = known[fact] = chosen[fact.least]
    return found


def ways_of(fact: Fact) -> Iterator[Conjunction]:
    """Yield the ways in which a fact may hold."""
    if isinstance(fact, Term):
        yield (fact,)
        return
    for facts in combinations(fact.facts, fact.least):
        for ways in product(*(ways_of(each) for each in facts)):
            together = _together(term for way in ways for term in way)
            if together is not None:
                yield together


def _together(terms: Iterable[Term]) -> Conjunction | None:
    """Join terms, one for each dependency; None when they cannot hold together."""
    sources: dict[Port, frozenset[Port | None]] = {}
    for port, wanted in terms:
        sources[port] = sources.get(port, wanted) & wanted
    return tuple(Term(*item) for item in sources.items()) if all(sources.values()) else None


def _witness(
    fact: Fact, taken: Mapping[Port, Port | None], known: dict[int, Conjunction | None]
) -> Conjunction | None:
    """Return terms by which a fact holds, those first that come first; None when it does not."""
    if isinstance(fact, Term):
        return (fact,) if taken.get(fact.port, _ABSENT) in fact.sources else None
    if id(fact) not in known:
        found = (_witness(each, taken, known) for each in fact.facts)
        held = list(islice((way for way in found if way is not None), fact.least))
        known[id(fact)] = tuple(chain.from_iterable(held)) if len(held) == fact.least else None
    return known[id(fact)]


_ABSENT = Port("", "")
"""What a dependency takes that is not there."""
