"""Tells what would mend a pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import ascii_lowercase

from ...problems.blocks import Blocks, Line, Tone
from ..repairs.repairs import Repair
from .sentences import say_moves, say_remedy


def say_repairs(repairs: Sequence[Repair], *, several: bool = False) -> Blocks:
    """Tell repairs, and what each does; `several` things fail, and each repair mends them all."""
    yield Line("")
    if not repairs:
        if not several:
            yield Line("None of the small changes that were tried mends it.")
        return
    what = "mend everything, each tried as a whole" if several else "mend it, each tried by solving again"
    yield Line(f"What would {what}:", 0, Tone.TITLE)
    for number, repair in enumerate(repairs, 1):
        yield from _repair(f"{number})", repair, 1)


def say_cures(number: int, repairs: Sequence[Repair]) -> Blocks:
    """Tell what mends one of several failures: 1a, 1b, and so on."""
    if not repairs:
        yield Line("None of the small changes that were tried mends this.", 1)
        return
    yield Line("what would mend this, each tried with the other failures set aside:", 1)
    for letter, repair in zip(ascii_lowercase, repairs, strict=False):
        yield from _repair(f"{number}{letter})", repair, 2)


def _repair(mark: str, repair: Repair, depth: int) -> Blocks:
    yield from _numbered(mark, map(say_remedy, repair.remedies), depth)
    takes = say_moves(repair.takes, "what failed takes nothing")
    yield Line(f"gives {repair.count.words}; {takes}; {say_moves(repair.moves)}", depth + 1, Tone.FAINT)


def say_fix(changes: Sequence[str]) -> Blocks:
    """Tell the one repair of a document that names what is not there."""
    yield Line("")
    yield Line("What would mend it, tried by reading it again:", 0, Tone.TITLE)
    yield from _numbered("1)", changes)


def _numbered(mark: str, changes: Iterable[str], depth: int = 1) -> Blocks:
    first, *others = changes
    yield Line(first, depth, Tone.CURE, mark)
    yield from (Line(f"and {other}", depth, Tone.CURE, " " * len(mark)) for other in others)
