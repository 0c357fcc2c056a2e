"""Tells why a dependency takes what it takes, and what would be if it took something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...problems.blocks import Block, Blocks, Grid, Line, Tone
from ...problems.codes import Code
from ...problems.counts import counted
from ...solver.problem.candidates import NearMiss
from ...solver.ranking.doubt import likelihood
from ...solver.ranking.evidence import Evidence
from ...solver.search.binding import Binding, JointBinding
from ...specs import PipelineSpec, Port
from ..failures import Contradiction, Failure
from ..moves import BindingMove
from .clashing import conflict_code, conflict_parts
from .found import problem_of
from .sentences import say_dependency, say_moves, say_near_miss
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
        less = f"any other source would cost the whole wiring {counted(binding.margin, 'point')} at least"
        yield Line(less if binding.margin else "with another source, the whole wiring is as good", 1)
        yield Line(likelihood(binding.doubt), 1)


def say_forced(
    port: Port,
    barred: Sequence[tuple[Port, Sequence[Failure]]],
    others: int,
    pipeline: PipelineSpec,
    *,
    takes: bool,
) -> Blocks:
    """Tell why no wiring gives a dependency another source, or any, in a few facts."""
    said = f"no valid wiring gives it {'another' if takes else 'a'} source"
    if not others:
        pinned = (
            "it is pinned" if str(port) in pipeline.pins else f"no {'other ' * takes}source passes its rules"
        )
        yield Line(f"{said}: {pinned}", 1)
        return
    yield Line(f"{said}:", 1)
    for source, failures in barred:
        facts = "; ".join(_facts(failure, pipeline) for failure in failures[:1])
        yield Line(f"not {source}: {facts.replace(f'{port} takes', f'{port} would take')}", 2)
    more = others - len(barred)
    if more:
        yield Line(f"nor {counted(more, 'other')} that would fit", 2)


def _facts(failure: Failure, pipeline: PipelineSpec) -> str:
    """Say in a few facts why something cannot be."""
    if isinstance(failure, Contradiction) and conflict_code(failure.conflict) == Code.TOO_FEW_SOURCES:
        return "; ".join(conflict_parts(failure.conflict))  # that there are too few is told by those
    return problem_of(failure, pipeline).message


def evidence_grid(evidence: Sequence[Evidence], score: int) -> Block:
    """Tell the pieces of evidence, which add up to the score."""
    rows = [(f"{piece.points:+d}", piece.kind, piece.reason) for piece in evidence]
    return Grid(("points", "evidence", "because"), (*rows, (f"{score:+d}", "in all", "")), 1)


def say_unfit(port: Port, miss: NearMiss, pipeline: PipelineSpec) -> Blocks:
    """Tell what keeps a dependency from a source."""
    yield Line(f"{port} may not take {miss.source}:", 0, Tone.FAILURE)
    yield Line(say_near_miss(port, miss, pipeline), 1)


def say_other(taken: Binding, loss: int, moves: Sequence[BindingMove]) -> Blocks:
    """Tell what the best wiring with another binding is like."""
    less = f"scores {counted(loss, 'point')} less" if loss else "is as good"
    yield Line(f"With {taken.source}, the whole wiring {less}.", 0, Tone.TITLE)
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
