"""Writes problems for machines: JSON, SARIF 2.1.0, and annotations of GitHub Actions."""

from __future__ import annotations

import json
import re
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
from .pages import Page, pages

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
    """Write a problem as a JSON value; lines and columns count from 1, and an end is just past its place."""
    return {
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint or None,
        "position": to_place(problem.position),
        "related": [{"message": word, "position": to_place(where)} for where, word in problem.related],
    }


def to_place(where: Position | None) -> dict[str, Any] | None:
    """Write a place as a JSON value; lines and columns count from 1."""
    if where is None:
        return None
    end = {"line": where.end[0], "column": where.end[1]} if where.end else None
    return {"file": where.file, "line": where.line, "column": where.column, "end": end}


def to_github(problems: Sequence[Problem], level: str) -> str:
    """Write problems as workflow commands, which GitHub shows beside the lines they name."""
    return "".join(f"{_annotation(problem, level)}\n" for problem in problems)


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


def _sentence(problem: Problem) -> str:
    return f"{problem.message} ({problem.hint})" if problem.hint else problem.message


def to_sarif(problems: Sequence[Problem], warnings: Sequence[Problem] = ()) -> dict[str, Any]:
    """Write problems as a SARIF 2.1.0 log of one run."""
    codes = sorted({problem.code for problem in (*problems, *warnings)})
    levels = ((problems, "error"), (warnings, "warning"))
    run = {
        "tool": {"driver": {"name": "stepwire", "rules": [_rule(code) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(problem, codes.index(problem.code), level) for group, level in levels for problem in group
        ],
    }
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    page = pages().get(code)
    return {"id": code, **_told(page)} if page else {"id": code}


def _told(page: Page) -> dict[str, Any]:
    return {
        "name": "".join(word[0].upper() + word[1:] for word in re.findall(r"\w+", page.title)),
        "shortDescription": {"text": f"{page.title[0].upper()}{page.title[1:]}."},
        "fullDescription": {"text": page.summary},
        "help": {"text": page.text, "markdown": page.text},
    }


def _result(problem: Problem, rule: int, level: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": level,
        "message": {"text": _sentence(problem)},
    }
    if problem.position:
        result["locations"] = [_location(problem.position)]
    if problem.related:
        result["relatedLocations"] = [
            {"id": number, **_location(where), "message": {"text": word}}
            for number, (where, word) in enumerate(problem.related, start=1)
        ]
    return result


def _location(where: Position) -> dict[str, Any]:
    region = {"startLine": where.line, "startColumn": where.column}
    if where.end:
        region |= {"endLine": where.end[0], "endColumn": where.end[1]}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(where.file)}, "region": region}}


def _uri(file: str) -> str:
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
