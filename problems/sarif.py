"""Writes problems as a SARIF 2.1.0 log."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .pages import Page, pages
from .problem import Position, Problem, is_note, to_json_path

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def _sentence(problem: Problem) -> str:
    return f"{problem.message} ({problem.hint})" if problem.hint else problem.message


def to_sarif(problems: Sequence[Problem], warnings: Sequence[Problem] = ()) -> dict[str, Any]:
    """Write problems as a SARIF 2.1.0 log of one run."""
    codes = sorted({problem.code for problem in (*problems, *warnings)})
    doubts = [(problem, "note" if is_note(problem) else "warning") for problem in warnings]
    told = [*((problem, "error") for problem in problems), *doubts]
    run = {
        "tool": {"driver": {"name": "stepwire", "rules": [_rule(code) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code), level) for problem, level in told],
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
    place = _location(problem.position) if problem.position else {}
    if problem.location:
        place["logicalLocations"] = [{"fullyQualifiedName": to_json_path(problem.location)}]
    if place:
        result["locations"] = [place]
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
