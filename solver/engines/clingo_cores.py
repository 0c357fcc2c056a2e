"""Finds what of a component cannot hold together, with clingo, where elements can be lifted.

What is lifted is as if it were not there. Elements are meant by their places in `component.problem.elements`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

import clingo

from ..deadline import Deadline, TimeIsUp
from ..presolve.components import Component
from . import clingo_runs as running
from .clingo_facts import facts
from .clingo_program import grounded, literals

Places = frozenset[int]

LEAST = ("--models=0", "--heuristic=Domain", "--enum-mode=domRec", "--dom-mod=5,16")
"""List the models of which no other shows a part only.

What is shown is decided first, and to be false: what is true in spite of that follows from what is false, so
no model shows less. Each one found is excluded with all that show more. Source: clasp's domain heuristics,
M. Gebser et al., Domain-Specific Heuristics in Answer Set Programming, AAAI 2013.
"""

SOON = ("--solve-limit=10000",)
"""Give up after so many dead ends: about a second, and the same on every machine."""

_NUMBER = re.compile(r"\d+")


def find_core(component: Component, deadline: Deadline) -> Places:
    """Return elements of a component without a solution that have none either: few, maybe not fewest."""
    elements = range(len(component.problem.elements))
    control = grounded("wiring.lp", _stated(component, elements, deadline), [], (), deadline)
    lifted = {-literal: number for (number,), literal in literals(control, "lifted", deadline).items()}
    found = running.unsatisfiable_core(control, deadline, list(lifted))
    return frozenset(lifted[literal] for literal in found)


def corrections(
    component: Component,
    liftable: Collection[int],
    most: int,
    deadline: Deadline,
    options: Sequence[str] = (),
) -> tuple[list[Places], bool]:
    """List the minimal sets of liftable elements without which the component has a solution.

    At most so many, as far as the time and the `options` go; and tell whether these are all.
    """
    try:
        stated = _stated(component, liftable, deadline)
        control = grounded("wiring.lp", stated, [("show_lifted", [])], [*LEAST, *options], deadline)
    except TimeIsUp:
        return [], False
    return _least(control, most, deadline)


def hitting_sets(
    sets: Iterable[Places], most: int, deadline: Deadline, options: Sequence[str] = ()
) -> tuple[list[Places], bool]:
    """List the minimal sets that have a member of each set, as far; and tell whether these are all."""
    members = (f"member({number},{place})." for number, each in enumerate(sets) for place in sorted(each))
    try:
        control = grounded("hitting.lp", "\n".join(deadline.watch(members)), [], [*LEAST, *options], deadline)
    except TimeIsUp:
        return [], False
    return _least(control, most, deadline)


def _stated(component: Component, liftable: Collection[int], deadline: Deadline) -> str:
    return "\n".join(deadline.watch(facts(component, liftable=liftable)))


def _least(control: clingo.Control, most: int, deadline: Deadline) -> tuple[list[Places], bool]:
    found: list[Places] = []
    try:
        for model in islice(_read(control, deadline), most + 1):
            found.append(model)
    except TimeIsUp:
        return found, False
    return found[:most], len(found) <= most and bool(control.statistics["summary"]["exhausted"])


def _read(control: clingo.Control, deadline: Deadline) -> Iterator[Places]:
    for model in running.models(control, deadline):
        yield frozenset(map(int, _NUMBER.findall(model)))
