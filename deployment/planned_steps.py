"""One step, and one field, of what deploying would change, and how they are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ..comparison.changes import ABSENT
from ..comparison.digest import compact
from ..comparison.fields import FieldChange
from ..problems.blocks import Line, Tone
from .caching import CacheVerdict

StepStatus = Literal["added", "removed", "renamed", "changed", "unchanged"]

MOST = 300
"""How many characters of a value are shown."""

_SIGNS = {"added": "+", "removed": "-", "renamed": ">", "changed": "~", "unchanged": "="}
_TONES = {"added": Tone.CURE, "removed": Tone.FAILURE}


@dataclass(frozen=True)
class PlannedField:
    """A field that will differ, and what made it so; no cause where nothing tells one."""

    change: FieldChange
    cause: str = ""


@dataclass(frozen=True)
class PlannedStep:
    """What becomes of one step; a renamed one `was` another, by the evidence told."""

    name: str
    status: StepStatus
    fields: tuple[PlannedField, ...] = ()
    cache: CacheVerdict | None = None
    was: str = ""
    evidence: str = ""

    def lines(self) -> Iterator[Line]:
        """Tell what becomes of the step."""
        told = f"step '{self.name}' {self.status}"
        if self.status == "renamed":
            told = f"step '{self.was}' is now called '{self.name}' ({self.evidence})"
        cache = f"; {self.cache}" if self.cache else ""
        faint = Tone.FAINT if self.status == "unchanged" else Tone.PLAIN
        yield Line(f"{told}{cache}", 0, _TONES.get(self.status, faint), mark=_SIGNS[self.status])
        for item in self.fields:
            yield Line(say_field(item.change), 1)
            if item.cause:
                yield Line(f"because {item.cause}", 2, Tone.FAINT)


def say_field(change: FieldChange) -> str:
    """Say how a field of a step differs."""
    before, after = (_value(value) for value in (change.before, change.after))
    if change.before is ABSENT:
        return f"{change.place}: {after}"
    if change.after is ABSENT:
        return f"{change.place}: {before} is gone"
    return f"{change.place}: {before} → {after}"


def say_field_change(change: FieldChange) -> str:
    """Say how a parameter, or the pipeline itself, differs."""
    if not change.place:
        return f"{change.subject} is {'new' if change.before is ABSENT else 'gone'}"
    return f"{change.subject}: {say_field(change)}"


def _value(value: Any) -> str:
    text = "" if value is ABSENT else compact(value)
    return text if len(text) <= MOST else f"{text[:MOST]}…"
