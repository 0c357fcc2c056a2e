"""Says what the rules remember while the dependencies of one step are assigned one after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
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

    `taken`: of the dependencies of rule `number`, none may take the source `what`; `shared`: none but those
    that yield. `producer`: rule `number` wants the step `what`. `uses`: the output that rule `number` limits
    is taken `what` times.
    """

    kind: Literal["taken", "shared", "producer", "uses"]
    number: int
    what: Port | str | int


Memory = frozenset[Noted]


@dataclass(frozen=True)
class StepRules:
    """What dependencies of one step, by their places, may take, and the rules over them.

    Of the rules at the places `shared`, which also bind other steps, the uses are remembered to the end.
    """

    offers: Mapping[Port, frozenset[Port]]
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
            {item.port: frozenset(it.source for it in item.candidates) for item in variables},
            binding,
            tuple(tuple(sorted(places[port] for port in rule.ports if port in places)) for rule in binding),
            frozenset(
                place for place, rule in enumerate(binding) if isinstance(rule, AtMost) and rule in shared
            ),
        )

    @cached_property
    def _ports(self) -> Sequence[Port]:
        return tuple(self.offers)

    @cached_property
    def _of_place(self) -> Sequence[Sequence[int]]:
        """For each dependency the rules that bind it."""
        found: list[list[int]] = [[] for _ in self.offers]
        for number, members in enumerate(self.members):
            for place in members:
                found[place].append(number)
        return found

    @cached_property
    def _last(self) -> Mapping[tuple[int, Port], int]:
        """For each rule `distinct` and what several could take, the last dependency that could."""
        place = {port: number for number, port in enumerate(self.offers)}
        found: dict[tuple[int, Port], int] = {}
        for number, rule in enumerate(self.rules):
            for source, crowd in rule.crowds(self.offers) if isinstance(rule, Distinct) else ():
                found[number, source] = max(found.get((number, source), 0), *(place[it] for it in crowd))
        return found

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
                return (number, source) in self._last
            case SameSource():
                return len(members) > 1
            case Pinned() | Forbidden():
                return False

    def after(self, place: int, source: Port | None, before: Memory) -> Memory | None:
        """Return what to remember once a dependency took a source; None when a rule forbids that."""
        memory = {*before}
        for number in self._of_place[place]:
            known = next((it for it in memory if it.number == number), None)
            if source is not None and self._looks_at(number, source):
                if isinstance(self.rules[number], Distinct):
                    known = next((it for it in memory if it.number == number and it.what == source), None)
                noted = self._noted(self.rules[number], number, place, source, known)
                if noted is None:
                    return None
                memory.discard(known)
                memory.add(noted)
            if number not in self.shared and place == self.members[number][-1]:
                memory = {noted for noted in memory if noted.number != number}
        return frozenset(noted for noted in memory if not self._is_over(noted, place))

    def _is_over(self, noted: Noted, place: int) -> bool:
        """Tell whether no dependency to come could take what must not be taken twice."""
        return isinstance(noted.what, Port) and self._last[noted.number, noted.what] <= place

    def _noted(
        self, rule: LocalRule, number: int, place: int, source: Port, known: Noted | None
    ) -> Noted | None:
        """Return what a rule remembers once a dependency took a source; None when it forbids that."""
        match rule:
            case AtMost():
                uses = 1 + (known.what if known and isinstance(known.what, int) else 0)
                return Noted("uses", number, uses) if uses <= rule.limit else None
            case SameSource():
                same = known is None or known.what == source.step
                return Noted("producer", number, source.step) if same else None
            case Distinct(yielding=yielding) if self._ports[place] in yielding:
                return None if known and known.kind == "taken" else Noted("shared", number, source)
            case _:
                return None if known else Noted("taken", number, source)

    def uses(self, memory: Memory) -> Iterator[tuple[AtMost, int]]:
        """Yield the shared rules of what is taken, with how often it is."""
        for noted in sorted(memory, key=lambda it: it.number):
            rule = self.rules[noted.number] if noted.kind == "uses" else None
            if isinstance(rule, AtMost) and isinstance(noted.what, int):
                yield rule, noted.what
