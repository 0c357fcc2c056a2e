"""Tells what would mend a pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...problems.blocks import Blocks, Line, Tone
from ..repairs.repairs import Repair
from .sentences import say_moves, say_remedy


def say_repairs(repairs: Sequence[Repair]) -> Blocks:
    """Tell repairs, and what each does."""
    yield Line("")
    if not repairs:
        yield Line("None of the small changes that were tried mends it.")
        return
    yield Line("What would mend it, each tried by solving again:", 0, Tone.TITLE)
    for number, repair in enumerate(repairs, 1):
        yield from _numbered(number, map(say_remedy, repair.remedies))
        takes = say_moves(repair.takes, "the failing dependencies take nothing")
        yield Line(f"gives {repair.count.words}; {takes}; {say_moves(repair.moves)}", 2, Tone.FAINT)


def say_fix(changes: Sequence[str]) -> Blocks:
    """Tell the one repair of a document that names what is not there."""
    yield Line("")
    yield Line("What would mend it, tried by reading it again:", 0, Tone.TITLE)
    yield from _numbered(1, changes)


def _numbered(number: int, changes: Iterable[str]) -> Blocks:
    first, *others = changes
    mark = f"{number})"
    yield Line(first, 1, Tone.CURE, mark)
    yield from (Line(f"and {other}", 1, Tone.CURE, " " * len(mark)) for other in others)
