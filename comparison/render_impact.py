"""Writes what a change does to many pipelines: text for people, Markdown, JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from ..problems.records import to_record
from .impact import Impact
from .render import SCHEMA, summary, to_data, to_markdown, to_text


def impact_text(impacts: Sequence[Impact]) -> str:
    """Write impacts for a terminal, a paragraph for each pipeline."""
    return "\n".join(line for impact in impacts for line in _lines(impact)) + "\n" if impacts else ""


def _lines(impact: Impact) -> Iterator[str]:
    was = f", was {impact.was}" if impact.was else ""
    yield f"{impact.document}: {impact.status}{was}{_told(impact)}"
    if impact.steps:
        yield f"    takes it in {', '.join(impact.steps)}"
    if impact.difference and not impact.difference.is_empty:
        _, *details = to_text(impact.difference).splitlines()
        yield from (f"    {line}" for line in details)
    else:
        yield from (f"    {line}" for line in impact.bindings)
        yield from (f"    {problem}" for problem in impact.problems)


def _told(impact: Impact) -> str:
    if impact.difference and not impact.difference.is_empty:
        return f" ({summary(impact.difference)})"
    return (
        f" (there is no lock to compare it with: stepwire lock {impact.document})"
        if impact.status == "untold" and not impact.problems
        else ""
    )


def impact_summary(impacts: Sequence[Impact]) -> str:
    """Say how many pipelines are touched, and how."""
    if not impacts:
        return "no pipeline is touched"
    counted = Counter(impact.status for impact in impacts)
    parts = ", ".join(f"{number} {status}" for status, number in sorted(counted.items()))
    return f"{len(impacts)} {'pipeline' if len(impacts) == 1 else 'pipelines'} touched: {parts}"


def impact_markdown(impacts: Sequence[Impact]) -> str:
    """Write impacts for a pull request."""
    lines = [f"### {impact_summary(impacts)}"]
    if impacts:
        lines += ["", "| pipeline | | what happens |", "| --- | --- | --- |"]
        lines += [f"| `{it.document}` | {it.status} | {_row(it)} |" for it in impacts]
    for impact in impacts:
        if impact.difference and not impact.difference.is_empty:
            lines += [
                "",
                f"<details><summary>{impact.document}</summary>",
                "",
                to_markdown(impact.difference),
            ]
            lines += ["</details>"]
    return "\n".join(lines) + "\n"


def _row(impact: Impact) -> str:
    was = f"was `{impact.was}`: " if impact.was else ""
    if impact.difference:
        return was + summary(impact.difference)
    return was + "; ".join(problem.message.replace("|", "\\|") for problem in impact.problems)


def impact_data(impacts: Sequence[Impact]) -> dict[str, Any]:
    """Write impacts as a JSON value."""
    return {
        "schema": SCHEMA,
        "pipelines": [
            {
                "document": impact.document,
                "status": impact.status,
                "was": impact.was or None,
                "steps": list(impact.steps),
                "bindings": list(impact.bindings),
                "difference": to_data(impact.difference) if impact.difference else None,
                "problems": [to_record(problem) for problem in impact.problems],
            }
            for impact in impacts
        ],
    }
