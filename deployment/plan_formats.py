"""Writes a plan: Markdown for pull requests, JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..comparison.difference_record import field_record
from ..comparison.markdown import code, prose
from .caching import CACHING_RULES_PAGE
from .plan import Plan
from .planned_steps import PlannedField, PlannedStep, say_field, say_field_change

PLAN_SCHEMA = 1


def plan_to_markdown(plan: Plan) -> str:
    """Write a plan for a pull request."""
    return "\n".join(_markdown(plan)) + "\n"


def _markdown(plan: Plan) -> Iterator[str]:
    yield f"### Plan: {prose(plan.summary)}"
    yield ""
    yield f"Account `{plan.account}`, region `{plan.region}`, role {code(plan.target.role)}."
    for note in plan.notes():
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
    listed = [code(say_field_change(change)) for change in (*plan.parameters, *plan.settings)]
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
        yield f"\nOf caches by [the rules that AWS documents]({CACHING_RULES_PAGE})."


def _field(item: PlannedField) -> str:
    because = f" because {prose(item.cause)}" if item.cause else ""
    return f"{code(say_field(item.change))}{because}"


def plan_to_data(plan: Plan) -> dict[str, Any]:
    """Write a plan as a JSON value."""
    return {
        "schema": PLAN_SCHEMA,
        "pipeline": plan.target.name,
        "account": plan.account,
        "region": plan.region,
        "role": plan.target.role,
        "action": plan.action,
        "changes": plan.changes_anything,
        "summary": plan.summary,
        "foreign": plan.foreign,
        "unreadable": plan.unreadable,
        "steps": [_step_record(step) for step in plan.steps],
        "parameters": [field_record(change) for change in plan.parameters],
        "settings": [field_record(change) for change in plan.settings],
        "uploads": [
            {"uri": item.uri, "bytes": item.size, "status": item.status, "content": item.content}
            for item in plan.uploads
        ],
        "cache_rules": CACHING_RULES_PAGE,
    }


def _step_record(step: PlannedStep) -> dict[str, Any]:
    cache = {"state": step.cache.state, "because": list(step.cache.because)} if step.cache else None
    return {
        "name": step.name,
        "status": step.status,
        "was": step.was or None,
        "evidence": step.evidence or None,
        "cache": cache,
        "fields": [{**field_record(item.change), "cause": item.cause or None} for item in step.fields],
    }
