"""Puts a report in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import Position, Problem
from ...specs import PipelineSpec, Port
from ..candidates import NearMiss
from ..ranking import Evidence
from .ambiguity import Ambiguity
from .blocks import Block, Blocks, Grid, Line, Tone
from .failures import Contradiction, Failure, Missing, Need
from .repairs import Repair
from .sentences import (
    chain_told,
    circle,
    conflict_code,
    conflict_parts,
    conflict_title,
    count_told,
    dependency_told,
    idle_told,
    move_told,
    moves_told,
    remedy_told,
)

if TYPE_CHECKING:
    from ..wiring import Wiring
    from .report import Report
    from .why import Instead, Why

MISSING, BROKEN_PIN = "SW201", "SW203"
AMBIGUOUS = "SW301"
IDLE = {"output": "SW305", "step": "SW306", "input": "SW307"}

SHOWN_SOURCES = 5
SHOWN_RIVALS = 4
SHOWN_CLASHES = 10


@dataclass(frozen=True)
class Detail:
    """How much is told: `all_` leaves nothing out, `brief` tells each failure in one line."""

    all_: bool = False
    brief: bool = False


def told(report: Report, detail: Detail = Detail()) -> Blocks:
    """Tell a report."""
    if detail.brief:
        yield from _in_brief(report)
    elif report.wiring is not None:
        yield from _resolved(report, report.wiring)
    else:
        yield from _unresolved(report, detail)
    if not report.complete:
        yield Line(
            "Time was up before everything was found; a longer --timeout may tell more.", 0, Tone.FAINT
        )


def problem_of(failure: Failure, pipeline: PipelineSpec) -> Problem:
    """See a failure as a problem of the document."""
    if isinstance(failure, Missing):
        code = BROKEN_PIN if failure.pinned else MISSING
        message = dependency_told(failure.need.port, failure.need.type)
        return Problem(code, message, failure.need.position, next(_nearest(failure), ""))
    parts = "; ".join(conflict_parts(failure.conflict))
    return Problem(
        conflict_code(failure.conflict), f"cannot hold together: {parts}", _place(failure, pipeline)
    )


def _place(failure: Contradiction, pipeline: PipelineSpec) -> Position | None:
    for need in failure.needs:
        return need.position
    edges = failure.conflict.edges
    return pipeline.places.key(("steps", edges[0][0])) if edges else None


def _nearest(failure: Missing) -> Iterator[str]:
    """Say why the nearest sources do not do, a sentence each."""
    for miss in failure.near_misses:
        reasons = "; ".join(map(str, miss.failed))
        if failure.pinned == miss.source:
            yield f"its pin to {miss.source} breaks a rule: {reasons}"
        elif not failure.pinned:
            yield f"not {miss.source}: {reasons}"
    if not failure.near_misses:
        yield "there is no output or input at all that it could take"


def _in_brief(report: Report) -> Blocks:
    for failure in report.failures:
        yield Line(str(problem_of(failure, report.pipeline)))
    for ambiguity in report.ambiguities:
        yield Line(f"{_question(ambiguity)} [{AMBIGUOUS}]")
    for item in report.idle:
        place = f"{item.position}: " if item.position else ""
        yield Line(f"{place}{idle_told(item)} [{IDLE[item.what]}]")
    if report.wiring is not None:
        yield Line(f"Pipeline '{report.pipeline.name}' is resolved, with score {report.wiring.score}.")


def _unresolved(report: Report, detail: Detail) -> Blocks:
    yield Line(f"Pipeline '{report.pipeline.name}' has no valid wiring.", 0, Tone.TITLE)
    for number, failure in enumerate(report.failures, 1):
        yield Line("")
        if isinstance(failure, Missing):
            yield from _missing(number, failure, detail)
        else:
            yield from _contradiction(number, failure)
    yield from _repairs(report.repairs)
    for clash in report.clashes:
        yield from _clash(clash.conflicts, "minimal conflicts, in each of which nothing can be spared:")
        yield from _clash(clash.corrections, "minimal corrections, each of which suffices to lift:")
        if not clash.complete:
            yield Line("There are more than were listed, or time was up.", 1, Tone.FAINT)


def _missing(number: int, failure: Missing, detail: Detail) -> Blocks:
    need, code = failure.need, BROKEN_PIN if failure.pinned else MISSING
    yield Line(f"{number}. {dependency_told(need.port, need.type)} [{code}]", 0, Tone.FAILURE)
    yield from _where(need)
    for other in failure.also:
        place = f", {other.position}" if other.position else ""
        yield Line(f"so does {other.port} ({other.type}){place}", 1)
    if failure.pinned:
        yield Line(next(_nearest(failure)), 1)
        return
    yield from matrix(failure.near_misses, None if detail.all_ else SHOWN_SOURCES)


def _where(need: Need) -> Blocks:
    if need.position:
        yield Line(f"declared at {need.position}", 1, Tone.FAINT)
    chain = chain_told(need.chain, need.port.name)
    if chain:
        yield Line(chain, 1)


def matrix(misses: Sequence[NearMiss], most: int | None) -> Blocks:
    """Tell of each source which rules it passes and which it fails, with what it is."""
    shown = misses[:most]
    if not shown:
        yield Line("there is no output or input at all that it could take", 1)
        return
    failing = {verdict.rule for miss in shown for verdict in miss.failed}
    rules = [verdict.rule for verdict in shown[0].verdicts if verdict.rule in failing]
    wanted = {
        verdict.rule: verdict.expected
        for miss in reversed(shown)
        for verdict in miss.verdicts
        if verdict.rule in failing
    }
    rows = [("wanted:", *(wanted[rule] for rule in rules))]
    for miss in shown:
        cells = {item.rule: f"{'✓' if item.passed else '✗'} {item.found}" for item in miss.verdicts}
        rows.append((str(miss.source), *(cells[rule] for rule in rules)))
    yield Grid(("nearest sources", *rules), tuple(rows), 1)
    others = [verdict.rule for verdict in shown[0].verdicts if verdict.rule not in failing]
    if others:
        yield Line(f"all of these pass: {', '.join(others)}", 1, Tone.FAINT)
    if len(misses) > len(shown):
        yield Line(f"and {len(misses) - len(shown)} more that fit less (--all shows them)", 1, Tone.FAINT)


def _contradiction(number: int, failure: Contradiction) -> Blocks:
    conflict = failure.conflict
    yield Line(f"{number}. {_capital(conflict_title(conflict))} [{conflict_code(conflict)}]", 0, Tone.FAILURE)
    for need in failure.needs[:1]:
        yield from _where(need)
    way = circle(conflict) if conflict_code(conflict) == "SW205" else []
    for step, reason in way:
        yield Line(f"-> {step}   ({reason})" if reason else f"   {step}", 1)
    if not way or len(conflict.variables) + len(conflict.edges) >= len(way):
        yield from (Line(part, 1) for part in conflict_parts(conflict))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _repairs(repairs: Sequence[Repair]) -> Blocks:
    if not repairs:
        return
    yield Line("")
    yield Line("What would mend it, each tried by solving again:", 0, Tone.TITLE)
    for number, repair in enumerate(repairs, 1):
        first, *others = map(remedy_told, repair.remedies)
        yield Line(f"{number}) {first}", 1, Tone.CURE)
        yield from (Line(f"   and {other}", 1, Tone.CURE) for other in others)
        takes = "; ".join(map(move_told, repair.takes)) or "the failing dependencies take nothing"
        yield Line(f"gives {count_told(repair.count)}; {takes}; {moves_told(repair.moves)}", 2, Tone.FAINT)
    yield Line("--fix N makes change N in the document, --fix N --dry-run shows it", 1, Tone.FAINT)


def _clash(members: Sequence[object], title: str) -> Blocks:
    yield Line("")
    yield Line(f"{len(members)} {title}", 0, Tone.TITLE)
    for number, member in enumerate(members, 1):
        parts = "; ".join(conflict_parts(member))  # type: ignore[arg-type]
        yield Line(f"{number}) {parts}", 1)


def _resolved(report: Report, wiring: Wiring) -> Blocks:
    yield Line(f"Pipeline '{report.pipeline.name}' is resolved, with score {wiring.score}.", 0, Tone.TITLE)
    for ambiguity in report.ambiguities:
        yield Line("")
        yield from _ambiguity(ambiguity)
    if not report.ambiguities:
        yield Line("No other wiring is as good, or almost.", 0)
    if report.idle:
        yield Line("")
        yield Line("Idle; list under 'unused' what is meant to be:", 0, Tone.TITLE)
    for item in report.idle:
        place = f" ({item.position})" if item.position else ""
        yield Line(f"{idle_told(item)}{place} [{IDLE[item.what]}]", 1)


def _question(ambiguity: Ambiguity) -> str:
    choices = [str(choice) if choice else "nothing" for choice in ambiguity.choices]
    return f"Should {ambiguity.question} take {' or '.join(choices)}?"


def _ambiguity(ambiguity: Ambiguity) -> Blocks:
    yield Line(f"{_question(ambiguity)} [{AMBIGUOUS}]", 0, Tone.FAILURE)
    for rival in ambiguity.rivals[:SHOWN_RIVALS]:
        much = f"{rival.loss} points less" if rival.loss else "just as good"
        yield Line(f"{much}: {'; '.join(map(move_told, rival.moves))}", 1)
    more = len(ambiguity.rivals) - SHOWN_RIVALS
    if more > 0:
        yield Line(f"and {'at least ' if ambiguity.more else ''}{more} more", 1, Tone.FAINT)
    if ambiguity.pins:
        pins = ", ".join(f"{port}: {source}" for port, source in ambiguity.pins.items())
        noun = "this pin leaves" if len(ambiguity.pins) == 1 else f"these {len(ambiguity.pins)} pins leave"
        yield Line(f"{noun} the best wiring without a rival: pins: {{{pins}}}", 1, Tone.CURE)


def why_told(why: Why) -> Blocks:
    """Tell why a dependency takes what it takes, and what would be if it took something else."""
    binding = why.binding
    if binding is None:
        yield Line(f"{why.dependency} takes nothing: it is optional.", 0, Tone.TITLE)
    else:
        yield Line(f"{why.dependency} takes {binding.source}, for {binding.score} points:", 0, Tone.TITLE)
        yield evidence_grid(binding.evidence, binding.score)
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
    rows = [(f"{piece.points:+d}", piece.kind) for piece in evidence]
    return Grid(("points", "evidence"), (*rows, (f"{score:+d}", "in all")), 1)


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
        yield Line(moves_told(instead.moves), 1)
    else:
        yield Line(f"{port} takes {instead.source} in no valid wiring:", 0, Tone.FAILURE)
        for number, failure in enumerate(instead.failures, 1):
            if isinstance(failure, Contradiction):
                yield from _contradiction(number, failure)
            else:
                yield Line(dependency_told(failure.need.port, failure.need.type), 1)


def place_told(port: Port, position: Position | None) -> str:
    """Name a port with its place."""
    return f"{port} ({position})" if position else str(port)
