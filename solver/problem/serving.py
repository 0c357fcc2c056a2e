"""Gives as many dependencies as can be a source each, where each source has so many seats.

Source: a maximum matching, by paths along which others move to another source; H. W. Kuhn, The Hungarian
method for the assignment problem, 1955.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ...specs import Port
from ..deadline import NEVER, Deadline

Options = Mapping[Port, Sequence[Port]]
"""What each dependency could take."""


@dataclass(frozen=True)
class Serving:
    """Who takes what, and who is left over in any way of serving as many.

    A source has one seat, where `seats` says nothing else.
    """

    options: Options
    seats: Mapping[Port, int]
    taken: dict[Port, Port] = field(default_factory=dict)
    users: defaultdict[Port, dict[Port, None]] = field(default_factory=lambda: defaultdict(dict))
    unserved: list[Port] = field(default_factory=list)

    @classmethod
    def of(cls, options: Options, seats: Mapping[Port, int], deadline: Deadline = NEVER) -> Serving:
        """Serve as many as can be, those with fewest sources first; raises TimeIsUp at the deadline."""
        found, exhausted = cls(options, seats), set[Port]()
        for taker in deadline.watch(sorted(options, key=lambda port: len(options[port]))):
            if not found._serve(taker, exhausted):
                found.unserved.append(taker)
        return found

    def _serve(self, root: Port, exhausted: set[Port]) -> bool:
        """Find a seat for a dependency, where others may have to move; what leads to none is exhausted."""
        wanted_by: dict[Port, Port] = {}
        waiting = [root]
        for taker in waiting:
            for source in self.options[taker]:
                if source not in wanted_by and source not in exhausted:
                    wanted_by[source] = taker
                    if len(self.users[source]) < self.seats.get(source, 1):
                        self._move(root, source, wanted_by)
                        return True
                    waiting += self.users[source]
        exhausted.update(wanted_by)
        return False

    def _move(self, root: Port, free: Port, wanted_by: Mapping[Port, Port]) -> None:
        taker = wanted_by[free]
        while taker != root:
            left = self.taken[taker]
            del self.users[left][taker]
            self._seat(taker, free)
            free, taker = left, wanted_by[left]
        self._seat(root, free)

    def _seat(self, taker: Port, source: Port) -> None:
        self.users[source][taker] = None
        self.taken[taker] = source

    def contending(self, takers: Iterable[Port]) -> tuple[set[Port], set[Port]]:
        """Return some dependencies with all whose sources they would have to take away, and the sources."""
        found, sources = set(takers), set[Port]()
        waiting = list(found)
        while waiting:
            for source in self.options[waiting.pop()]:
                if source not in sources:
                    sources.add(source)
                    others = [port for port in self.users[source] if port not in found]
                    found.update(others)
                    waiting += others
        return found, sources
