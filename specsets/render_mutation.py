"""Writes audits of spec sets: text for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..problems.records import to_record
from .mutation import Audit, score

SCHEMA = 1


def audit_text(audits: Sequence[Audit]) -> str:
    """Write audits for a terminal: the breaks that nothing noticed, and the score of each set and of all."""
    lines = [line for audit in audits for line in _lines(audit)]
    whole = score(audits)
    breaks, noticed = sum(item.breaks for item in audits), sum(item.noticed for item in audits)
    harmless = sum(item.harmless for item in audits)
    worth = "nothing to notice" if whole is None else f"{whole:.1f} %"
    lines += ["", f"mutation score {worth}: {noticed} of {breaks} breaks noticed, {harmless} harmless"]
    return "\n".join(lines) + "\n"


def _lines(audit: Audit) -> Iterator[str]:
    if audit.problems:
        yield f"{audit.path}: not audited, as it cannot be used, or fails, unbroken"
        yield from (f"    {problem}" for problem in audit.problems)
        return
    own = score([audit])
    worth = "nothing to notice" if own is None else f"{own:.1f} %"
    yield f"{audit.path}: {worth}, {audit.noticed} of {audit.breaks} breaks noticed"
    yield from (f"    not noticed: {words}" for words in audit.survivors)


def audit_data(audits: Sequence[Audit]) -> dict[str, Any]:
    """Write audits as a JSON value."""
    return {
        "schema": SCHEMA,
        "score": score(audits),
        "sets": [
            {
                "path": str(audit.path),
                "score": score([audit]),
                "noticed": audit.noticed,
                "harmless": audit.harmless,
                "survivors": list(audit.survivors),
                "problems": [to_record(problem) for problem in audit.problems],
            }
            for audit in audits
        ],
    }
