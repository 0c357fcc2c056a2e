"""Writes problems as annotations of GitHub Actions."""

from __future__ import annotations

from collections.abc import Sequence

from .problem import Position, Problem, is_note
from .sarif import _sentence


def to_github(problems: Sequence[Problem], level: str) -> str:
    """Write problems as workflow commands, which GitHub shows beside the lines they name."""
    return "".join(f"{_annotation(problem, level)}\n" for problem in problems)


def to_github_doubts(doubts: Sequence[Problem]) -> str:
    """Write what may be meant as warnings, and notes as notices."""
    return "".join(to_github([problem], "notice" if is_note(problem) else "warning") for problem in doubts)


def _annotation(problem: Problem, level: str) -> str:
    parts = {**(_span(problem.position) if problem.position else {}), "title": problem.code}
    named = ",".join(f"{key}={_property(str(value))}" for key, value in parts.items())
    return f"::{level} {named}::{_data(_sentence(problem))}"


def _span(where: Position) -> dict[str, str | int]:
    """Name a place as annotations do, which have columns only within one line."""
    if where.end is None:
        return {"file": where.file, "line": where.line, "col": where.column}
    line, column = where.end
    if line > where.line:
        return {"file": where.file, "line": where.line, "endLine": line}
    return {
        "file": where.file,
        "line": where.line,
        "col": where.column,
        "endLine": line,
        "endColumn": column,
    }


def _data(text: str) -> str:
    """Escape as GitHub's workflow commands ask for their data."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
