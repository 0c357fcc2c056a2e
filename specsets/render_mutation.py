"""Tells audits of spec sets, and writes them as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..problems.blocks import Blocks, Line, Tone
from ..problems.counts import counted
from ..problems.records import to_record
from .mutation import Audit, score

AUDIT_SCHEMA = 1


def audit_blocks(audits: Sequence[Audit]) -> Blocks:
    """Tell audits: the breaks that nothing noticed, and the score of each set and of all."""
    for audit in audits:
        yield from _audit(audit)
    whole = score(audits)
    breaks, noticed = sum(item.breaks for item in audits), sum(item.noticed for item in audits)
    harmless = sum(item.harmless for item in audits)
    worth = "no mutation score" if whole is None else f"mutation score {whole:.1f} %"
    yield Line("")
    yield Line(f"{worth}: {noticed} of {counted(breaks, 'break')} noticed, {harmless} harmless")


def _audit(audit: Audit) -> Blocks:
    if audit.problems and not audit.is_late:
        yield Line(f"{audit.path}: not audited, as it cannot be used, or fails, unbroken", 0, Tone.FAILURE)
        yield from (Line(str(problem), 1) for problem in audit.problems)
        return
    own = score([audit])
    worth = "nothing to notice" if own is None else f"{own:.1f} %"
    yield Line(f"{audit.path}: {worth}, {audit.noticed} of {counted(audit.breaks, 'break')} noticed")
    yield from (Line(f"not noticed: {words}", 1) for words in audit.survivors)
    yield from (Line(str(problem), 1, Tone.DOUBT) for problem in audit.problems)


def audit_data(audits: Sequence[Audit]) -> dict[str, Any]:
    """Write audits as a JSON value."""
    return {
        "schema": AUDIT_SCHEMA,
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
