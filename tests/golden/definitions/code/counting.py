"""Counts rows."""

from __future__ import annotations

from pathlib import Path


def count(rows: str, place: str, separator: str, limit: int, run: str, bar: float = 0.0) -> dict[str, object]:
    """Count the rows of a folder that have the separator."""
    lines = [line for path in Path(rows).iterdir() for line in path.read_text().splitlines()][:limit]
    share = sum(separator in line for line in lines) / len(lines)
    return {"share": share, "names": [place, run], "above": share > bar}
