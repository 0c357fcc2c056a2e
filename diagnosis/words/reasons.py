"""Tells why a dependency takes what it takes, and what would be if it took something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...problems.blocks import Block, Blocks, Grid, Line, Tone
from ...solver.problem.unary_rules import Verdict
from ...solver.ranking.doubt import likelihood
from ...solver.ranking.evidence import Evidence
from ...solver.search.binding import Binding, JointBinding
from ...specs import PipelineSpec, Port
from ..failures import Contradiction, Failure
from ..moves import BindingMove
from .found import problem_of
from .sentences import say_dependency, say_moves
from .unresolved import say_contradiction


def say_binding(port: Port, binding: Binding | None, joint: Iterable[JointBinding]) -> Blocks:
    """Tell what a dependency takes, and the evidence for it."""
    if binding is None:
        yield Line(f"{port} takes nothing: it is optional.", 0, Tone.TITLE)
        return
    yield Line(f"{port} takes {binding.source}, for {binding.score} points:", 0, Tone.TITLE)
    yield evidence_grid(binding.evidence, binding.score)
    for piece in joint:
        others = ", ".join(str(other) for other in piece.dependencies if other != port)
        besides = f" (with {others})" if others else ""
        yield Line(f"{piece.points:+d} for the whole wiring, {piece.kind}: {piece.reason}{besides}", 1)
    if binding.margin is not None:
        yield Line(f"any other source would cost the whole wiring {binding.margin} points at least", 1)
        yield Line(likelihood(binding.doubt), 1)


def say_forced(
    port: Port, barred: Sequence[tuple[Port, Sequence[Failure]]], others: int, pipeline: PipelineSpec
) -> Blocks:
    """Tell why no wiring gives a dependency another source, in a few facts."""
    if not others:
        pinned = "it is pinned" if str(port) in pipeline.pins else "nothing else passes its rules"
        yield Line(f"no valid wiring gives it another source: {pinned}", 1)
        return
    yield Line("no valid wiring gives it another source:", 1)
    for source, failures in barred:
        facts = "; ".join(problem_of(failure, pipeline).message for failure in failures[:1])
        facts = facts.replace(f"{port} is pinned to {source}", f"{port} would take {source}")  # as was tried
        yield Line(f"not {source}: {facts}", 2)
    if others > len(barred):
        yield Line(f"nor {others - len(barred)} more that fit", 2)


def evidence_grid(evidence: Sequence[Evidence], score: int) -> Block:
    """Tell the pieces of evidence, which add up to the score."""
    rows = [(f"{piece.points:+d}", piece.kind, piece.reason) for piece in evidence]
    return Grid(("points", "evidence", "because"), (*rows, (f"{score:+d}", "in all", "")), 1)


def say_unfit(port: Port, source: Port, failed: Iterable[Verdict]) -> Blocks:
    """Tell which rules keep a dependency from a source."""
    yield Line(f"{port} may not take {source}:", 0, Tone.FAILURE)
    yield from (Line(str(verdict), 1) for verdict in failed)


def say_other(taken: Binding, loss: int, moves: Sequence[BindingMove]) -> Blocks:
    """Tell what the best wiring with another binding is like."""
    yield Line(f"With {taken.source}, the whole wiring scores {loss} points less.", 0, Tone.TITLE)
    yield evidence_grid(taken.evidence, taken.score)
    yield Line(say_moves(moves), 1)


def say_impossible(port: Port, source: Port, failures: Iterable[Failure], pipeline: PipelineSpec) -> Blocks:
    """Tell why no wiring binds a dependency to a source that fits."""
    yield Line(f"{port} takes {source} in no valid wiring:", 0, Tone.FAILURE)
    for number, failure in enumerate(failures, 1):
        if isinstance(failure, Contradiction):
            yield from say_contradiction(number, failure, pipeline)
        else:
            yield Line(say_dependency(failure.need.port, failure.need.type), 1)
