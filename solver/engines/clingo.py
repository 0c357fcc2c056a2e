"""Searches a component with clingo, an answer set solver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

import clingo

from ...specs import INPUTS, Port
from ..components import Component, Flow
from ..problem import AtMost, Distinct, SameSource
from . import Assignment, Scored

_Part = tuple[str, tuple[int, ...]]


@cache
def _program() -> str:
    return resources.files(__package__).joinpath("wiring.lp").read_text("utf-8")


class ClingoEngine:
    """The engine for components that are large or hard."""

    def solutions(
        self, component: Component, *, at_least: int | None = None, at_most: int | None = None
    ) -> Iterator[Scored]:
        """Yield each assignment that keeps the component's rules, once, within the bounds of the score."""
        control = _grounded(component, _bounds(component, at_least, at_most), ["--models=0"])
        if control is None:
            return
        with control.solve(yield_=True) as handle:
            for model in handle:
                assignment = _assignment(component, model)
                yield component.score(assignment), assignment

    def best_score(self, component: Component) -> int | None:
        """Return the highest score of any assignment; None when there is none.

        Optima lie near the sum of the best values, so the proof comes from cores, not from bounds.
        """
        control = _grounded(component, [("best", ())], ["--opt-mode=opt", "--opt-strategy=usc,oll"])
        if control is None:
            return None
        best = None
        with control.solve(yield_=True) as handle:
            for model in handle:
                best = component.score(_assignment(component, model))
        return best

    def best_below(self, component: Component, score: int) -> int | None:
        """Return the highest score below `score` that an assignment has, looking in windows that widen."""
        ceiling, width = score - 1, 1
        while ceiling >= component.least:
            found = self._any_score(component, ceiling - width, ceiling)
            if found is not None:
                while (better := self._any_score(component, found + 1, ceiling)) is not None:
                    found = better
                return found
            ceiling, width = ceiling - width - 1, 2 * width
        return None

    def _any_score(self, component: Component, at_least: int, at_most: int) -> int | None:
        if at_least > at_most:
            return None
        found = next(self.solutions(component, at_least=at_least, at_most=at_most), None)
        return found and found[0]

    def with_score(self, component: Component, score: int) -> Iterator[Assignment]:
        """Yield the assignments that have a score, in canonical order.

        The solver decides in that order, so that its first answer is the first of those not yet excluded.
        """
        parts = [*_bounds(component, score, score), ("in_order", ())]
        facts = _priorities(component, component.most - score)
        control = _grounded(component, parts, ["--heuristic=Domain"], facts)
        while control is not None:
            with control.solve(yield_=True) as handle:
                model = handle.model()
                if model is None:
                    return
                assignment = _assignment(component, model)
            yield assignment
            _exclude(control, assignment)


def _priorities(component: Component, losable: int) -> list[str]:
    """Give each value that may be taken its priority: greater for those that come first."""
    values = [
        (number, place)
        for number, variable in enumerate(component.variables)
        for place, score in enumerate(variable.scores)
        if max(variable.scores) - score <= losable
    ]
    return [f"priority({number},{place},{rest})." for rest, (number, place) in enumerate(reversed(values), 1)]


def _exclude(control: clingo.Control, assignment: Assignment) -> None:
    taken = (
        clingo.Function("take", [clingo.Number(number), clingo.Number(place)])
        for number, place in enumerate(assignment)
    )
    literals = [control.symbolic_atoms[atom].literal for atom in taken]  # type: ignore[union-attr]
    with control.backend() as backend:
        backend.add_rule([], literals)


def _bounds(component: Component, at_least: int | None, at_most: int | None) -> list[_Part]:
    parts: list[_Part] = []
    if at_least is not None:
        parts.append(("lose_at_most", (component.most - at_least,)))
    if at_most is not None:
        parts.append(("lose_at_least", (component.most - at_most,)))
    return parts


def _grounded(
    component: Component, parts: list[_Part], options: list[str], facts: Iterable[str] = ()
) -> clingo.Control | None:
    """Prepare the search of a component; None when some variable has no value at all."""
    if not all(variable.values for variable in component.variables):
        return None
    control = clingo.Control([*options, "--warn=none"])
    control.add("base", (), _program())
    control.add("base", (), "\n".join((*_facts(component), *facts)))
    base: list[_Part] = [("base", ()), *parts]
    control.ground([(name, [clingo.Number(value) for value in values]) for name, values in base])
    return control


def _facts(component: Component) -> Iterator[str]:
    """Write a component as facts; variables, values, groups and steps are numbers."""
    for number, variable in enumerate(component.variables):
        best = max(variable.scores)
        for place, score in enumerate(variable.scores):
            yield f"value({number},{place})."
            if score < best:
                yield f"loss({number},{place},{best - score})."
    place_of = [
        {value.source if value else None: place for place, value in enumerate(variable.values)}
        for variable in component.variables
    ]
    number_of = {variable.port: number for number, variable in enumerate(component.variables)}
    for group, rule in enumerate(component.rules):
        scope = [number_of[port] for port in rule.ports if port in number_of]
        match rule:
            case AtMost(source=source, limit=limit):
                yield f"at_most({group},{limit})."
                for number in scope:
                    if source in place_of[number]:
                        yield f"in_group({group},{number},{place_of[number][source]})."
            case Distinct():
                yield from _apart(rule, scope, place_of)
            case SameSource():
                yield from _producers(group, scope, place_of)
    if component.flow:
        yield from _flow(component, component.flow)


def _apart(rule: Distinct, scope: list[int], place_of: list[dict[Port | None, int]]) -> Iterator[str]:
    left, right = scope
    for source, place in place_of[left].items():
        if source is not None and source in place_of[right] and rule.forbids_sharing(source):
            yield f"apart({left},{place},{right},{place_of[right][source]})."


def _producers(group: int, scope: list[int], place_of: list[dict[Port | None, int]]) -> Iterator[str]:
    steps = sorted({source.step for number in scope for source in place_of[number] if source})
    for number in scope:
        for source, place in place_of[number].items():
            if source:
                yield f"producer({group},{number},{place},{steps.index(source.step)})."


def _flow(component: Component, flow: Flow) -> Iterator[str]:
    step = {name: number for number, name in enumerate(flow.steps)}
    for number, tangle in enumerate(flow.tangles):
        for name in tangle:
            yield f"inside({number},{step[name]})."
    for producer, consumer in flow.fixed_edges:
        yield f"fixed({step[producer]},{step[consumer]})."
    for number, variable in enumerate(component.variables):
        for place, value in enumerate(variable.values):
            if (
                value
                and value.source.step != INPUTS
                and {value.source.step, variable.port.step} <= step.keys()
            ):
                yield f"edge({number},{place},{step[value.source.step]},{step[variable.port.step]})."
    for number, branch in enumerate(flow.branches):
        yield from _sides(number, "if", (step[name] for name in branch.if_ if name in step))
        yield from _sides(number, "else", (step[name] for name in branch.else_ if name in step))


def _sides(branch: int, side: str, steps: Iterable[int]) -> Iterator[str]:
    for step in steps:
        yield f"side({branch},{side},{step})."


def _assignment(component: Component, model: clingo.Model) -> Assignment:
    taken = [0] * len(component.variables)
    for atom in model.symbols(shown=True):
        taken[atom.arguments[0].number] = atom.arguments[1].number
    return tuple(taken)
