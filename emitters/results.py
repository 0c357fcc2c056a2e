"""Writes what the solver found: a table for people, a JSON value for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..errors import AmbiguousWiringError, NoWiringError, SearchLimitError, StepwireError
from ..solver import Binding, Wiring, WiringCount
from ..solver.wiring import JointBinding

SCHEMA = 1

ROUNDED_FROM = 10**15

SHOWN_DEAD = 3


def to_result(wirings: Sequence[Wiring], count: WiringCount) -> dict[str, Any]:
    """Write wirings, the best first, as the value that `solve --format json` prints.

    Counts are texts, since they can pass 2^53. An unresolved pipeline has no wirings and count 0.
    """
    best = wirings[0] if wirings else None
    return {
        "schema": SCHEMA,
        "status": "resolved" if best else "unresolved",
        "count": to_count(count),
        "wirings": [to_wiring(wiring) for wiring in wirings],
        "ties": 1 + len(best.ties) if best else 0,
        "ambiguous": [str(port) for port in best.ambiguous] if best else [],
        "more_ties": best is not None and best.has_more_ties,
        "forced": [str(port) for port in best.forced] if best else [],
        "dead": [[str(port), str(source)] for port, source in best.dead] if best else [],
        "complete": best is not None and best.complete,
    }


def to_count(count: WiringCount) -> dict[str, Any]:
    """Write a count; its value is a text."""
    return {"value": count.digits, "exact": count.exact}


def to_failure(error: StepwireError) -> dict[str, Any]:
    """Write why there is no result, in the same form as far as it goes.

    The count is what is known: none where there is no wiring, at least the ties where several are equal.
    """
    match error:
        case NoWiringError():
            return to_result((), WiringCount(0))
        case AmbiguousWiringError(ties=ties):
            return {**to_result(ties, WiringCount(len(ties), exact=False)), "ties": len(ties)}
        case SearchLimitError(best=best, bound=bound, count=count):
            known = to_result((best,) if best else (), count)
            told = {key: known[key] for key in ("schema", "status", "count", "wirings")}
            return {**told, "status": "limit", "limit": error.limit, "bound": bound}
    return {"schema": SCHEMA}


def to_binding(binding: Binding) -> dict[str, Any]:
    """Write a binding with its evidence."""
    return {
        "source": str(binding.source),
        "score": binding.score,
        "margin": binding.margin,
        "evidence": [{"kind": piece.kind, "points": piece.points} for piece in binding.evidence],
        "margin_known": binding.margin_known,
    }


def to_wiring(wiring: Wiring) -> dict[str, Any]:
    """Write a wiring: its score, each binding with its evidence, and what is unbound."""
    return {
        "score": wiring.score,
        "bindings": {str(port): to_binding(binding) for port, binding in wiring.bindings.items()},
        "unbound": [str(port) for port in wiring.unbound],
        "joint": [to_joint(piece) for piece in wiring.joint],
    }


def to_joint(piece: JointBinding) -> dict[str, Any]:
    """Write evidence that several bindings give together."""
    return {"kind": piece.kind, "points": piece.points, "dependencies": [*map(str, piece.dependencies)]}


def to_table(wiring: Wiring) -> str:
    """Write a wiring as a table: each dependency, its source, its score, its lead over other sources."""
    rows = [
        (str(port), str(binding.source), str(binding.score), _lead(wiring, binding))
        for port, binding in wiring.bindings.items()
    ]
    rows += [(str(port), "(unbound)", "", "") for port in wiring.unbound]
    header = ("DEPENDENCY", "TAKES", "SCORE", "LEAD" if wiring.alternatives else "")
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(4)]
    lines = [
        f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:>{widths[3]}}".rstrip()
        for row in (header, *sorted(rows))
    ]
    if not wiring.alternatives:
        lines += ["", f"score {_score(wiring)}"]
    return "\n".join(lines) + "\n"


def _lead(wiring: Wiring, binding: Binding) -> str:
    if not wiring.alternatives:
        return ""
    if not binding.margin_known:
        return "?"
    return "only" if binding.margin is None else str(binding.margin)


def _rounded(count: WiringCount) -> str:
    """Write a number in full, or, past what anyone would read, its first digits and its power of ten."""
    return f"{count.value:,}" if count.value < ROUNDED_FROM else count.rounded


def summarise(wiring: Wiring, count: WiringCount) -> str:
    """Say how good a wiring is, how many there are, and what fits though no wiring has it."""
    number = f"{'' if count.exact else 'at least '}{_rounded(count)}"
    noun = "wiring" if count == WiringCount(1) else "wirings"
    equal = f"{'at least ' if wiring.has_more_ties else ''}{len(wiring.ties) + 1} are equally good"
    rank = equal if wiring.ties else "this one is the best"
    among = "" if count == WiringCount(1) else f", {rank}"
    return "\n".join([f"score {_score(wiring)}; {number} valid {noun}{among}", *_dead(wiring)])


def _score(wiring: Wiring) -> str:
    """Write a wiring's score, and how much of it no binding has by itself."""
    joint = sum(piece.points for piece in wiring.joint)
    return f"{wiring.score} (joint evidence {joint:+d})" if joint else f"{wiring.score}"


def _dead(wiring: Wiring) -> Iterator[str]:
    for port, source in wiring.dead[:SHOWN_DEAD]:
        yield f"{port} never takes {source}: it fits, but stands in no wiring"
    more = len(wiring.dead) - SHOWN_DEAD
    if more > 0:
        yield f"and {more} more that fit and stand in no wiring"
