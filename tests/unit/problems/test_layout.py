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


def test_a_number_is_not_broken_though_it_has_several_words() -> None:
    grid = Grid(("BINDING", "WRONG"), (("A.b", "1 in 100"),), right=frozenset((1,)), spare=1)
    assert blocks_to_text([grid], width=17).splitlines() == ["BINDING     WRONG", "A.b      1 in 100"]
    assert blocks_to_text([grid], width=16).splitlines() == ["BINDING", "A.b"]


def test_rows_below_each_other_keep_what_belongs_together_in_a_line() -> None:
    grid = Grid(("BINDING", "TAKES", "LEAD", "WRONG"), (("A.b", "Step.output", "12", "1 in 100"),))
    assert blocks_to_text([grid], width=26).splitlines() == [
        "BINDING",
        "A.b",
        "    takes Step.output;",
        "    lead 12;",
        "    wrong 1 in 100",
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


def test_a_notebook_neither_wraps_lines_nor_shows_what_is_dark_on_dark() -> None:
    page = blocks_to_html([Line("failed", 0, Tone.FAILURE), Line(""), Line("plain")])
    assert "white-space:pre;" in page
    assert "#d84040" in page
    assert not any(line.endswith(" ") for line in page.splitlines())


def test_a_name_wider_than_the_line_is_broken_at_its_joints() -> None:
    name = "train-the-boosted-trees.preprocessed_transactions_of_all_customers"
    told = blocks_to_text([Line(f"change {name} now", 1)], width=40)
    assert [line.strip() for line in told.splitlines()] == [
        "change train-the-boosted-trees.",
        "preprocessed_transactions_of_all_",
        "customers now",
    ]
