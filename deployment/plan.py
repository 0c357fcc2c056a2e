"""What deploying would do, as a value that reads as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..comparison.fields import FieldChange
from ..problems.blocks import Blocks, Line, Tone
from ..problems.counts import counted
from ..problems.layout import blocks_to_html, blocks_to_text
from .caching import CACHING_RULES_PAGE
from .code_objects import CodeObject
from .planned_steps import PlannedStep, StepStatus, say_field_change
from .target import Target

PlanAction = Literal["create", "update", "none"]

_BY_RULES = f"Of caches by the rules that AWS documents: {CACHING_RULES_PAGE}"


@dataclass(frozen=True)
class Orders:
    """What is to be done, for whoever carries a plan out; `base` and `action` as in a plan."""

    target: Target
    account: str
    region: str
    base: str | None
    action: PlanAction


@dataclass(frozen=True, repr=False)
class Plan:
    """What deploying a target would do.

    `base` is the fingerprint of what is deployed now, None where there is nothing. `settings` are what
    differs of the pipeline itself: role, description, parallelism, tags. `unreadable` tells that what is
    deployed is no definition, and is replaced whole. `foreign` tells that stepwire did not deploy it.
    """

    target: Target
    account: str
    region: str
    base: str | None
    definition_changes: bool
    steps: tuple[PlannedStep, ...]
    parameters: tuple[FieldChange, ...] = ()
    settings: tuple[FieldChange, ...] = ()
    unreadable: bool = False
    foreign: bool = False

    @property
    def action(self) -> PlanAction:
        """What happens to the pipeline itself."""
        if self.base is None:
            return "create"
        return "update" if self.definition_changes or self.settings else "none"

    @property
    def orders(self) -> Orders:
        """What the plan comes to."""
        return Orders(self.target, self.account, self.region, self.base, self.action)

    @property
    def uploads(self) -> tuple[CodeObject, ...]:
        """The code that S3 has not got."""
        return tuple(item for item in self.target.objects if item.is_to_upload)

    @property
    def changes_anything(self) -> bool:
        """Tell whether deploying would do anything."""
        return self.action != "none" or bool(self.uploads)

    @property
    def summary(self) -> str:
        """Say in one line what deploying would do."""
        name = f"pipeline {self.target.name}"
        if not self.changes_anything:
            return f"{name} is deployed as the document says: nothing to do"
        statuses = Counter(step.status for step in self.steps)
        told: tuple[StepStatus, ...] = ("added", "removed", "renamed", "changed")
        parts = [f"{counted(statuses[status], 'step')} {status}" for status in told if statuses[status]]
        others = len(self.parameters) + len(self.settings)
        parts += [counted(others, "other change")] if others else []
        parts += [f"{counted(len(self.uploads), 'object')} to upload"] if self.uploads else []
        what = {"create": "will be created", "update": "will change", "none": "stays as it is"}[self.action]
        return f"{name} {what}: {', '.join(parts)}" if parts else f"{name} {what}"

    def notes(self) -> Iterator[str]:
        """Say what a reader should look at first."""
        if self.foreign:
            yield "This pipeline was not deployed by stepwire: it has to be adopted to be deployed."
        if self.unreadable:
            yield "What is deployed is no definition that can be read; it is replaced whole."

    def blocks(self) -> Blocks:
        """Write a plan for a terminal, readable without colours."""
        yield Line(self.summary, 0, Tone.TITLE)
        yield Line(f"account {self.account}, region {self.region}, role {self.target.role}", 0, Tone.FAINT)
        yield from (Line(note, 0, Tone.FAILURE) for note in self.notes())
        for step in self.steps:
            yield from step.lines()
        for change in (*self.parameters, *self.settings):
            yield Line(say_field_change(change), 0, mark="~")
        for item in self.uploads:
            yield Line(f"upload {item.uri} ({item.size:,} bytes)", 0, mark="+")
        if any(step.cache for step in self.steps) and self.action != "none":
            yield Line(_BY_RULES, 0, Tone.FAINT)

    def __repr__(self) -> str:
        return f"<Plan: {self.summary}>"

    def __str__(self) -> str:
        return blocks_to_text(self.blocks())

    def _repr_html_(self) -> str:
        return blocks_to_html(self.blocks())
