"""Streams of assignments: re-readable, merged in canonical order, multiplied lazily."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice, product
from typing import Any

import pytest

from stepwire.solver.deadline import Deadline
from stepwire.solver.engines import Scored
from stepwire.solver.presolve.components import Component
from stepwire.solver.search import streams as module
from stepwire.solver.search.streams import Keyed, Replay, Stream, merge, stream
from stepwire.solver.search.streams import product as lazy_product

NEVER = Deadline()
LEFT: list[Scored] = [(5, (0, 0)), (5, (0, 1)), (2, (1, 0))]
RIGHT: list[Scored] = [(4, (1,)), (4, (2,)), (1, (0,))]


@dataclass
class Given:
    """Solutions given beforehand instead of searched, for variables at some places of a problem."""

    places: tuple[int, ...]
    items: list[Scored]
    searches: list[str] = field(default_factory=list)

    @property
    def component(self) -> Component:
        return Component(self.places, ())

    def solutions(self, _: Deadline) -> Iterator[Scored]:
        self.searches.append("solutions")
        return iter(self.items)

    def best_first(self, _: Deadline) -> Iterator[Scored]:
        return iter(self.items)


def solvers() -> list[Any]:
    return [Given((0, 2), LEFT), Given((1,), RIGHT)]


def merged(given: list[Any], total: int) -> list[Scored]:
    streams = [stream(solver, total, NEVER) for solver in given]
    assert None not in streams
    return [(score, tuple(places)) for score, places in merge(streams, total)]  # type: ignore[arg-type]


def multiplied(given: list[Any], total: int) -> list[Scored]:
    parts = [Replay(solver, NEVER) for solver in given]
    return [(score, tuple(places)) for score, places in lazy_product(parts, total)]


def everything() -> list[Scored]:
    """All pairs of LEFT and RIGHT, put together by place and sorted."""
    pairs = [
        (one + other, (left[0], right[0], left[1])) for (one, left), (other, right) in product(LEFT, RIGHT)
    ]
    return sorted(pairs, key=lambda item: (-item[0], item[1]))


def test_a_stream_is_read_once_and_remembers() -> None:
    items = [Keyed(3, ((0, 0),)), Keyed(1, ((1, 1), (0, 0)))]
    found = Stream({0: 0}, iter(items))
    assert [found.at(1), found.at(0), found.at(2)] == [items[1], items[0], None]


def test_merged_streams_come_best_first_ties_in_order_of_the_assignment() -> None:
    assert merged(solvers(), 3) == everything()


def test_the_order_does_not_depend_on_how_variables_lie_between_each_other() -> None:
    """Three interleaved components of equal scores come in the order of the whole assignment."""
    values = [(0, pair) for pair in product((1, 0, 2), repeat=2)]
    given = [Given((0, 3), values), Given((1, 4), values), Given((2, 5), values)]
    found = merged([Given(it.places, sorted(it.items)) for it in given], 6)
    assert found == [(0, places) for places in product((0, 1, 2), repeat=6)]


def test_the_product_has_the_same_assignments_in_any_order() -> None:
    assert sorted(multiplied(solvers(), 3)) == sorted(everything())


@pytest.mark.parametrize("combine", [merged, multiplied])
def test_no_components_have_one_empty_assignment(combine: Any) -> None:
    assert combine([], 0) == [(0, ())]


def test_a_component_without_solutions_opens_no_stream_and_leaves_no_product() -> None:
    nothing = Given((3,), [])
    assert stream(nothing, 4, NEVER) is None  # type: ignore[arg-type]
    assert multiplied([*solvers(), nothing], 4) == []


def test_merging_reads_no_more_than_it_needs() -> None:
    def endless() -> Iterator[Keyed]:
        for number in count():
            yield Keyed(-number, ((3, number), (0, 0)) if number else ((0, 0),))

    found = merge([Stream({place: 0}, endless()) for place in range(3)], 3)
    assert [score for score, _ in islice(found, 5)] == [0, -1, -1, -1, -2]


def test_few_solutions_are_kept_and_many_searched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    few, many = Given((0,), RIGHT[:2]), Given((0,), RIGHT)
    for given, searches in ((few, 1), (many, 2)):
        replay = Replay(given, NEVER)  # type: ignore[arg-type]
        assert list(replay) == list(replay) == given.items
        assert len(given.searches) == searches
