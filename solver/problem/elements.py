"""Some elements of a problem: what explanations name, and corrections take away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self, TypeVar

from .rules_over_several import Constraint, Distinct, Edge, FlowRule, LocalRule
from .wiring_problem import Element, Variable, WiringProblem


@dataclass(frozen=True)
class Elements:
    """Some elements of a problem: dependencies, rules and fixed edges, each in the problem's order."""

    variables: tuple[Variable, ...] = ()
    rules: tuple[Constraint, ...] = ()
    edges: tuple[Edge, ...] = ()

    @classmethod
    def of(cls, elements: Iterable[Element]) -> Self:
        """Divide elements, which come in the problem's order, by what they are."""
        given = tuple(elements)
        return cls(
            tuple(item for item in given if isinstance(item, Variable)),
            tuple(item for item in given if isinstance(item, Constraint)),
            tuple(item for item in given if isinstance(item, tuple)),
        )

    def __iter__(self) -> Iterator[Element]:
        yield from self.variables
        yield from self.rules
        yield from self.edges

    def __len__(self) -> int:
        return len(self.variables) + len(self.rules) + len(self.edges)

    @property
    def told(self) -> Iterator[Element]:
        """Yield the elements; of a rule that says of many that they differ, what it says of those there."""
        ports = frozenset(variable.port for variable in self.variables)
        for element in self:
            bound = ports.intersection(element.ports) if isinstance(element, Distinct) else ()
            yield element.among(bound) if isinstance(element, Distinct) and len(bound) > 1 else element

    @property
    def problem(self) -> WiringProblem:
        """The problem that has these elements only; a rule binds those of its dependencies that are there."""
        return WiringProblem(
            self.variables,
            tuple(rule for rule in self.rules if isinstance(rule, LocalRule)),
            tuple(rule for rule in self.rules if isinstance(rule, FlowRule)),
            frozenset(self.edges),
        )

    @property
    def order(self) -> tuple[object, ...]:
        """The key by which several are sorted: the smaller first, then by addresses."""
        ports = tuple(variable.port for variable in self.variables)
        return len(self), ports, self.edges, tuple((rule.code, str(rule)) for rule in self.rules)


Some = TypeVar("Some", bound=Elements)


def sort_element_sets(found: Iterable[Some]) -> tuple[Some, ...]:
    """Sort sets of elements: smaller ones first, then by addresses."""
    return tuple(sorted(found, key=lambda each: each.order))
