"""Rows of figures: one by one on the terminal, all together as JSON."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from rich.console import Console
from rich.text import Text

from .measure import Answer, Measured
from .targets import Target

LIBRARIES = ("clingo", "networkx", "python-constraint2")

LONG = 18
"""Numbers of more digits are shown by how many they have."""


@dataclass(frozen=True)
class Row:
    """What one contender answered to a question; `found` is None when `limit` seconds did not suffice.

    `ratio` says of a rival how many times as fast stepwire was; `target` is stepwire's, judged in `met`.
    """

    regime: str
    steps: int
    question: str
    contender: str
    found: Measured | None
    limit: float
    ratio: float | None = None
    target: Target | None = None
    met: bool | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the row as plain values."""
        found = self.found
        return {
            "regime": self.regime,
            "steps": self.steps,
            "question": self.question,
            "contender": self.contender,
            "seconds": round(found.seconds, 4) if found else None,
            "cpu": round(found.cpu, 4) if found else None,
            "memory": found.memory if found else None,
            "of which preparing": round(found.preparing, 4) if found else None,
            "limit": self.limit,
            "answer": dict(found.answer) if found else None,
            "ratio": self.ratio and float(f"{self.ratio:.3g}"),
            "target": str(self.target) if self.target else None,
            "met": self.met,
        }


def write_json(rows: Iterable[Row]) -> str:
    """Write all rows, and what they were measured with."""
    measured_with = {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}
    return json.dumps({"with": measured_with, "rows": [row.as_json() for row in rows]}, indent=2) + "\n"


class Table:
    """A table on the terminal that grows by a line as each row is found; a rival's line is indented."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=True)
        times = f"{'total':>10}{'cpu':>10}{'stating':>10}{'memory':>9}"
        self._print(f"{'':2}{'steps':>5}  {'question':26}{times}  {'target':24}answer", "bold")

    def add(self, row: Row) -> None:
        """Print a row."""
        time = f"{row.found.seconds:.3f} s" if row.found else f"> {row.limit:g} s"
        cpu = f"{row.found.cpu:.3f} s" if row.found else ""
        answer = ", ".join(_told(row.found.answer)) if row.found else ""
        if row.contender != "stepwire":
            times = f"{'' if row.found else '> '}{_significant(row.ratio)}x" if row.ratio else ""
            self._print(
                f"{'':9}  {row.contender:24}{time:>10}{cpu:>10}{times:>10}{'':9}  {'':24}{answer}", "dim"
            )
            return
        stating = f"{row.found.preparing:.3f} s" if row.found and row.found.preparing else ""
        memory = f"{row.found.memory} MB" if row.found and row.found.memory else ""
        target = f"{'✓' if row.met else '✗'} {row.target}" if row.target else ""
        style = {True: "green", False: "red", None: ""}[row.met]
        name = f"{row.regime:2}{row.steps:>5}  {row.question:26}"
        self._print(f"{name}{time:>10}{cpu:>10}{stating:>10}{memory:>9}  {target:24}{answer}", style)

    def sum_up(self, rows: Iterable[Row]) -> None:
        """Say how many targets were met, and which were not."""
        held = [row for row in rows if row.target]
        missed = [row for row in held if not row.met]
        self._print(f"\n{len(held) - len(missed)} of {len(held)} targets met", "bold")
        for row in missed:
            self._print(f"  missed: {row.regime} {row.steps} {row.question}, {row.target}", "red")

    def _print(self, line: str, style: str) -> None:
        self._console.print(Text(line.rstrip(), style))


def _significant(number: float) -> str:
    return f"{number:,.0f}" if number >= 10 else f"{number:.1f}"


def _told(answer: Answer) -> Iterator[str]:
    for name, value in answer.items():
        match value:
            case False if name == "wrong":
                continue
            case bool():
                yield name if value else f"not {name}"
            case str() if len(value) > LONG:
                yield f"{name} of {len(value)} digits"
            case int() | float():
                yield f"{value:,} {name}" if name != "rate" else f"{value:,} a second"
            case _:
                yield f"{name} {value}"
