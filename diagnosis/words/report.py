"""Puts a report in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...problems.blocks import Blocks, Grid, Line, Tone
from ...problems.codes import Code
from ...problems.problem import Position, Problem
from ...solver.problem.candidates import NearMiss
from ...solver.problem.constraints import AtMost, Pinned
from ...solver.problem.elements import Elements
from ...specs import PipelineSpec
from ..ambiguity import Ambiguity
from ..circles import circle, weakest
from ..failures import Contradiction, Failure, Missing, Need
from ..idle import Idle
from ..repairs.repairs import Repair
from .sentences import (
    conflict_code,
    conflict_parts,
    conflict_title,
    say_arrow,
    say_chain,
    say_count,
    say_dependency,
    say_idle,
    say_move,
    say_moves,
    say_remedy,
)

if TYPE_CHECKING:
    from ...solver.search.wiring import Wiring
    from ..report import Report

IDLE = {"output": Code.IDLE_OUTPUT, "step": Code.IDLE_STEP, "input": Code.IDLE_INPUT}

SHOWN_SOURCES = 5
SHOWN_RIVALS = 4
SHOWN_CLASHES = 10


@dataclass(frozen=True)
class Detail:
    """How much is told: `all_` leaves nothing out, `brief` tells each failure in one line."""

    all_: bool = False
    brief: bool = False


def say_report(report: Report, detail: Detail = Detail()) -> Blocks:
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
    """See a failure as a problem of the document; the other places that have part in it are related."""
    if isinstance(failure, Missing):
        code = Code.BROKEN_PIN if failure.pinned else Code.NO_SOURCE
        message, hint = say_dependency(failure.need.port, failure.need.type), next(_nearest(failure), "")
        return Problem(code, message, failure.need.position, hint, tuple(_related(failure, pipeline)))
    conflict = failure.conflict
    message = f"{conflict_title(conflict)}: {'; '.join(conflict_parts(conflict))}"
    related = tuple(_taking_part(failure, pipeline))
    return Problem(conflict_code(conflict), message, _place(failure, pipeline), related=related)


def _place(failure: Contradiction, pipeline: PipelineSpec) -> Position | None:
    for need in failure.needs:
        return need.position
    edges = failure.conflict.edges
    return pipeline.places.key(("steps", edges[0][0])) if edges else None


def _related(failure: Missing, pipeline: PipelineSpec) -> Iterator[tuple[Position, str]]:
    """Yield where the pin stands, or the nearest source, and where others lack the same."""
    if failure.pinned:
        yield from pipeline.places.related(("pins", str(failure.need.port)), "pinned here")
    for miss in failure.near_misses:
        if miss.position and miss.source == (failure.pinned or failure.near_misses[0].source):
            yield miss.position, f"{miss.source} is declared here"
    yield from ((other.position, f"{other.port} lacks the same") for other in failure.also if other.position)


def _taking_part(failure: Contradiction, pipeline: PipelineSpec) -> Iterator[tuple[Position, str]]:
    """Yield where the other dependencies, the exclusive outputs and the pins of a conflict stand."""
    yield from ((need.position, f"{need.port} takes part") for need in failure.needs[1:] if need.position)
    for rule in failure.conflict.rules:
        if isinstance(rule, AtMost) and (place := pipeline.place_of_source(rule.source)):
            yield place, str(rule)
        elif isinstance(rule, Pinned):
            yield from pipeline.places.related(("pins", str(rule.port)), str(rule))


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
        yield Line(f"{_question(ambiguity)} [{Code.AMBIGUOUS}]")
    for item in report.idle:
        place = f"{item.position}: " if item.position else ""
        yield Line(f"{place}{say_idle(item)} [{IDLE[item.what]}]")
    if report.wiring is not None:
        yield Line(f"Pipeline '{report.pipeline.name}' is resolved, with score {report.wiring.score}.")


def doubts(report: Report) -> list[Problem]:
    """See what is doubtful about a resolved pipeline as problems of the document."""
    found = [
        Problem(
            Code.AMBIGUOUS,
            _question(item),
            report.pipeline.place_of_dependency(item.question),
            f"pin it under pins: {_pins(item)}" if item.pins else "",
        )
        for item in report.ambiguities
    ]
    return [*found, *map(idle_problem, report.idle)]


def idle_problem(item: Idle) -> Problem:
    """See what is idle as a problem of the document."""
    hint = "use it, remove it, or list it under 'unused'"
    return Problem(IDLE[item.what], say_idle(item), item.position, hint)


def _unresolved(report: Report, detail: Detail) -> Blocks:
    yield Line(f"Pipeline '{report.pipeline.name}' has no valid wiring.", 0, Tone.TITLE)
    for number, failure in enumerate(report.failures, 1):
        yield Line("")
        if isinstance(failure, Missing):
            yield from _missing(number, failure, detail)
        else:
            yield from say_contradiction(number, failure, report.pipeline)
    if report.tried:
        yield from _repairs(report.repairs)
    else:
        yield Line("")
        yield Line("'stepwire explain' says what would mend it.", 0, Tone.FAINT)
    for clash in report.clashes:
        yield from _clash(clash.conflicts, "minimal conflict", "in which nothing can be spared")
        yield from _clash(clash.corrections, "minimal correction", "lifting it suffices")
        if not clash.complete:
            yield Line("There are more than were listed, or time was up.", 1, Tone.FAINT)


def _missing(number: int, failure: Missing, detail: Detail) -> Blocks:
    need, code = failure.need, Code.BROKEN_PIN if failure.pinned else Code.NO_SOURCE
    yield Line(f"{say_dependency(need.port, need.type)} [{code}]", 0, Tone.FAILURE, f"{number}.")
    yield from _where(need, "lacks")
    for other in failure.also:
        place = f", {other.position}" if other.position else ""
        yield Line(f"so does {other.port} ({other.type}){place}", 1)
    if failure.pinned:
        yield Line(next(_nearest(failure)), 1)
        return
    yield from matrix(failure.near_misses, None if detail.all_ else SHOWN_SOURCES)


def _where(need: Need, verb: str) -> Blocks:
    if need.position:
        yield Line(f"declared at {need.position}", 1, Tone.FAINT)
    chain = say_chain(need.chain, verb, need.port.name)
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


def say_contradiction(number: int, failure: Contradiction, pipeline: PipelineSpec) -> Blocks:
    """Tell a contradiction: what kind it is, and its members, or the circle that they close."""
    conflict, code = failure.conflict, conflict_code(failure.conflict)
    yield Line(f"{_capital(conflict_title(conflict))} [{code}]", 0, Tone.FAILURE, f"{number}.")
    for need in failure.needs[:1]:
        yield from _where(need, "needs")
    way = circle(conflict) if code == Code.CIRCLE else []
    if way:
        yield Line(way[0].before, 1, mark="  ")
        yield from (Line(f"{arrow.after}   ({say_arrow(arrow, pipeline)})", 1, mark="->") for arrow in way)
        yield Line(f"the weakest link: {say_arrow(weakest(way), pipeline)}", 1)
    if len(conflict.variables) + len(conflict.edges) > len(way):  # whatever else they take
        yield from (Line(part, 1) for part in conflict_parts(conflict))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _repairs(repairs: Sequence[Repair]) -> Blocks:
    yield Line("")
    if not repairs:
        yield Line("None of the small changes that were tried mends it.")
        return
    yield Line("What would mend it, each tried by solving again:", 0, Tone.TITLE)
    for number, repair in enumerate(repairs, 1):
        yield from _numbered(number, map(say_remedy, repair.remedies))
        takes = say_moves(repair.takes, "the failing dependencies take nothing")
        yield Line(f"gives {say_count(repair.count)}; {takes}; {say_moves(repair.moves)}", 2, Tone.FAINT)
    yield Line("--fix N makes change N in the document, --fix N --dry-run shows it", 1, Tone.FAINT)


def _numbered(number: int, changes: Iterable[str]) -> Blocks:
    first, *others = changes
    mark = f"{number})"
    yield Line(first, 1, Tone.CURE, mark)
    yield from (Line(f"and {other}", 1, Tone.CURE, " " * len(mark)) for other in others)


def say_fix(changes: Sequence[str]) -> Blocks:
    """Tell the one repair of a document that names what is not there."""
    yield Line("")
    yield Line("What would mend it, tried by reading it again:", 0, Tone.TITLE)
    yield from _numbered(1, changes)
    yield Line("--fix 1 makes the change in the document, --fix 1 --dry-run shows it", 1, Tone.FAINT)


def _clash(members: Sequence[Elements], noun: str, meaning: str) -> Blocks:
    yield Line("")
    yield Line(f"{len(members)} {noun}{'s' * (len(members) != 1)} ({meaning}):", 0, Tone.TITLE)
    for number, member in enumerate(members, 1):
        parts = "; ".join(conflict_parts(member))
        yield Line(parts, 1, mark=f"{number})")


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
        yield Line(f"{say_idle(item)}{place} [{IDLE[item.what]}]", 1)


def _question(ambiguity: Ambiguity) -> str:
    choices = [str(choice) if choice else "nothing" for choice in ambiguity.choices]
    return f"Should {ambiguity.question} take {' or '.join(choices)}?"


def _ambiguity(ambiguity: Ambiguity) -> Blocks:
    yield Line(f"{_question(ambiguity)} [{Code.AMBIGUOUS}]", 0, Tone.FAILURE)
    for rival in ambiguity.rivals[:SHOWN_RIVALS]:
        much = f"{rival.loss} points less" if rival.loss else "just as good"
        yield Line(f"{much}: {'; '.join(map(say_move, rival.moves))}", 1)
    more = len(ambiguity.rivals) - SHOWN_RIVALS
    if more > 0:
        yield Line(f"and {'at least ' if ambiguity.more else ''}{more} more", 1, Tone.FAINT)
    if ambiguity.pins:
        noun = "this pin leaves" if len(ambiguity.pins) == 1 else f"these {len(ambiguity.pins)} pins leave"
        yield Line(f"{noun} the best wiring without a rival: pins: {_pins(ambiguity)}", 1, Tone.CURE)


def _pins(ambiguity: Ambiguity) -> str:
    return f"{{{', '.join(f'{port}: {source}' for port, source in ambiguity.pins.items())}}}"
