"""Rules over several dependencies as numbers: variables, and the places of their values. Engines read these.

What a rule no longer says of the values that are left is not written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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


class NotBoth(NamedTuple):
    """Two variables do not take together the two values of a pair of places."""

    element: int
    left: int
    right: int
    apart: tuple[tuple[int, int], ...]


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


Compiled = AtMostOf | NotBoth | OneProducer | Allowed
"""A rule as numbers; `element` is its number among the elements of the problem."""


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
            element, rule, {number[port]: places[number[port]] for port in rule.ports if port in number}
        )
    )


RuleScope = dict[int, dict[Port | None, int]]
"""The variables that a rule binds, each with the places of its sources."""


def _compiled(element: int, rule: LocalRule, scope: RuleScope) -> Iterator[Compiled]:
    match rule:
        case AtMost(source=source, limit=limit):
            pairs = ((number, at[source]) for number, at in scope.items() if source in at)
            yield AtMostOf(element, limit, tuple(pairs))
        case Distinct() if len(scope) > 1:
            (left, one), (right, other) = scope.items()
            shared = (source for source in one if source and source in other and rule.forbids_sharing(source))
            yield NotBoth(element, left, right, tuple((one[source], other[source]) for source in shared))
        case SameSource():
            yield OneProducer(element, tuple(_producers(scope)))
        case Pinned() | Forbidden():
            for number, at in scope.items():
                allowed = tuple(place for source, place in at.items() if rule.allows(source))
                yield Allowed(element, number, allowed)


def _producers(scope: RuleScope) -> Iterator[tuple[int, tuple[int | None, ...]]]:
    steps = sorted({source.step for at in scope.values() for source in at if source})
    index = {step: number for number, step in enumerate(steps)}
    for number, at in scope.items():
        yield number, tuple(index[source.step] if source else None for source in at)
