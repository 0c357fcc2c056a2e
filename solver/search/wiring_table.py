"""Tells a wiring: a table, and how it stands among the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from ...problems.blocks import Block, Blocks, Grid, Line, Tone
from ...specs import Port
from ..ranking.doubt import one_in

SHOWN_DEAD = 3


class Taken(Protocol):
    """What a table tells of a binding."""

    @property
    def source(self) -> Port: ...
    @property
    def score(self) -> int: ...
    @property
    def margin(self) -> int | None: ...
    @property
    def margin_known(self) -> bool: ...
    @property
    def doubt(self) -> int: ...


def binding_grid(bindings: Mapping[Port, Taken], unbound: Sequence[Port], *, leads: bool) -> Block:
    """Lay bindings out in order of address: each dependency, its source, score, lead, and doubt."""
    rows = [
        (str(port), str(binding.source), str(binding.score), _lead(binding), _wrong(binding))
        for port, binding in bindings.items()
    ]
    rows += [(str(port), "(unbound)", "", "", "") for port in unbound]
    width = 5 if leads else 3
    header = ("DEPENDENCY", "TAKES", "SCORE", "LEAD", "WRONG")[:width]
    return Grid(
        header, tuple(row[:width] for row in sorted(rows)), right=frozenset((2, 3, 4)), spare=int(leads)
    )


def _lead(binding: Taken) -> str:
    if not binding.margin_known:
        return "?"
    return "only" if binding.margin is None else str(binding.margin)


def _wrong(binding: Taken) -> str:
    """Say how many of such bindings are wrong; nothing where hardly any is."""
    if not binding.margin_known:
        return "?"
    return f"1 in {one_in(binding.doubt)}" if binding.doubt else ""


def say_score(score: int, joint: int) -> str:
    """Say a wiring's score, and how much of it no binding has by itself."""
    return f"score {score} (joint evidence {joint:+d})" if joint else f"score {score}"


def say_dead(dead: Sequence[tuple[Port, Port]]) -> Blocks:
    """Tell what fits though no wiring has it, the first few of many."""
    for port, source in dead[:SHOWN_DEAD]:
        yield Line(f"{port} never takes {source}: it fits, but stands in no wiring", 0, Tone.FAINT)
    more = len(dead) - SHOWN_DEAD
    if more > 0:
        yield Line(f"and {more} more that fit and stand in no wiring", 0, Tone.FAINT)
