"""Says what the rules remember while the dependencies of one step are assigned one after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from ...specs import Port
from ..problem.rules_over_several import (
    AtMost,
    Distinct,
    Forbidden,
    LocalRule,
    Pinned,
    SameSource,
    UserChoice,
)
from ..problem.wiring_problem import Variable


class Noted(NamedTuple):
    """What is remembered.

    `avoids`: the dependency at place `number` may not take the source `what`. `producer`: rule `number` wants
    the step `what`. `uses`: the output that rule `number` limits is taken `what` times.
    """

    kind: Literal["avoids", "producer", "uses"]
    number: int
    what: Port | str | int


Memory = frozenset[Noted]


@dataclass(frozen=True)
class StepRules:
    """What dependencies of one step, by their places, may take, and the rules over them.

    Of the rules at the places `shared`, which also bind other steps, the uses are remembered to the end.
    """

    offers: Sequence[frozenset[Port]]
    rules: tuple[LocalRule, ...]
    members: tuple[tuple[int, ...], ...]
    """For each rule the places of the dependencies that it binds."""
    shared: frozenset[int]

    @classmethod
    def of(
        cls, variables: Sequence[Variable], rules: Sequence[LocalRule], shared: Collection[AtMost]
    ) -> StepRules:
        """Take from a step's rules those that bind some of its dependencies."""
        places = {variable.port: place for place, variable in enumerate(variables)}
        binding = tuple(rule for rule in rules if any(port in places for port in rule.ports))
        return cls(
            [frozenset(item.source for item in variable.candidates) for variable in variables],
            binding,
            tuple(tuple(places[port] for port in rule.ports if port in places) for rule in binding),
            frozenset(
                place for place, rule in enumerate(binding) if isinstance(rule, AtMost) and rule in shared
            ),
        )

    @cached_property
    def _of_place(self) -> Sequence[Sequence[int]]:
        """For each dependency the rules that bind it."""
        return [
            [number for number, members in enumerate(self.members) if place in members]
            for place in range(len(self.offers))
        ]

    def permits(self, place: int, source: Port | None) -> bool:
        """Tell whether what the user settled for a dependency allows a source."""
        choices = (
            rule for number in self._of_place[place] if isinstance(rule := self.rules[number], UserChoice)
        )
        return all(rule.allows(source) for rule in choices)

    def matters(self, place: int, source: Port | None) -> Port | None:
        """Return the source where a rule looks at who takes it, else None."""
        looked_at = source and any(self._looks_at(number, source) for number in self._of_place[place])
        return source if looked_at else None

    def _looks_at(self, number: int, source: Port) -> bool:
        """Tell whether a rule cares that one of its dependencies takes a source."""
        rule, members = self.rules[number], self.members[number]
        match rule:
            case AtMost():
                return rule.source == source
            case Distinct():
                return rule.forbids_sharing(source) and all(source in self.offers[it] for it in members)
            case SameSource():
                return len(members) > 1
            case Pinned() | Forbidden():
                return False

    def after(self, place: int, source: Port | None, before: Memory) -> Memory | None:
        """Return what to remember once a dependency took a source; None when a rule forbids that."""
        if source is not None and Noted("avoids", place, source) in before:
            return None
        memory = {noted for noted in before if noted.kind != "avoids" or noted.number > place}
        for number in self._of_place[place]:
            known = next((it for it in memory if it.number == number and it.kind != "avoids"), None)
            if source is not None and self._looks_at(number, source):
                noted = self._noted(number, place, source, known)
                if noted is None:
                    return None
                memory.discard(known)
                memory.update(noted)
                known = noted[0] if noted and noted[0].kind != "avoids" else None
            if known and number not in self.shared and place == max(self.members[number]):
                memory.discard(known)
        return frozenset(memory)

    def _noted(self, number: int, place: int, source: Port, known: Noted | None) -> list[Noted] | None:
        rule = self.rules[number]
        match rule:
            case AtMost():
                uses = 1 + (known.what if known and isinstance(known.what, int) else 0)
                return [Noted("uses", number, uses)] if uses <= rule.limit else None
            case SameSource():
                same = known is None or known.what == source.step
                return [Noted("producer", number, source.step)] if same else None
            case _:
                return [Noted("avoids", other, source) for other in self.members[number] if other > place]

    def uses(self, memory: Memory) -> Iterator[tuple[AtMost, int]]:
        """Yield the shared rules of what is taken, with how often it is."""
        for noted in sorted(memory, key=lambda it: it.number):
            rule = self.rules[noted.number] if noted.kind == "uses" else None
            if isinstance(rule, AtMost) and isinstance(noted.what, int):
                yield rule, noted.what
