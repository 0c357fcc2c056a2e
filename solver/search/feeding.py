"""Counts for each step of a component the ways to take all it needs, by the steps that then feed it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..presolve.components import Component, Flow, Ties, tied_by
from ..problem.rules_over_several import AtMost, LocalRule
from ..problem.wiring_problem import Variable
from .effort import Effort
from .step_rules import Memory, StepRules


class FeedingWay(NamedTuple):
    """The steps that feed a step, as bits, and the limited outputs it takes, once for each time."""

    feeders: int
    taken: tuple[int, ...]


Ways = Mapping[FeedingWay, int]
"""How many assignments of some dependencies of a step lead to each way."""


@dataclass(frozen=True)
class Feeding:
    """The steps of a component, by numbers, and the ways in which each may be fed.

    `groups` are, for each step, the ways of dependencies that no rule ties to its others. Of the limited
    output `n`, at most `limits[n]` may be taken. `sides` are the steps of both sides of each branch, as bits.
    Without `acyclic`, cycles are allowed.
    """

    groups: tuple[tuple[Ways, ...], ...]
    limits: tuple[int, ...]
    sides: tuple[tuple[int, int], ...]
    acyclic: bool

    @classmethod
    def of(cls, component: Component, effort: Effort) -> Feeding:
        """Count the ways of a component's steps; raises TooMuch and TimeIsUp."""
        flow = component.flow or Flow((), (), (), ())
        own: defaultdict[str, list[Variable]] = defaultdict(list)
        for variable in component.variables:
            own[variable.port.step].append(variable)
        number = {step: place for place, step in enumerate(sorted({*own, *flow.steps}))}
        watched, limited = _watched(flow), _shared(component)
        shared = {rule: place for place, rule in enumerate(limited)}
        fixed, rules = _fixed(flow, number, watched), _rules_by_step(component.rules)
        groups = []
        for step in number:
            bits = {other: 1 << number[other] for other in watched.get(step, ())}
            tied = _tied(own[step], rules.get(step, ()))
            ways = [_ways(group, rules.get(step, ()), bits, shared, effort) for group in tied]
            groups.append(({FeedingWay(fixed[step], ()): 1}, *ways) if step in fixed else (*ways,))
        return cls(
            tuple(groups),
            tuple(rule.limit for rule in limited),
            tuple((_bits(number, branch.if_), _bits(number, branch.else_)) for branch in flow.branches),
            flow.acyclic or component.flow is None,
        )

    @property
    def size(self) -> int:
        """The number of steps."""
        return len(self.groups)

    @cached_property
    def feeders(self) -> tuple[int, ...]:
        """For each step those that may feed it, as bits."""
        return tuple(_union(way.feeders for ways in groups for way in ways) for groups in self.groups)

    @cached_property
    def takers(self) -> tuple[int, ...]:
        """For each step those that it may feed, as bits."""
        return tuple(
            sum(1 << other for other, feeders in enumerate(self.feeders) if feeders >> step & 1)
            for step in range(self.size)
        )

    @cached_property
    def sure(self) -> tuple[int, ...]:
        """For each step those that surely run before it, whatever is chosen, as bits."""
        found = [
            _union(_common(way.feeders for way in ways) for ways in groups if ways) for groups in self.groups
        ]
        for middle in range(self.size):  # S. Warshall, A Theorem on Boolean Matrices, 1962
            through = found[middle]
            found = [bits | through if bits >> middle & 1 else bits for bits in found]
        return tuple(found)

    def merged(self, step: int, effort: Effort) -> Ways:
        """Return the ways of all of a step's dependencies together."""
        found: dict[FeedingWay, int] = {FeedingWay(0, ()): 1}
        for ways in self.groups[step]:
            effort.spend(len(found) * len(ways))
            together: Counter[FeedingWay] = Counter()
            for one, number in found.items():
                for other, times in ways.items():
                    taken = tuple(sorted((*one.taken, *other.taken)))
                    together[FeedingWay(one.feeders | other.feeders, taken)] += number * times
            found = together
        return {way: number for way, number in found.items() if self.allows(self.uses(way.taken))}

    @cached_property
    def _meters(self) -> tuple[_Meter, ...]:
        shift, found = 0, []
        for output, limit in enumerate(self.limits):
            most = sum(
                max(way.taken.count(output) for way in ways)
                for groups in self.groups
                for ways in groups
                if ways
            )
            found.append(_Meter(shift, (1 << most.bit_length()) - 1, limit))
            shift += most.bit_length()
        return tuple(found)

    @cached_property
    def width(self) -> int:
        """The number of bits that uses take."""
        return max((it.shift + it.mask.bit_length() for it in self._meters), default=0)

    def uses(self, taken: tuple[int, ...]) -> int:
        """Write how often limited outputs are taken as one number; those of several steps add up."""
        return sum(1 << self._meters[output].shift for output in taken)

    def allows(self, uses: int) -> bool:
        """Tell whether limited outputs may be taken as often as a number says."""
        return not uses or all(uses >> it.shift & it.mask <= it.limit for it in self._meters)

    def still_of_use(self, steps: int) -> int:
        """Return the mask of the uses of outputs that some of the steps, given as bits, may take."""
        open_ = {output for step in range(self.size) if steps >> step & 1 for output in self._limited[step]}
        return sum(it.mask << it.shift for output, it in enumerate(self._meters) if output in open_)

    @cached_property
    def _limited(self) -> tuple[frozenset[int], ...]:
        return tuple(
            frozenset(output for ways in groups for way in ways for output in way.taken)
            for groups in self.groups
        )


class _Meter(NamedTuple):
    """Where the uses of a limited output stand in the number of all uses."""

    shift: int
    mask: int
    limit: int


def _union(sets: Iterator[int]) -> int:
    found = 0
    for each in sets:
        found |= each
    return found


def _common(sets: Iterator[int]) -> int:
    found = -1
    for each in sets:
        found &= each
    return found


def _bits(number: Mapping[str, int], steps: Sequence[str]) -> int:
    return sum(1 << number[step] for step in steps if step in number)


def _watched(flow: Flow) -> dict[str, tuple[str, ...]]:
    """Map each step to those whose feeding it can close a cycle, or lead from one branch side to another."""
    if flow.branches or not flow.acyclic:
        return dict.fromkeys(flow.steps, flow.steps)
    return {step: steps for steps in flow.tangles for step in steps}


def _fixed(flow: Flow, number: Mapping[str, int], watched: Mapping[str, Sequence[str]]) -> Mapping[str, int]:
    """Map steps to those that run before them in every wiring, as bits."""
    fixed: defaultdict[str, int] = defaultdict(int)
    for before, after in flow.fixed_edges:
        if before in watched.get(after, ()):
            fixed[after] |= 1 << number[before]
    return fixed


def _shared(component: Component) -> list[AtMost]:
    """List the rules that bind several steps of a component."""
    there = {variable.port for variable in component.variables}
    rules = (rule for rule in component.rules if isinstance(rule, AtMost))
    return [rule for rule in rules if len({port.step for port in rule.ports if port in there}) > 1]


def _rules_by_step(rules: Sequence[LocalRule]) -> dict[str, list[LocalRule]]:
    found: defaultdict[str, list[LocalRule]] = defaultdict(list)
    for rule in rules:
        for step in dict.fromkeys(port.step for port in rule.ports):
            found[step].append(rule)
    return found


def _tied(variables: Sequence[Variable], rules: Sequence[LocalRule]) -> Iterator[list[Variable]]:
    """Divide a step's dependencies into those that rules tie together."""
    own = {variable.port: variable for variable in variables}
    place, ties = {port: number for number, port in enumerate(own)}, Ties()
    for rule in rules:
        for ports in tied_by(rule, own):
            ties.tie([place[port] for port in ports])
    groups: defaultdict[int, list[Variable]] = defaultdict(list)
    for number, variable in enumerate(variables):
        groups[ties.set_of(number)].append(variable)
    yield from groups.values()


def _ways(
    variables: Sequence[Variable],
    rules: Sequence[LocalRule],
    bits: Mapping[str, int],
    shared: Mapping[AtMost, int],
    effort: Effort,
) -> Ways:
    """Count the ways of dependencies that rules tie together, one dependency after the other."""
    ties = StepRules.of(variables, rules, shared)
    states: Mapping[tuple[int, Memory], int] = {(0, frozenset()): 1}
    for place, variable in enumerate(variables):
        sources = (value.source if value else None for value in variable.values)
        options = Counter(
            (bits.get(source.step, 0) if source else 0, ties.matters(place, source))
            for source in sources
            if ties.permits(place, source)
        )
        after: Counter[tuple[int, Memory]] = Counter()
        for (feeders, memory), number in states.items():
            effort.spend(len(options))
            for (bit, source), times in options.items():
                kept = ties.after(place, source, memory)
                if kept is not None:
                    after[feeders | bit, kept] += number * times
        states = after
    found: Counter[FeedingWay] = Counter()
    for (feeders, memory), number in states.items():
        taken = (output for rule, uses in ties.uses(memory) for output in [shared[rule]] * uses)
        found[FeedingWay(feeders, tuple(sorted(taken)))] += number
    return found
