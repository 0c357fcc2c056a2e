"""A dependency joined to a source, and the evidence that does it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar, overload

from ...problems.counts import counted
from ...specs import Port
from ..problem.candidates import Candidate
from ..problem.joint_pieces import JOINT_PIECES
from ..ranking.ambiguity_limits import ALONE, AMBIGUOUS_BELOW
from ..ranking.doubt import doubt
from ..ranking.evidence import Evidence
from ..ranking.pieces import ROW_OF
from ..ranking.source_list_evidence import UNLISTED

T = TypeVar("T")


@dataclass(frozen=True)
class JointBinding:
    """Evidence that several bindings give together, with the dependencies whose bindings they are."""

    kind: str
    points: int
    dependencies: tuple[Port, ...]

    @property
    def reason(self) -> str:
        """Why it counts, in a sentence."""
        return JOINT_PIECES[self.kind].reason


@dataclass(frozen=True, repr=False)
class Binding:
    """One dependency joined to one source.

    `score` is the sum of the evidence's points. `margin` is what the score of the whole wiring loses when the
    dependency must take another source; None when no wiring gives it another, or without `margin_known`.
    `rests_on` is the row of evidence that makes all of the margin, when it is one.
    """

    dependency: Port
    source: Port
    score: int
    evidence: tuple[Evidence, ...] = ()
    margin: int | None = None
    margin_known: bool = False
    rests_on: str = ""

    @property
    def is_ambiguous(self) -> bool:
        """Tell whether another source would have been almost, or just, as good."""
        limit = ALONE.get(self.rests_on, AMBIGUOUS_BELOW)
        return self.margin is not None and self.margin < limit

    @property
    def doubt(self) -> int:
        """Of a hundred bindings like this, how many are wrong."""
        if self.margin is None or self.is_ambiguous == (self.margin < AMBIGUOUS_BELOW):
            return doubt(self.margin)
        return doubt(AMBIGUOUS_BELOW - self.is_ambiguous)

    @property
    def is_unlisted(self) -> bool:
        """Tell whether no source is what `compatible_sources` names, so that it counted as evidence only."""
        return any(piece.kind == UNLISTED.kind for piece in self.evidence)

    def __repr__(self) -> str:
        return f"<Binding {self.dependency} takes {self.source}: {counted(self.score, 'point')}>"


def rests_on(taken: Candidate, others: Iterable[Candidate], margin: int | None) -> str:
    """Name the one row of evidence that makes all of a margin, by its first kind; none where several do."""
    for other in others if margin else ():  # nothing makes a tie
        if other.source != taken.source and taken.score - other.score == margin:
            rows = {ROW_OF[piece.kind] for piece in {*taken.evidence} ^ {*other.evidence}}
            return rows.pop() if len(rows) == 1 else ""
    return ""


class Bindings(Mapping[Port, Binding]):
    """The bound dependencies in the order of the problem; found by address, as a Port or as text."""

    def __init__(self, bindings: Iterable[Binding]) -> None:
        self._by_port = {binding.dependency: binding for binding in bindings}

    def __getitem__(self, address: Port | str) -> Binding:
        return self._by_port[Port.parse(address) if isinstance(address, str) else address]

    @overload
    def get(self, address: Port | str, /) -> Binding | None: ...

    @overload
    def get(self, address: Port | str, default: Binding | T, /) -> Binding | T: ...

    def get(self, address: Port | str, default: Binding | T | None = None, /) -> Binding | T | None:
        """Return the binding of a dependency, or `default` when it takes nothing or is none."""
        port = Port.parse(address) if isinstance(address, str) else address
        return self._by_port.get(port, default)

    def __contains__(self, address: object) -> bool:
        return (Port.parse(address) if isinstance(address, str) else address) in self._by_port

    def __iter__(self) -> Iterator[Port]:
        return iter(self._by_port)

    def __len__(self) -> int:
        return len(self._by_port)

    def __repr__(self) -> str:
        return repr({str(port): str(binding.source) for port, binding in self.items()})
