"""Tells what a change does to many pipelines, and writes it as Markdown and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ..problems.blocks import Blocks, Line, Tone
from ..problems.counts import counted, listed
from ..problems.records import to_record
from .difference_record import DIFFERENCE_SCHEMA, difference_to_data
from .impact import Impact, ImpactStatus
from .markdown import code, difference_to_markdown, in_tag, prose

_TONES = {"unchanged": Tone.CURE, "rewired": Tone.FAILURE, "unresolved": Tone.FAILURE, "broken": Tone.FAILURE}


def impact_blocks(impacts: Sequence[Impact]) -> Blocks:
    """Tell impacts, a paragraph for each pipeline."""
    for impact in impacts:
        was = f", was {impact.was}" if impact.was else ""
        tone = _TONES.get(impact.status, Tone.PLAIN)
        yield Line(f"{impact.document}: {_status(impact.status)}{was}{_told(impact)}", 0, tone)
        if impact.steps:
            yield Line(f"used by {listed(impact.steps)}", 1)
        if impact.difference and not impact.difference.is_empty:
            yield from impact.difference.details(1)
        else:
            yield from (Line(line, 1) for line in impact.bindings)
            yield from (Line(str(problem), 1) for problem in impact.problems)


def _status(status: ImpactStatus) -> str:
    return "not compared" if status == "untold" else status


def _told(impact: Impact) -> str:
    if impact.difference and not impact.difference.is_empty:
        return f" ({impact.difference.summary})"
    return (
        " (there is no lock to compare it with)" if impact.status == "untold" and not impact.problems else ""
    )


def impact_summary(impacts: Sequence[Impact]) -> str:
    """Say how many pipelines are touched, and how."""
    if not impacts:
        return "no pipeline is touched"
    statuses = Counter(_status(impact.status) for impact in impacts)
    parts = ", ".join(f"{number} {status}" for status, number in sorted(statuses.items()))
    return f"{counted(len(impacts), 'pipeline')} touched: {parts}"


def impact_markdown(impacts: Sequence[Impact]) -> str:
    """Write impacts for a pull request."""
    lines = [f"### {impact_summary(impacts)}"]
    if impacts:
        lines += ["", "| pipeline | | what happens |", "| --- | --- | --- |"]
        lines += [f"| {code(it.document)} | {_status(it.status)} | {_row(it)} |" for it in impacts]
    for impact in impacts:
        if impact.difference and not impact.difference.is_empty:
            lines += [
                "",
                f"<details><summary>{in_tag(impact.document)}</summary>",
                "",
                difference_to_markdown(impact.difference),
            ]
            lines += ["</details>"]
    return "\n".join(lines) + "\n"


def _row(impact: Impact) -> str:
    was = f"was {code(impact.was)}: " if impact.was else ""
    if impact.difference:
        return was + impact.difference.summary
    return was + "; ".join(prose(problem.message) for problem in impact.problems)


def impact_data(impacts: Sequence[Impact]) -> dict[str, Any]:
    """Write impacts as a JSON value."""
    return {
        "schema": DIFFERENCE_SCHEMA,
        "pipelines": [
            {
                "document": impact.document,
                "status": impact.status,
                "was": impact.was or None,
                "steps": list(impact.steps),
                "bindings": list(impact.bindings),
                "difference": difference_to_data(impact.difference) if impact.difference else None,
                "problems": [to_record(problem) for problem in impact.problems],
            }
            for impact in impacts
        ],
    }
