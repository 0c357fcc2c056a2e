"""Reports as text of a width, with colours and as HTML."""

from __future__ import annotations

import pytest

from stepwire.problems.blocks import Grid, Line, Tone
from stepwire.problems.layout import blocks_to_html, blocks_to_text

BLOCKS = (
    Line("a title", 0, Tone.TITLE),
    Line("a sentence of several words that is longer than the width allows", 1, Tone.CURE, "1)"),
    Grid(("source", "type"), (("wanted:", "this"), ("A.b", "✗ that"), ("A.c", "✓ this")), 1),
)


def test_a_line_stays_clear_of_its_mark() -> None:
    assert blocks_to_text(BLOCKS, width=40).splitlines()[1:3] == [
        "    1) a sentence of several words that",
        "       is longer than the width allows",
    ]


def test_a_grid_has_its_columns_under_each_other() -> None:
    assert blocks_to_text(BLOCKS[2:]).splitlines() == [
        "    source   type",
        "    wanted:  this",
        "    A.b      ✗ that",
        "    A.c      ✓ this",
    ]


def test_a_column_that_can_be_spared_goes_before_rows_are_broken() -> None:
    grid = Grid(("source", "score", "more"), (("A.b", "1", "words"),), spare=1)
    assert blocks_to_text([grid], width=20).splitlines() == ["source  score  more", "A.b     1      words"]
    assert blocks_to_text([grid], width=15).splitlines() == ["source  score", "A.b     1"]
    assert blocks_to_text([grid], width=10).splitlines() == [
        "source",
        "A.b",
        "    score",
        "    1;",
        "    more",
        "    words",
    ]


@pytest.mark.parametrize("width", [60, 80, 200])
def test_nothing_is_wider_than_asked_for(width: int) -> None:
    long = Grid(("source", "type"), (("Step.output", "word " * 80), ("x" * 90, "y" * 90)))
    assert max(map(len, blocks_to_text((*BLOCKS, long), width=width).splitlines())) <= width


def test_colours_come_only_when_asked_for() -> None:
    assert "\x1b[" not in blocks_to_text(BLOCKS)
    assert "\x1b[" in blocks_to_text(BLOCKS, colour=True)


def test_brackets_and_tags_are_shown_as_they_are() -> None:
    line = Line("not [bold]markup[/bold], no :smile:, and <b>no</b> tag")
    assert blocks_to_text([line]) == line.text
    assert "&lt;b&gt;no&lt;/b&gt;" in blocks_to_html([line])


def test_a_name_wider_than_the_line_is_broken_at_its_joints() -> None:
    name = "train-the-boosted-trees.preprocessed_transactions_of_all_customers"
    told = blocks_to_text([Line(f"change {name} now", 1)], width=40)
    assert [line.strip() for line in told.splitlines()] == [
        "change train-the-boosted-trees.",
        "preprocessed_transactions_of_all_",
        "customers now",
    ]
