"""Markdown that no name in a document can turn into a mention, a link or a picture."""

from __future__ import annotations

import pytest

from stepwire.comparison.markdown import code, in_tag, prose

NASTY = [
    "@octocat",
    "#12",
    "![x](https://e.x/p.png)",
    "[x](y)",
    "<img src=x>",
    "&#64;octocat",
    "a|b",
    "www.x.y",
]


@pytest.mark.parametrize("text", NASTY)
def test_no_name_is_markup_in_a_sentence(text: str) -> None:
    """Backslashes take markup its meaning; what GitHub finds in finished text is parted."""
    for sign in "[]()<|!":
        assert f"\\{sign}" in prose(text) or sign not in text
    for found in ("@octocat", "#12", "https:", "www.", "&#64;"):
        assert found not in prose(text)
        assert found not in in_tag(text)
    assert "<" not in in_tag(text)


@pytest.mark.parametrize("text", [*NASTY, "a`b", "``", "two\nlines"])
def test_code_is_one_line_that_its_content_cannot_leave(text: str) -> None:
    written = code(text)
    fence = written[: len(written) - len(written.lstrip("`"))]
    assert written.endswith(fence)
    assert fence not in written[len(fence) : -len(fence)]
    assert "\n" not in written
    assert "|" not in written.replace("\\|", "")


def test_plain_words_stay_as_they_are() -> None:
    assert prose("step 'Split': output 'test' is now called 'exam'") == (
        "step 'Split': output 'test' is now called 'exam'"
    )
    assert code("Split.train") == "`Split.train`"
