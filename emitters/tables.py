"""Writes a wiring for people: a table, and how it stands among the others."""

from __future__ import annotations

from collections.abc import Iterator

from ..solver.search.counting import WiringCount
from ..solver.search.wiring import Binding, Wiring

ROUNDED_FROM = 10**15


SHOWN_DEAD = 3


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
