"""Writes a difference as a JSON value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..problems.records import to_record
from ..solver.ranking.evidence import Evidence
from .changes import ABSENT
from .difference import Difference
from .fields import FieldChange
from .notices import BindingChange, Notice
from .state import Bound, PipelineState

DIFFERENCE_SCHEMA = 1


def difference_to_data(found: Difference) -> dict[str, Any]:
    """Write a difference as a JSON value."""
    return {
        "schema": DIFFERENCE_SCHEMA,
        "before": _state(found.before),
        "after": _state(found.after),
        "rewires": found.rewires,
        "renamed": dict(found.renamed),
        "bindings": [_binding(item) for item in found.bindings],
        "ambiguous": [_plain(item) for item in found.ambiguous],
        "settled": list(found.settled),
        "alternatives": [{**_plain(item), "sources": list(item.sources)} for item in found.alternatives],
        "unresolved": [to_record(problem) for problem in found.unresolved],
        "unresolved_causes": list(found.unresolved_causes),
        "changes": list(found.changes),
        "changes_meaning": found.changes_meaning,
        "fields": [field_record(change) for change in found.fields],
        "edits": list(found.edits),
        "explained": found.explained,
    }


def field_record(change: FieldChange) -> dict[str, Any]:
    """Write a field that differs; what is not there has no `before`, or no `after`."""
    values = {"before": change.before, "after": change.after}
    return {
        "kind": change.kind,
        "subject": change.subject.role,
        "name": change.subject.name or None,
        "place": change.place,
        **{key: value for key, value in values.items() if value is not ABSENT},
    }


def _state(state: PipelineState) -> dict[str, Any]:
    count = state.count
    return {
        "label": state.label,
        "resolved": not state.problems,
        "score": state.score,
        "count": {"value": count.digits, "exact": count.exact} if count else None,
    }


def _binding(item: BindingChange) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "dependency": item.dependency,
        "before": _bound(item.before),
        "after": _bound(item.after),
        "gained": _pieces(item.gained),
        "lost": _pieces(item.lost),
        "reason": item.reason or None,
        "causes": list(item.causes),
    }


def _bound(bound: Bound | None) -> dict[str, Any] | None:
    return {"source": bound.source, "score": bound.score} if bound else None


def _pieces(pieces: Iterable[Evidence]) -> list[dict[str, Any]]:
    return [{"kind": piece.kind, "points": piece.points} for piece in pieces]


def _plain(notice: Notice) -> dict[str, Any]:
    return {"dependency": notice.dependency, "causes": list(notice.causes)}
