"""When a binding is called ambiguous, and how it is doubted."""

from __future__ import annotations

import pytest

from stepwire.solver.problem.candidates import Candidate
from stepwire.solver.ranking.doubt import doubt
from stepwire.solver.ranking.evidence import Evidence
from stepwire.solver.search.binding import Binding, rests_on
from stepwire.specs import Port

TYPE = Evidence("exact-type", 6)
TAKEN, OTHER = Port("Split", "train"), Port("Split", "test")


def bound(margin: int, taken: tuple[Evidence, ...], other: tuple[Evidence, ...]) -> Binding:
    """A binding that one other source rivals."""
    candidates = [
        Candidate(port, sum(piece.points for piece in pieces), pieces)
        for port, pieces in ((TAKEN, (TYPE, *taken)), (OTHER, (TYPE, *other)))
    ]
    row = rests_on(candidates[0], candidates, margin)
    return Binding(Port("Check", "data"), TAKEN, candidates[0].score, margin=margin, rests_on=row)


@pytest.mark.parametrize(
    ("taken", "other", "is_doubted"),
    [
        ([("right-data", 10)], [("fair-data", 2)], True),
        ([("exact-name", 15)], [("contained-words", 7)], False),
        ([("step-name", 5)], [], False),
        ([("made-by-step", 4)], [], True),
        ([("step-name", 5), ("made-by-step", 4)], [("status", -5), ("exact-data-type", 8)], True),
    ],
)
def test_a_margin_is_worth_what_the_rows_that_make_it_are(
    taken: list[tuple[str, int]], other: list[tuple[str, int]], *, is_doubted: bool
) -> None:
    pieces = [tuple(Evidence(*piece) for piece in side) for side in (taken, other)]
    margin = sum(piece.points for piece in pieces[0]) - sum(piece.points for piece in pieces[1])
    binding = bound(margin, *pieces)
    assert binding.is_ambiguous is is_doubted
    assert binding.doubt == (doubt(min(margin, 6)) if is_doubted else doubt(max(margin, 7)))
