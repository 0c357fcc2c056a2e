"""Puts in words why a dependency takes what it takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...problems.blocks import Block, Blocks, Grid, Line, Tone
from ...solver.ranking.evidence import Evidence
from ..failures import Contradiction
from .report import say_contradiction
from .sentences import say_dependency, say_moves

if TYPE_CHECKING:
    from ..why import Instead, Why


def say_why(why: Why) -> Blocks:
    """Tell why a dependency takes what it takes, and what would be if it took something else."""
    binding = why.binding
    if binding is None:
        yield Line(f"{why.dependency} takes nothing: it is optional.", 0, Tone.TITLE)
    else:
        yield Line(f"{why.dependency} takes {binding.source}, for {binding.score} points:", 0, Tone.TITLE)
        yield evidence_grid(binding.evidence, binding.score)
        yield from say_joint(why)
        margin = binding.margin
        if margin is not None:
            yield Line(f"any other source would cost the whole wiring {margin} points at least", 1)
        elif binding.margin_known:
            yield Line("no valid wiring gives it another source", 1)
    if why.instead:
        yield Line("")
        yield from _instead(why, why.instead)


def evidence_grid(evidence: Sequence[Evidence], score: int) -> Block:
    """Tell the pieces of evidence, which add up to the score."""
    rows = [(f"{piece.points:+d}", piece.kind, piece.reason) for piece in evidence]
    return Grid(("points", "evidence", "because"), (*rows, (f"{score:+d}", "in all", "")), 1)


def say_joint(why: Why) -> Blocks:
    """Tell what counts for the whole wiring by this binding together with others."""
    for piece in why.joint:
        others = ", ".join(str(port) for port in piece.dependencies if port != why.dependency)
        besides = f" (with {others})" if others else ""
        yield Line(f"{piece.points:+d} for the whole wiring, {piece.kind}: {piece.reason}{besides}", 1)


def _instead(why: Why, instead: Instead) -> Blocks:
    port = why.dependency
    if why.binding and why.binding.source == instead.source:
        yield Line(f"It does take {instead.source}.")
    elif instead.miss:
        yield Line(f"{port} may not take {instead.source}:", 0, Tone.FAILURE)
        yield from (Line(str(verdict), 1) for verdict in instead.miss.failed)
    elif instead.wiring:
        yield Line(
            f"With {instead.source}, the whole wiring scores {instead.loss} points less.", 0, Tone.TITLE
        )
        taken = instead.wiring.bindings[port]
        yield evidence_grid(taken.evidence, taken.score)
        yield Line(say_moves(instead.moves), 1)
    else:
        yield Line(f"{port} takes {instead.source} in no valid wiring:", 0, Tone.FAILURE)
        for number, failure in enumerate(instead.failures, 1):
            if isinstance(failure, Contradiction):
                yield from say_contradiction(number, failure, why.pipeline)
            else:
                yield Line(say_dependency(failure.need.port, failure.need.type), 1)
