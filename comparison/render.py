"""Writes a difference: text for people, Markdown for pull requests, JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..problems.records import to_record
from ..solver.ranking.evidence import Evidence
from ..solver.search.counting import WiringCount
from .difference import KINDS, BindingChange, Difference, Notice
from .renaming import say_renaming
from .state import Bound, State

SCHEMA = 1
_WORDS = {"evidence": "weighed anew"}


def summary(found: Difference) -> str:
    """Say in one line how much differs."""
    if found.is_empty:
        return "the wirings are the same"
    counted = [(len(found.renamed), "renamed")]
    counted += [(len(found.of_kind(kind)), _WORDS.get(kind, kind)) for kind in KINDS]
    counted += [(len(found.ambiguous), "newly ambiguous"), (len(found.settled), "no longer ambiguous")]
    counted += [(len(found.alternatives), "with new alternatives"), (len(found.unresolved), "unresolved")]
    parts = [f"{number} {words}" for number, words in counted if number]
    if found.is_resolved_again:
        parts.append("resolved again")
    return ", ".join(parts) or "the same wiring among other numbers of wirings"


def to_text(found: Difference) -> str:
    """Write a difference for a terminal."""
    lines = [f"{found.before.label} → {found.after.label}: {summary(found)}"]
    lines += [f"{'renamed':<13}{words}" for words in say_renaming(found.renamed)]
    for item in found.bindings:
        lines.append(f"{_WORDS.get(item.kind, item.kind):<13}{item.dependency}: {_move(item)}")
        lines += [f"    {line}" for line in _details(item)]
    for title, notices in (("ambiguous", found.ambiguous), ("alternative", found.alternatives)):
        for notice in notices:
            lines.append(f"{title:<13}{_notice(notice)}")
            lines += [f"    because {cause}" for cause in notice.causes]
    lines += [f"{'settled':<13}{port} is no longer ambiguous" for port in found.settled]
    lines += [f"{'unresolved':<13}{problem}" for problem in found.unresolved]
    lines += [f"    because {cause}" for cause in found.unresolved_causes]
    lines += [f"{'count':<13}{line}" for line in _counts(found)]
    return "\n".join(lines) + "\n"


def to_markdown(found: Difference) -> str:
    """Write a difference for a pull request."""
    return "\n".join(_markdown(found)) + "\n"


def _markdown(found: Difference) -> Iterator[str]:
    yield f"### Wiring: `{found.before.label}` → `{found.after.label}`"
    yield ""
    yield f"{summary(found)[:1].upper()}{summary(found)[1:]}."
    if found.bindings:
        yield ""
        yield "| | dependency | took | takes | because |"
        yield "| --- | --- | --- | --- | --- |"
        for item in found.bindings:
            why = "<br>".join(map(_cell, item.causes or ([item.reason] if item.reason else [])))
            row = (
                _WORDS.get(item.kind, item.kind),
                _code(item.dependency),
                _md(item.before),
                _md(item.after),
            )
            yield f"| {' | '.join(row)} | {why} |"
    listed = [
        *(f"**renamed**: {_cell(words)}" for words in say_renaming(found.renamed)),
        *(f"**ambiguous now**: {_cell(_notice(item))}{_because(item.causes)}" for item in found.ambiguous),
        *(
            f"**new alternative**: {_cell(_notice(item))}{_because(item.causes)}"
            for item in found.alternatives
        ),
        *(f"**no longer ambiguous**: {_code(port)}" for port in found.settled),
        *(f"**unresolved**: {_cell(str(item))}" for item in found.unresolved),
        *(f"**unresolved** because {_cell(cause)}" for cause in found.unresolved_causes),
        *_counts(found),
    ]
    if listed:
        yield ""
        yield from (f"- {line}" for line in listed)


def _because(causes: Sequence[str]) -> str:
    return f", because {_cell('; '.join(causes))}" if causes else ""


def _cell(text: str) -> str:
    """Write a text so that it stays in its cell."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _code(text: str) -> str:
    return f"`{_cell(text).replace('`', '')}`"


def _md(bound: Bound | None) -> str:
    return _code(bound.source) if bound else "nothing"


def _move(item: BindingChange) -> str:
    old, new = item.before, item.after
    if item.kind == "evidence":
        return f"{_scored(old)} → {new.score if new else 0}"
    return f"{_scored(old)} → {_scored(new)}"


def _scored(bound: Bound | None) -> str:
    if bound is None:
        return "nothing"
    return f"{bound.source} ({bound.score})" if bound.evidence else bound.source


def _details(item: BindingChange) -> Iterator[str]:
    if item.reason:
        yield item.reason
    pieces = [*(f"+{_piece(piece)}" for piece in item.gained), *(f"-{_piece(piece)}" for piece in item.lost)]
    if pieces and item.before and item.after:
        yield f"evidence: {', '.join(pieces)}"
    yield from (f"because {cause}" for cause in item.causes)


def _piece(piece: Evidence) -> str:
    return f"{piece.kind} {piece.points}"


def _notice(notice: Notice) -> str:
    if notice.sources:
        return f"{notice.dependency} could also take {' or '.join(notice.sources)}"
    return f"{notice.dependency}: another source would do as well, or almost"


def _counts(found: Difference) -> Iterator[str]:
    old, new = found.before.count, found.after.count
    if old is not None and new is not None and old != new:
        yield f"{old} wirings → {new}"


def to_data(found: Difference) -> dict[str, Any]:
    """Write a difference as a JSON value."""
    return {
        "schema": SCHEMA,
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
    }


def _state(state: State) -> dict[str, Any]:
    count: WiringCount | None = state.count
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
