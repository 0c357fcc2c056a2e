"""What a person sees: no word broken by the terminal, no colour where none is wanted."""

from __future__ import annotations

import pytest

from stepwire.cli import console
from stepwire.cli.console import columns, echo, is_coloured, warn
from stepwire.problems.codes import Code
from stepwire.problems.problem import Problem

SENTENCE = "the quick brown fox jumps over the lazy dog"
PATH = ".stepwire/s3/bucket/pipeline/run-0001/preprocess/train"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both streams be a terminal of 30 columns."""
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(console, "_is_terminal", lambda *, err: True)


def test_a_pipe_gets_each_line_whole(capsys: pytest.CaptureFixture[str]) -> None:
    echo(SENTENCE)
    assert capsys.readouterr().out == f"{SENTENCE}\n"


@pytest.mark.usefixtures("terminal")
def test_a_terminal_breaks_no_word_and_no_path(capsys: pytest.CaptureFixture[str]) -> None:
    echo(f"{SENTENCE}\n  train: {PATH}\nshort")
    assert capsys.readouterr().out.splitlines() == [
        "the quick brown fox jumps over",
        "    the lazy dog",
        "  train:",
        f"      {PATH}",
        "short",
    ]


@pytest.mark.usefixtures("terminal")
def test_a_warning_leaves_room_for_its_mark(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    warn([Problem(Code.AMBIGUOUS, SENTENCE)])
    told = capsys.readouterr().err.splitlines()
    assert told == ["warning: the quick brown fox", "    jumps over the lazy dog", "    [SW301]"]


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_are_for_terminals_that_show_them(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    assert is_coloured(err=True)
    monkeypatch.setenv(name, value)
    assert not is_coloured(err=True)


@pytest.mark.parametrize(("said", "width"), [("72", 72), ("", 100), ("0", 100), ("wide", 100)])
def test_a_stream_that_is_no_terminal_is_as_wide_as_any_text(
    monkeypatch: pytest.MonkeyPatch, said: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", said)
    assert columns(err=True) == width
