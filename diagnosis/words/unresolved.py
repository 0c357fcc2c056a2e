"""Tells why a pipeline has no wiring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...problems.blocks import Blocks, Grid, Line, Tone
from ...problems.codes import Code
from ...problems.counts import counted, listed
from ...solver.conflicts.corrections import Clash
from ...solver.problem.candidates import NearMiss
from ...solver.problem.elements import Elements
from ...specs import PipelineSpec
from ..circles import circle, weakest
from ..failures import Contradiction, Failure, Missing, Need
from ..repairs.remedies import NEUTRAL
from .clashing import conflict_code, conflict_parts, conflict_title, say_arrow
from .sentences import is_right_type, say_broken_pin, say_chain, say_dependency, say_near_miss

MAX_NEAR_MISSES = 5
OBVIOUS = 3
"""A conflict of so many members needs no word on its size."""


@dataclass(frozen=True)
class Detail:
    """How much is told: `all_` leaves nothing out, `brief` tells each failure in one line."""

    all_: bool = False
    brief: bool = False


AS_USUAL = Detail()


def say_failure(number: int, failure: Failure, pipeline: PipelineSpec, detail: Detail) -> Blocks:
    """Tell a failure under its number."""
    if isinstance(failure, Missing):
        yield from _missing(number, failure, pipeline, detail)
    else:
        yield from say_contradiction(number, failure, pipeline)


def say_clashes(clashes: Sequence[Clash]) -> Blocks:
    """Tell every minimal conflict and correction."""
    for clash in clashes:
        yield from _clash(clash.conflicts, "minimal conflict", "in which nothing can be spared")
        yield from _clash(clash.corrections, "minimal correction", "lifting it suffices")
        if not clash.complete:
            yield Line("There are more than were listed, or time was up.", 1, Tone.FAINT)


def _missing(number: int, failure: Missing, pipeline: PipelineSpec, detail: Detail) -> Blocks:
    need = failure.need
    said, code = say_dependency(need.port, need.type), Code.NO_SOURCE
    if failure.pinned:
        said, code = say_broken_pin(failure, pipeline), Code.BROKEN_PIN
    yield Line(f"{said} [{code}]", 0, Tone.FAILURE, f"{number}.")
    if need.position:
        yield Line(f"declared at {need.position}", 1, Tone.FAINT)
    yield from _chain(need, "lacks")
    for other in failure.also:
        place = f", {other.position}" if other.position else ""
        yield Line(f"the same goes for {other.port} ({other.type}){place}", 1)
    if not failure.pinned:
        yield from near_grid(failure, pipeline, all_=detail.all_)


def _chain(need: Need, verb: str) -> Blocks:
    chain = say_chain(need.chain, verb, need.port.name)
    if chain:
        yield Line(chain, 1)


def nearest(failure: Missing) -> Sequence[NearMiss]:
    """Return the sources that come near, of other steps, failing at most one rule more than the best.

    They are of the right type, or something speaks for them; else, those that fail one rule only.
    """
    others = [miss for miss in failure.near_misses if miss.source.step != failure.need.port.step]
    near = [miss for miss in others if is_right_type(miss) or miss.points >= NEUTRAL]
    found = near or [miss for miss in failure.near_misses if len(miss.failed) == 1]
    fewest = min((len(miss.failed) for miss in found), default=0)
    return [miss for miss in found if len(miss.failed) <= fewest + 1][:MAX_NEAR_MISSES]


def near_grid(failure: Missing, pipeline: PipelineSpec, *, all_: bool) -> Blocks:
    """Tell of each near source which rules it passes, by a mark, and in a sentence why it does not do."""
    misses = failure.near_misses
    shown = misses if all_ else nearest(failure)
    if not shown:
        yield Line(_nothing_near(failure), 1)
        return
    failing = {verdict.rule for miss in shown for verdict in miss.failed}
    rules = [verdict.rule for verdict in shown[0].verdicts if verdict.rule in failing]
    rows = []
    for miss in shown:
        marks = {verdict.rule: "✓" if verdict.passed else "✗" for verdict in miss.verdicts}
        why = say_near_miss(failure.need.port, miss, pipeline)
        rows.append((str(miss.source), *(marks[rule] for rule in rules), why))
    yield Grid(("nearest sources", *rules, ""), tuple(rows), 1)
    if len(misses) > len(shown):
        yield Line(f"and {len(misses) - len(shown)} more that fit less", 1, Tone.FAINT)


def _nothing_near(failure: Missing) -> str:
    """Say that nothing comes near, and what would be of the right type."""
    if not failure.near_misses:
        return "there is no output or input at all that it could take"
    wanted = next(item.expected for item in failure.near_misses[0].verdicts if item.rule == "type")
    return f"nothing there comes near: no output or input of another step is {wanted}"


def say_contradiction(number: int, failure: Contradiction, pipeline: PipelineSpec) -> Blocks:
    """Tell a contradiction: what kind it is, and its members, or the circle that they close."""
    conflict, code = failure.conflict, conflict_code(failure.conflict)
    yield Line(f"{_capital(conflict_title(conflict))} [{code}]", 0, Tone.FAILURE, f"{number}.")
    for need in failure.needs[:1]:
        if need.position:
            yield Line(f"{need.port} is declared at {need.position}", 1, Tone.FAINT)
        yield from _chain(need, "needs")
    way = circle(conflict) if code == Code.CIRCLE else []
    if way:
        yield Line(way[0].before, 1, mark="  ")
        yield from (Line(f"{arrow.after}   ({say_arrow(arrow, pipeline)})", 1, mark="->") for arrow in way)
        yield Line(f"the weakest link: {say_arrow(weakest(way), pipeline)}", 1)
    if len(conflict.variables) + len(conflict.edges) > len(way):  # whatever else they take
        yield from (Line(part, 1) for part in conflict_parts(conflict))
    if failure.also:
        yield Line(f"the same goes for {listed(map(str, failure.also))}", 1)
    if conflict.is_smallest and len(conflict) > OBVIOUS:
        yield Line("there is no smaller conflict in this part of the pipeline", 1, Tone.FAINT)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _clash(members: Sequence[Elements], noun: str, meaning: str) -> Blocks:
    yield Line("")
    yield Line(f"{counted(len(members), noun)} ({meaning}):", 0, Tone.TITLE)
    for number, member in enumerate(members, 1):
        parts = "; ".join(conflict_parts(member))
        yield Line(parts, 1, mark=f"{number})")
