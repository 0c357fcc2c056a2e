"""Writes problems for machines: JSON, SARIF 2.1.0, and annotations of GitHub Actions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from .problem import Position, Problem, is_note, to_json_path


def to_format(problems: Sequence[Problem], format_: str, *, warnings: Sequence[Problem] = ()) -> str:
    """Write problems as `json`, `sarif` or `github`; nothing for `text`, where they were said already.

    Those of `warnings` whose code is a note are told as such.
    """
    match format_:
        case "json":
            value: Any = {
                "schema": 1,
                "problems": [to_record(problem) for problem in problems],
                "warnings": [to_record(problem) for problem in warnings if not is_note(problem)],
                "notes": [to_record(problem) for problem in warnings if is_note(problem)],
            }
        case "sarif":
            from .sarif import to_sarif  # reads the pages of all codes

            value = to_sarif(problems, warnings)
        case "github":
            from .github import to_github, to_github_doubts  # reads pages, too

            return to_github(problems, "error") + to_github_doubts(warnings)
        case _:
            return ""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def located(problems: Sequence[Problem], file: Path) -> list[Problem]:
    """Place problems that have no place of their own at the top of a file: viewers show no others."""
    top = Position(str(file), 1, 1)
    return [replace(problem, position=problem.position or top) for problem in problems]


def to_record(problem: Problem) -> dict[str, Any]:
    """Write a problem as a JSON value; lines and columns count from 1, and an end is just past its place.

    What stands in a definition has its JSON path there, too.
    """
    record = {
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint or None,
        "position": to_place(problem.position),
        "related": [{"message": word, "position": to_place(where)} for where, word in problem.related],
    }
    return record | ({"json_path": to_json_path(problem.location)} if problem.location else {})


def to_place(where: Position | None) -> dict[str, Any] | None:
    """Write a place as a JSON value; lines and columns count from 1."""
    if where is None:
        return None
    end = {"line": where.end[0], "column": where.end[1]} if where.end else None
    return {"file": where.file, "line": where.line, "column": where.column, "end": end}
