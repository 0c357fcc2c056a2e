"""Writes a plan: blocks for people, Markdown for pull requests, JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..comparison.changes import ABSENT
from ..comparison.digest import compact
from ..comparison.fields import FieldChange
from ..comparison.markdown import code, prose
from ..problems.blocks import Blocks, Line, Tone
from .caching import RULES
from .plan import Plan, PlannedField, PlannedStep

SCHEMA = 1
MOST = 300
"""How many characters of a value are shown."""

_SIGNS = {"added": "+", "removed": "-", "renamed": ">", "changed": "~", "unchanged": "="}
_TONES = {"added": Tone.CURE, "removed": Tone.FAILURE}
_BY_RULES = f"Of caches by the rules that AWS documents: {RULES}"


def summary(plan: Plan) -> str:
    """Say in one line what deploying would do."""
    name = f"pipeline {plan.target.name}"
    if not plan.changes_anything:
        return f"{name} is deployed as the document says: nothing to do"
    counted = [
        (sum(step.status == status for step in plan.steps), f"{status}")
        for status in ("added", "removed", "renamed", "changed")
    ]
    parts = [f"{number} step{'s' * (number > 1)} {words}" for number, words in counted if number]
    others = len(plan.parameters) + len(plan.settings)
    parts += [f"{others} other change{'s' * (others > 1)}"] if others else []
    uploads = len(plan.uploads)
    parts += [f"{uploads} object{'s' * (uploads > 1)} to upload"] if uploads else []
    what = {"create": "will be created", "update": "will change", "none": "stays as it is"}[plan.action]
    return f"{name} {what}: {', '.join(parts)}" if parts else f"{name} {what}"


def to_blocks(plan: Plan) -> Blocks:
    """Write a plan for a terminal, readable without colours."""
    yield Line(summary(plan), 0, Tone.TITLE)
    yield Line(f"account {plan.account}, region {plan.region}, role {plan.target.role}", 0, Tone.FAINT)
    yield from (Line(note, 0, Tone.FAILURE) for note in notes(plan))
    for step in plan.steps:
        yield from _step(step)
    for change in (*plan.parameters, *plan.settings):
        yield Line(say_change(change), 0, mark="~")
    for item in plan.uploads:
        yield Line(f"upload {item.uri} ({item.size:,} bytes)", 0, mark="+")
    if any(step.cache for step in plan.steps) and plan.action != "none":
        yield Line(_BY_RULES, 0, Tone.FAINT)


def notes(plan: Plan) -> Iterator[str]:
    """Say what a reader should look at first."""
    if plan.foreign:
        yield "This pipeline was not deployed by stepwire: it has to be adopted to be deployed."
    if plan.unreadable:
        yield "What is deployed is no definition that can be read; it is replaced whole."


def _step(step: PlannedStep) -> Iterator[Line]:
    told = f"step '{step.name}' {step.status}"
    if step.status == "renamed":
        told = f"step '{step.was}' is now called '{step.name}' ({step.evidence})"
    cache = f"; {step.cache}" if step.cache else ""
    faint = Tone.FAINT if step.status == "unchanged" else Tone.PLAIN
    yield Line(f"{told}{cache}", 0, _TONES.get(step.status, faint), mark=_SIGNS[step.status])
    for item in step.fields:
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


def say_change(change: FieldChange) -> str:
    """Say how a parameter, or the pipeline itself, differs."""
    if not change.place:
        return f"{change.subject} is {'new' if change.before is ABSENT else 'gone'}"
    return f"{change.subject}: {say_field(change)}"


def _value(value: Any) -> str:
    text = "" if value is ABSENT else compact(value)
    return text if len(text) <= MOST else f"{text[:MOST]}…"


def to_markdown(plan: Plan) -> str:
    """Write a plan for a pull request."""
    return "\n".join(_markdown(plan)) + "\n"


def _markdown(plan: Plan) -> Iterator[str]:
    yield f"### Plan: {prose(summary(plan))}"
    yield ""
    yield f"Account `{plan.account}`, region `{plan.region}`, role {code(plan.target.role)}."
    for note in notes(plan):
        yield f"\n**{note}**"
    changed = [step for step in plan.steps if step.status != "unchanged"]
    if changed:
        yield ""
        yield "| | step | cache | what changes |"
        yield "| --- | --- | --- | --- |"
        for step in changed:
            name = f"{code(step.was)} → {code(step.name)}" if step.was else code(step.name)
            fields = "<br>".join(map(_field, step.fields)) or prose(step.evidence)
            cache = prose(str(step.cache)) if step.cache else ""
            yield f"| {step.status} | {name} | {cache} | {fields} |"
    listed = [code(say_change(change)) for change in (*plan.parameters, *plan.settings)]
    listed += [f"upload {code(item.uri)} ({item.size:,} bytes)" for item in plan.uploads]
    if listed:
        yield ""
        yield from (f"- {line}" for line in listed)
    kept = [step for step in plan.steps if step.status == "unchanged"]
    if kept and plan.action != "none":
        yield f"\n<details><summary>{len(kept)} unchanged</summary>\n"
        yield from (f"- {code(step.name)}: {prose(str(step.cache))}" for step in kept)
        yield "\n</details>"
    if changed:
        yield f"\nOf caches by [the rules that AWS documents]({RULES})."


def _field(item: PlannedField) -> str:
    because = f" because {prose(item.cause)}" if item.cause else ""
    return f"{code(say_field(item.change))}{because}"


def to_data(plan: Plan) -> dict[str, Any]:
    """Write a plan as a JSON value."""
    return {
        "schema": SCHEMA,
        "pipeline": plan.target.name,
        "account": plan.account,
        "region": plan.region,
        "role": plan.target.role,
        "action": plan.action,
        "changes": plan.changes_anything,
        "summary": summary(plan),
        "foreign": plan.foreign,
        "unreadable": plan.unreadable,
        "steps": [_step_record(step) for step in plan.steps],
        "parameters": [_change_record(change) for change in plan.parameters],
        "settings": [_change_record(change) for change in plan.settings],
        "uploads": [
            {"uri": item.uri, "bytes": item.size, "status": item.status, "content": item.content}
            for item in plan.uploads
        ],
        "cache_rules": RULES,
    }


def _step_record(step: PlannedStep) -> dict[str, Any]:
    cache = {"state": step.cache.state, "because": list(step.cache.because)} if step.cache else None
    return {
        "name": step.name,
        "status": step.status,
        "was": step.was or None,
        "evidence": step.evidence or None,
        "cache": cache,
        "fields": [{**_change_record(item.change), "cause": item.cause or None} for item in step.fields],
    }


def _change_record(change: FieldChange) -> dict[str, Any]:
    values = {"before": change.before, "after": change.after}
    return {
        "kind": change.kind,
        "name": change.subject.name or None,
        "place": change.place,
        **{key: value for key, value in values.items() if value is not ABSENT},
    }
