"""Puts in words what differs between two states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..problems.blocks import Blocks, Line
from ..solver.ranking.evidence import Evidence
from ..solver.search.counting import WiringCount
from .notices import DIFFERENCE_WORDS, BindingChange
from .state import Bound

_TITLE_WIDTH = 12
_NO_TITLE = " " * _TITLE_WIDTH


def say_notice(title: str, words: str, causes: Iterable[str], depth: int = 0) -> Blocks:
    """Tell one thing under its title, and what made it so."""
    yield Line(words, depth, mark=f"{title:<{_TITLE_WIDTH}}")
    yield from (Line(f"because {cause}", depth, mark=_NO_TITLE) for cause in causes)


def say_binding_change(item: BindingChange, depth: int = 0) -> Blocks:
    """Tell a binding that differs, with the evidence that does, and what made it so."""
    yield from say_notice(DIFFERENCE_WORDS[item.kind], f"{item.dependency}: {_say_move_of(item)}", (), depth)
    if item.reason:
        yield Line(item.reason, depth, mark=_NO_TITLE)
    pieces = [*(f"+{_piece(piece)}" for piece in item.gained), *(f"-{_piece(piece)}" for piece in item.lost)]
    if pieces and item.before and item.after:
        yield Line(f"evidence: {', '.join(pieces)}", depth, mark=_NO_TITLE)
    yield from (Line(f"because {cause}", depth, mark=_NO_TITLE) for cause in item.causes)


def _say_move_of(item: BindingChange) -> str:
    """Say what a dependency took, and what it takes."""
    old, new = item.before, item.after
    if item.kind == "evidence":
        return f"{_scored(old)} → {new.score if new else 0}"
    return f"{_scored(old)} → {_scored(new)}"


def say_counts(before: WiringCount | None, after: WiringCount | None) -> Iterator[str]:
    """Say how many wirings there were and are, where both are known and differ."""
    if before is not None and after is not None and before != after:
        yield f"{before} wirings → {after}"


def _scored(bound: Bound | None) -> str:
    if bound is None:
        return "nothing"
    return f"{bound.source} ({bound.score})" if bound.evidence else bound.source


def _piece(piece: Evidence) -> str:
    return f"{piece.kind} {piece.points}"
