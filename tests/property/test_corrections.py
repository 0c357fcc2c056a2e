"""All conflicts and all corrections: laws, and what plain enumeration finds."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import combinations
from types import ModuleType
from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from stepwire.solver.conflicts.corrections import Clash, find_all
from stepwire.solver.conflicts.minimal import find_conflicts, is_satisfiable
from stepwire.solver.engines.choice import engine_named
from stepwire.solver.problem.elements import Elements
from stepwire.solver.problem.rules_over_several import Acyclic
from stepwire.solver.problem.wiring_problem import Element, Variable, WiringProblem
from stepwire.specs import PipelineSpec

FEW = 9
"""Of so many elements, all sets are looked at."""

MANY = 80
"""Pipelines with more conflicts or corrections are not looked at one by one."""


def holds(elements: Sequence[Element]) -> bool:
    """Tell whether the elements of a problem can hold together."""
    return is_satisfiable(Elements.of(elements).problem, engine_named("constraint"))


def failing(pipeline: PipelineSpec) -> WiringProblem:
    """The relaxed problem of a pipeline, without what is missing; it has no wiring."""
    problem = WiringProblem.of(pipeline, relaxed=True)
    problem = problem.supplied
    assume(not holds(problem.elements))
    return problem


def smallest(elements: Sequence[Element], wanted: Any) -> list[frozenset[int]]:
    """List the places of all sets of elements that are as wanted, and no part of which is."""
    found: list[frozenset[int]] = []
    for size in range(len(elements) + 1):
        for chosen in map(frozenset, combinations(range(len(elements)), size)):
            if not any(each <= chosen for each in found) and wanted(chosen):
                found.append(chosen)
    return found


def places(problem: WiringProblem, sets: Sequence[Elements]) -> list[frozenset[int]]:
    """The places of the elements of each set in a problem."""
    return [frozenset(problem.elements.index(element) for element in each) for each in sets]


def unions(parts: Sequence[Sequence[frozenset[int]]]) -> Iterator[frozenset[int]]:
    """Take one set from each part, in every way, and unite them."""
    if not parts:
        yield frozenset()
        return
    for one in parts[0]:
        for rest in unions(parts[1:]):
            yield one | rest


@settings(max_examples=40)
@given(data=st.data())
def test_all_are_found_that_looking_at_every_set_finds(
    unsolvable: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    """A problem of a few elements has the conflicts and corrections that plain enumeration finds."""
    kept = list(failing(data.draw(unsolvable).pipeline).elements)
    for element in data.draw(st.permutations(kept)):
        fewer = [item for item in kept if item is not element]
        if len(kept) > FEW and not holds(fewer):
            kept = fewer
    assume(len(kept) <= FEW)
    problem = Elements.of(kept).problem
    elements = problem.elements

    clashes, complete = find_all(problem)
    assert complete
    assert all(clash.complete for clash in clashes)
    conflicts = smallest(elements, lambda chosen: not holds([elements[place] for place in sorted(chosen)]))
    assert {*conflicts} == {each for clash in clashes for each in places(problem, clash.conflicts)}
    corrections = smallest(
        elements,
        lambda gone: holds([item for place, item in enumerate(elements) if place not in gone]),
    )
    found = {*unions([places(problem, clash.corrections) for clash in clashes])}
    assert {*corrections} == {each for each in found if not any(other < each for other in found)}
    event(f"conflicts {min(len(conflicts), 4)}")


def clashing(pipeline: PipelineSpec) -> tuple[WiringProblem, tuple[Clash, ...]]:
    """The problem of a pipeline and what clashes in it."""
    problem = failing(pipeline)
    clashes, complete = find_all(problem)
    assert complete
    assume(all(clash.complete and len(clash.conflicts) <= MANY for clash in clashes))
    assume(all(len(clash.corrections) <= MANY for clash in clashes))
    return problem, clashes


@settings(max_examples=40)
@given(data=st.data())
def test_conflicts_are_minimal_and_corrections_work_and_hit_them(
    unsolvable: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    """No conflict holds, each does without any member; the rest holds without a correction, and no less."""
    problem, clashes = clashing(data.draw(unsolvable).pipeline)
    assert clashes
    for clash in clashes:
        assert clash.conflicts
        for conflict in clash.conflicts:
            assert not holds([*conflict])
            assert all(holds([item for item in conflict if item is not gone]) for gone in conflict)
            assert all({*conflict} & {*correction} for correction in clash.corrections)
        sets = [frozenset(each) for each in clash.corrections]
        assert not any(one < other for one in sets for other in sets)

    gone = [clash.corrections[0] for clash in clashes]
    for number, clash in enumerate(clashes):
        for correction in clash.corrections:
            lifted = {*correction}.union(*gone[:number], *gone[number + 1 :])
            assert holds([item for item in problem.elements if item not in lifted])
            hits = [{*conflict} & {*correction} for conflict in clash.conflicts]
            assert all({member} in hits for member in correction)


@settings(max_examples=30)
@given(data=st.data())
def test_what_is_firm_stands_in_no_correction(
    unsolvable: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    """Corrections around what is firm are those of all corrections that leave it alone; conflicts stay."""

    def firm(element: Element) -> bool:
        return isinstance(element, Variable | Acyclic)

    problem, clashes = clashing(data.draw(unsolvable).pipeline)
    expected = [tuple(each for each in clash.corrections if not any(map(firm, each))) for clash in clashes]
    found, _ = find_all(problem, firm=firm)
    assert [clash.corrections for clash in found] == expected
    assert [clash.conflicts for clash in found] == [clash.conflicts for clash in clashes]


@settings(max_examples=30)
@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_the_order_of_declaration_changes_no_clash(
    unsolvable: st.SearchStrategy[Any], changes: ModuleType, data: st.DataObject, random: random.Random
) -> None:
    """Steps, ports, pairs and names in another order give the same conflicts and corrections."""
    pipeline = data.draw(unsolvable).pipeline
    _, clashes = clashing(pipeline)
    _, others = clashing(changes.shuffled(pipeline, random))
    assert repr(others) == repr(clashes)


@settings(max_examples=40)
@given(data=st.data())
def test_independent_conflicts_share_no_dependency_and_leave_what_holds(
    unsolvable: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    """Each is minimal; without their dependencies (or, where there are none, their edges) the rest holds."""
    problem = failing(data.draw(unsolvable).pipeline)
    conflicts, complete = find_conflicts(problem, engine_named("auto"))
    assert complete
    assert conflicts
    ports = [variable.port for conflict in conflicts for variable in conflict.variables]
    assert len(set(ports)) == len(ports)
    for conflict in conflicts:
        assert not holds([*conflict])
        assert all(holds([item for item in conflict if item is not gone]) for gone in conflict)
    gone = {item for each in conflicts for item in (each.variables or each.edges)}
    assert holds([item for item in problem.elements if item not in gone])
