"""Streams of assignments: re-readable, merged in canonical order, multiplied lazily."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice, product
from typing import Any

import pytest

from stepwire.solver import enumerate as module
from stepwire.solver.engines import Scored
from stepwire.solver.engines.constraint import ConstraintEngine
from stepwire.solver.enumerate import Stream, best_first, merge
from stepwire.solver.enumerate import product as lazy_product

LEFT = [(5, (0, 0)), (5, (0, 1)), (2, (1, 0))]
RIGHT = [(4, (0,)), (4, (1,)), (1, (2,))]


def streams() -> list[Stream]:
    return [Stream((0, 2), iter(LEFT)), Stream((1,), iter(RIGHT))]


def everything() -> list[Scored]:
    """All pairs of LEFT and RIGHT, put together by place and sorted."""
    pairs = [
        (one + other, (left[0], right[0], left[1])) for (one, left), (other, right) in product(LEFT, RIGHT)
    ]
    return sorted(pairs, key=lambda item: (-item[0], item[1]))


def test_a_stream_is_read_once_and_remembers() -> None:
    stream = Stream((0,), iter([(3, (0,)), (1, (1,))]))
    assert stream.at(1) == (1, (1,))
    assert stream.at(0) == (3, (0,))
    assert stream.at(2) is None
    assert list(stream) == list(stream) == [(3, (0,)), (1, (1,))]


def test_merged_streams_come_best_first_ties_in_order_of_the_assignment() -> None:
    assert list(merge(streams())) == everything()


def test_the_product_has_the_same_assignments_in_any_order() -> None:
    assert sorted(lazy_product(streams())) == sorted(everything())


@pytest.mark.parametrize("combine", [merge, lazy_product])
def test_no_streams_have_one_empty_assignment(combine: Any) -> None:
    assert list(combine([])) == [(0, ())]


@pytest.mark.parametrize("combine", [merge, lazy_product])
def test_an_empty_stream_leaves_nothing(combine: Any) -> None:
    assert list(combine([*streams(), Stream((3,), iter([]))])) == []


def test_merging_reads_no_more_than_it_needs() -> None:
    def endless() -> Iterator[Scored]:
        for number in count():
            yield -number, (number,)

    merged = merge([Stream((place,), endless()) for place in range(3)])
    assert [score for score, _ in islice(merged, 5)] == [0, -1, -1, -1, -2]


@pytest.mark.parametrize("small", [0, 4096])
def test_a_component_comes_in_canonical_order_sorted_or_searched(
    draft: Any, monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    monkeypatch.setattr(module, "SMALL", small)
    component = draft.component(
        draft.variable("A.a", {"P.x": 5, "P.y": 5, "P.z": 1}),
        draft.variable("A.b", {"P.x": 2, "P.y": -3}, required=False),
    )
    scores = [[5, 5, 1], [2, -3, 0]]
    expected = [(scores[0][i] + scores[1][j], (i, j)) for i in range(3) for j in range(3)]
    expected.sort(key=lambda item: (-item[0], item[1]))
    assert list(best_first(ConstraintEngine(), component)) == expected
