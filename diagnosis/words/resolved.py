"""Tells what is doubtful about a wiring, and what it leaves unused."""

from __future__ import annotations

from collections.abc import Sequence

from ...problems.blocks import Blocks, Line, Tone
from ...problems.codes import Code
from ...problems.problem import Problem
from ..ambiguity import Ambiguity
from ..idle import Idle
from .idleness import say_idle
from .sentences import say_move, say_pins, say_question

SHOWN_RIVALS = 4


def say_doubts(
    ambiguities: Sequence[Ambiguity], idle: Sequence[Idle], makeshift: Sequence[Problem] = ()
) -> Blocks:
    """Tell what rivals a wiring has, where a rule yielded, and what is idle in it."""
    for ambiguity in ambiguities:
        yield Line("")
        yield from _ambiguity(ambiguity)
    if not ambiguities:
        yield Line("No other wiring is as good, or almost.", 0)
    for problem in makeshift:
        yield Line("")
        yield Line(f"{problem.message} [{problem.code}]", 0, Tone.FAILURE)
        yield Line(problem.hint, 1, Tone.CURE)
    if idle:
        yield Line("")
        yield Line("Idle; list under 'unused' what is meant to be:", 0, Tone.TITLE)
    for item in idle:
        place = f" ({item.position})" if item.position else ""
        yield Line(f"{say_idle(item)}{place} [{item.code}]", 1)


def _ambiguity(ambiguity: Ambiguity) -> Blocks:
    yield Line(f"{say_question(ambiguity)} [{Code.AMBIGUOUS}]", 0, Tone.FAILURE)
    for rival in ambiguity.rivals[:SHOWN_RIVALS]:
        much = f"{rival.loss} points less" if rival.loss else "just as good"
        yield Line(f"{much}: {'; '.join(map(say_move, rival.moves))}", 1)
    more = len(ambiguity.rivals) - SHOWN_RIVALS
    if more > 0:
        yield Line(f"and {'at least ' if ambiguity.more else ''}{more} more", 1, Tone.FAINT)
    if ambiguity.pins:
        noun = "this pin leaves" if len(ambiguity.pins) == 1 else f"these {len(ambiguity.pins)} pins leave"
        yield Line(f"{noun} the best wiring without a rival: pins: {say_pins(ambiguity.pins)}", 1, Tone.CURE)
