"""Writes what the solver found: a table for people, a JSON value for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...solver.search.binding import Binding, JointBinding
from ...solver.search.counting import WiringCount
from ...solver.search.wiring import Wiring

WIRING_SCHEMA = 1


def to_result(wirings: Sequence[Wiring], count: WiringCount) -> dict[str, Any]:
    """Write wirings, the best first, as the value that `solve --format json` prints.

    Counts are texts, since they can pass 2^53. An unresolved pipeline has no wirings and count 0.
    """
    best = wirings[0] if wirings else None
    return {
        "schema": WIRING_SCHEMA,
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


def to_binding(binding: Binding) -> dict[str, Any]:
    """Write a binding with its evidence."""
    return {
        "source": str(binding.source),
        "score": binding.score,
        "margin": binding.margin,
        "evidence": [{"kind": piece.kind, "points": piece.points} for piece in binding.evidence],
        "margin_known": binding.margin_known,
        "doubt": binding.doubt if binding.margin_known else None,
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
