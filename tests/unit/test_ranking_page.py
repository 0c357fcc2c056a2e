"""The page that explains the ranking says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from stepwire.solver.ranking.ambiguity_limits import ALONE, AMBIGUOUS_BELOW, HEAVY
from stepwire.solver.ranking.doubt import UP_TO, WRONG
from stepwire.solver.ranking.vocabulary import SYNONYMS
from stepwire.specs.evidence_points import PIECES

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
    assert set(rows) == expected
    assert len(rows) == len(PIECES)


def test_the_synonyms_are_listed() -> None:
    assert [
        tuple(line[2:].split(", "))
        for line in PAGE.splitlines()
        if line.startswith("- ") and "**" not in line
    ] == [*SYNONYMS]


def test_the_threshold_is_told() -> None:
    assert f"margin below {AMBIGUOUS_BELOW} is an ambiguity warning" in PAGE
    assert f"one up to {ALONE} of which a single heavy piece of evidence ({HEAVY} points" in PAGE


def test_how_often_a_binding_is_wrong_is_told_for_every_band_of_margins() -> None:
    rows = re.findall(r"^\| (\d+|more)[^|]*\|[^|]*\|[^|]*\|[^|]*\| (\d+) % \|$", PAGE, re.MULTILINE)
    assert [int(told) for _, told in rows] == list(WRONG)
    assert [start for start, _ in rows] == ["0", *(str(last + 1) for last in UP_TO[:-1]), "more"]
