"""How two whole wirings of a pipeline differ: the best, and one further down the list."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from ..problems.blocks import Blocks, Grid, Line, Tone
from ..problems.codes import Code
from ..problems.counts import counted
from ..problems.errors import DocumentError
from ..problems.layout import blocks_to_html, blocks_to_text
from ..problems.problem import Problem
from ..solver.search.search import Search
from ..solver.search.wiring import Wiring
from ..specs import Port
from .moves import BindingMove, moves
from .resolve import require_wiring


@dataclass(frozen=True, repr=False)
class Contrast:
    """The best wiring beside the one of a `rank`, counted from 1, and what they bind otherwise."""

    best: Wiring
    other: Wiring
    rank: int
    moves: tuple[BindingMove, ...]

    @property
    def loss(self) -> int:
        """How many points the other wiring scores less."""
        return self.best.score - self.other.score

    def blocks(self) -> Blocks:
        """Tell what the two bind otherwise, and what counts for one of them only."""
        less = f"scores {counted(self.loss, 'point')} less than the best"
        much = less if self.loss else "is as good as the best"
        yield Line(f"Wiring {self.rank} {much}. They differ in:", 0, Tone.TITLE)
        rows = [
            (str(move.dependency), _taken(self.best, move.dependency), _taken(self.other, move.dependency))
            for move in self.moves
        ]
        yield Grid(("DEPENDENCY", "THE BEST TAKES", f"WIRING {self.rank} TAKES"), tuple(rows), 1)
        for title, one, two in (
            ("only in the best", self.best, self.other),
            (f"only in wiring {self.rank}", self.other, self.best),
        ):
            for piece in one.joint:
                if piece not in two.joint:
                    ports = ", ".join(map(str, piece.dependencies))
                    yield Line(f"{title}: {piece.points:+d} {piece.kind}, {piece.reason} ({ports})", 1)

    def __repr__(self) -> str:
        return f"<Contrast: wiring {self.rank} scores {self.loss} less>"

    def __str__(self) -> str:
        return blocks_to_text(self.blocks())

    def _repr_html_(self) -> str:
        return blocks_to_html(self.blocks())


def _taken(wiring: Wiring, port: Port) -> str:
    binding = wiring.bindings.get(port)
    return f"{binding.source} ({binding.score})" if binding else "nothing"


def find_contrast(search: Search, rank: int) -> Contrast:
    """Compare the best wiring with the one of a rank, which counts from 1.

    Raises DocumentError when there are fewer wirings, and as `stepwire.resolve` does.
    """
    best = require_wiring(search)
    found = list(islice(search.wirings(), rank))
    if len(found) < rank:
        message = f"there is no wiring {rank}: there {'is' if len(found) == 1 else 'are'} {len(found)} in all"
        raise DocumentError([Problem(Code.DANGLING, message)])
    return Contrast(best, found[-1], rank, tuple(moves(best, found[-1])))
