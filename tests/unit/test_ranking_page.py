"""The page that explains the ranking says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from stepwire.solver.problem.joint_pieces import JOINT_PIECES
from stepwire.solver.ranking.ambiguity_limits import (
    ALONE,
    AMBIGUOUS_BELOW,
    DATA_BELOW,
    SURE_FROM,
    SURE_ROWS,
)
from stepwire.solver.ranking.doubt import UP_TO, WRONG
from stepwire.solver.ranking.pieces import PIECES, ROW_OF
from stepwire.solver.ranking.vocabulary import SYNONYMS
from stepwire.specs.evidence_kinds import EVIDENCE_KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "ranking.md").read_text("utf-8")


def test_every_kind_of_evidence_has_its_row_and_no_other() -> None:
    """Kind, points, how often it counts, and the reason stand in the tables as they stand in the code."""
    rows = re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
    expected = {
        (
            kind,
            f"{piece.points:+d}" + (f", up to {piece.at_most} times" if piece.at_most > 1 else ""),
            piece.reason,
        )
        for kind, piece in PIECES.items()
    }
    expected |= {(kind, f"{piece.points:+d}", piece.reason) for kind, piece in JOINT_PIECES.items()}
    assert set(rows) == expected
    assert len(rows) == len(expected)


def test_each_kind_of_evidence_that_may_be_weighed_has_a_row_and_a_reason() -> None:
    """Documents are checked against the names alone, by a room that knows nothing of the solver."""
    assert sorted((*PIECES, *JOINT_PIECES)) == sorted(EVIDENCE_KINDS)
    reasons = [piece.reason for piece in PIECES.values()] + [piece.reason for piece in JOINT_PIECES.values()]
    assert all(reason and not reason.endswith(".") for reason in reasons)


def test_joint_evidence_is_stated_where_its_row_says() -> None:
    problem = Path(__file__).parents[2] / "solver" / "problem"
    for kind, piece in JOINT_PIECES.items():
        text = (problem / f"{piece.stated_in}.py").read_text("utf-8")
        assert f'"{kind}"' in text or "SHARED" in text


def test_the_synonyms_are_listed() -> None:
    assert [
        tuple(line[2:].split(", "))
        for line in PAGE.splitlines()
        if line.startswith("- ") and "**" not in line
    ] == [*SYNONYMS]


def test_the_threshold_is_told() -> None:
    assert f"margin below {AMBIGUOUS_BELOW} is an ambiguity warning" in PAGE
    assert f"one below {DATA_BELOW} that only the part of the data makes" in PAGE
    assert f"one from {SURE_FROM} that" in PAGE
    assert all(f"`{row}`" in PAGE for row in SURE_ROWS)


def test_limits_are_set_by_the_first_kind_of_a_row() -> None:
    assert {ROW_OF[kind] for kind in ALONE} == ALONE.keys()


def test_how_often_a_binding_is_wrong_is_told_for_every_band_of_margins() -> None:
    rows = re.findall(r"^\| (\d+|more)[^|]*\|[^|]*\|[^|]*\|[^|]*\| (\d+) % \|$", PAGE, re.MULTILINE)
    assert [int(told) for _, told in rows] == list(WRONG)
    assert [start for start, _ in rows] == ["0", *(str(last + 1) for last in UP_TO[:-1]), "more"]
