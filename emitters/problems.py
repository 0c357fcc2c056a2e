"""Writes problems for machines: JSON, SARIF 2.1.0, and annotations of GitHub Actions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..errors import (
    AmbiguousWiringError,
    NoWiringError,
    Position,
    Problem,
    ProblemsError,
    SearchLimitError,
    StepwireError,
)

TIED, LIMIT, FAILED = "SW302", "SW303", "SW451"

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def problems_of(error: StepwireError) -> tuple[Problem, ...]:
    """See an error as problems."""
    if isinstance(error, ProblemsError):
        return error.problems
    if isinstance(error, NoWiringError):
        return error.report.problems()
    code = {AmbiguousWiringError: TIED, SearchLimitError: LIMIT}.get(type(error), FAILED)
    return (Problem(code, str(error)),)


def to_format(problems: Sequence[Problem], format_: str, *, warnings: Sequence[Problem] = ()) -> str:
    """Write problems as `json`, `sarif` or `github`; nothing for `text`, where they were said already."""
    match format_:
        case "json":
            value: Any = {
                "schema": 1,
                "problems": [to_record(problem) for problem in problems],
                "warnings": [to_record(problem) for problem in warnings],
            }
        case "sarif":
            value = to_sarif(problems, warnings)
        case "github":
            return to_github(problems, "error") + to_github(warnings, "warning")
        case _:
            return ""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def located(problems: Sequence[Problem], file: Path) -> list[Problem]:
    """Place problems that have no place of their own at the top of a file: viewers show no others."""
    top = Position(str(file), 1, 1)
    return [replace(problem, position=problem.position or top) for problem in problems]


def to_record(problem: Problem) -> dict[str, Any]:
    """Write a problem as a JSON value; lines and columns count from 1."""
    place = to_place(problem.position)
    return {"code": problem.code, "message": problem.message, "hint": problem.hint or None, "position": place}


def to_place(where: Position | None) -> dict[str, Any] | None:
    """Write a place as a JSON value; lines and columns count from 1."""
    return {"file": where.file, "line": where.line, "column": where.column} if where else None


def to_github(problems: Sequence[Problem], level: str) -> str:
    """Write problems as workflow commands, which GitHub shows beside the lines they name."""
    return "".join(f"{_annotation(problem, level)}\n" for problem in problems)


def _annotation(problem: Problem, level: str) -> str:
    where = problem.position
    parts = {"file": where.file, "line": where.line, "col": where.column} if where else {}
    named = ",".join(
        f"{key}={_property(str(value))}" for key, value in {**parts, "title": problem.code}.items()
    )
    return f"::{level} {named}::{_data(_sentence(problem))}"


def _data(text: str) -> str:
    """Escape as GitHub's workflow commands ask for their data."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _sentence(problem: Problem) -> str:
    return f"{problem.message} ({problem.hint})" if problem.hint else problem.message


def to_sarif(problems: Sequence[Problem], warnings: Sequence[Problem] = ()) -> dict[str, Any]:
    """Write problems as a SARIF 2.1.0 log of one run."""
    codes = sorted({problem.code for problem in (*problems, *warnings)})
    levels = ((problems, "error"), (warnings, "warning"))
    run = {
        "tool": {"driver": {"name": "stepwire", "rules": [{"id": code} for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(problem, codes.index(problem.code), level) for group, level in levels for problem in group
        ],
    }
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(problem: Problem, rule: int, level: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": level,
        "message": {"text": _sentence(problem)},
    }
    where = problem.position
    if where:
        region = {"startLine": where.line, "startColumn": where.column}
        artifact = {"uri": _uri(where.file)}
        result["locations"] = [{"physicalLocation": {"artifactLocation": artifact, "region": region}}]
    return result


def _uri(file: str) -> str:
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
