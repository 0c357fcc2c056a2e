"""How often a binding is wrong, by its margin."""

from __future__ import annotations

import pytest

from stepwire.solver.ranking.doubt import UP_TO, WRONG, doubt, likelihood


def test_larger_margins_are_never_more_doubtful() -> None:
    doubts = [doubt(margin) for margin in range(40)]
    assert doubts == sorted(doubts, reverse=True)
    assert len(WRONG) == len(UP_TO) + 1
    assert doubt(None) == 0


@pytest.mark.parametrize(
    ("margin", "said"), [(0, "1 in 2"), (3, "1 in 4"), (19, "1 in 50"), (20, "1 in 100")]
)
def test_doubt_is_told_as_one_in_so_many(margin: int, said: str) -> None:
    assert said in likelihood(doubt(margin))


def test_what_no_wiring_makes_otherwise_is_hardly_ever_wrong() -> None:
    assert likelihood(doubt(None)).startswith("hardly any")
