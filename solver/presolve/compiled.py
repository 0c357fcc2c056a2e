"""Rules over several dependencies as numbers: variables, and the places of their values. Engines read these.

What a rule no longer says of the values that are left is not written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...specs import Port
from ..problem.rules_over_several import AtMost, Distinct, Forbidden, LocalRule, Pinned, SameSource
from ..problem.wiring_problem import Variable

Pair = tuple[int, int]
"""A variable and the place of one of its values."""


class AtMostOf(NamedTuple):
    """Of the pairs, at most `limit` are taken; no variable has two."""

    element: int
    limit: int
    pairs: tuple[Pair, ...]


class OneProducer(NamedTuple):
    """All that the variables take comes from one producer: for each, the producers' numbers by place.

    What a variable takes from nobody has no producer.
    """

    element: int
    producers: tuple[tuple[int, tuple[int | None, ...]], ...]


class Allowed(NamedTuple):
    """A variable takes one of the values at some places."""

    element: int
    variable: int
    places: tuple[int, ...]


Compiled = AtMostOf | OneProducer | Allowed
"""A rule, or a part of it, as numbers; `element` is its number among the elements of the problem."""


def compile_rules(
    variables: Sequence[Variable], rules: Sequence[LocalRule], elements: Iterable[int]
) -> tuple[Compiled, ...]:
    """Write rules as numbers, for the variables that are there; `elements` are the rules' own."""
    places = [
        {value.source if value else None: place for place, value in enumerate(variable.values)}
        for variable in variables
    ]
    number = {variable.port: index for index, variable in enumerate(variables)}
    return tuple(
        found
        for element, rule in zip(elements, rules, strict=True)
        for found in _compiled(
            element, rule, number, {port: places[number[port]] for port in rule.ports if port in number}
        )
    )


RuleScope = dict[Port, dict[Port | None, int]]
"""The dependencies that a rule binds, each with the places of its sources."""


def _compiled(
    element: int, rule: LocalRule, number: Mapping[Port, int], scope: RuleScope
) -> Iterator[Compiled]:
    match rule:
        case AtMost(source=source, limit=limit):
            pairs = ((number[port], at[source]) for port, at in scope.items() if source in at)
            yield AtMostOf(element, limit, tuple(pairs))
        case Distinct():
            for source, crowd in rule.crowds(scope):
                yield AtMostOf(element, 1, tuple((number[port], scope[port][source]) for port in crowd))
        case SameSource():
            yield OneProducer(element, tuple(_producers(number, scope)))
        case Pinned() | Forbidden():
            for port, at in scope.items():
                allowed = tuple(place for source, place in at.items() if rule.allows(source))
                yield Allowed(element, number[port], allowed)


def _producers(number: Mapping[Port, int], scope: RuleScope) -> Iterator[tuple[int, tuple[int | None, ...]]]:
    steps = sorted({source.step for at in scope.values() for source in at if source})
    index = {step: place for place, step in enumerate(steps)}
    for port, at in scope.items():
        yield number[port], tuple(index[source.step] if source else None for source in at)
