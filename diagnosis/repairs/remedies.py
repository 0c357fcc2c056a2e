"""Small changes of a pipeline that might mend a failure, each with what it costs; `repairs` tries them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...specs import Port
from ...specs.edits.apply import Edit

WEIGHTS: Mapping[str, int] = {
    "respell-source": 1,
    "drop-pin": 2,
    "repin": 3,
    "drop-order": 3,
    "drop-forbid": 3,
    "retype-output": 4,
    "retype-dependency": 4,
    "retravel-output": 4,
    "retravel-dependency": 4,
    "name-source": 4,
    "add-role": 4,
    "add-edge": 4,
    "add-to-body": 4,
    "give-output": 4,
    "lift-exclusivity": 4,
    "drop-edge": 5,
    "add-step": 5,
    "add-chain": 5,
    "may-share": 6,
    "declare-input": 6,
    "drop-distinct": 6,
    "drop-same-source": 6,
    "leave-branch": 6,
    "make-optional": 10,
}
"""How much each kind of change takes away from what the author wrote: the smaller, the sooner it is shown."""

ODD, USUAL = -3, 5
"""Added when what is changed was odd for its place in SageMaker's request, or just what is usual there."""

INLINE = 6
"""Added when a step's specification has to be written out in the document to be changed."""

POINTS_A_WEIGHT = 3
"""So many points of evidence for the binding that results outweigh one unit of weight."""

NEUTRAL, CONVINCING = 15, 30
"""The points of a binding for which nothing speaks but types, and from which on more make no difference."""


Change = tuple[str, str, str, str]
"""A remedy's kind, what it changes, from what to what."""


@dataclass(frozen=True)
class Remedy:
    """One change: its kind, what it changes, from what to what, and the edits that make it.

    `points` is what the binding that it allows would score. `burden` is added to the weight of its kind.
    `serves` are the dependencies that it is meant for; none when it is meant for whatever it mends.
    """

    kind: str
    target: str
    old: str
    new: str
    edits: tuple[Edit, ...] = field(compare=False)  # what they put may be a mapping, which has no hash
    points: int = NEUTRAL
    burden: int = 0
    serves: tuple[Port, ...] = ()

    @property
    def change(self) -> Change:
        """What it changes, whomever it serves."""
        return self.kind, self.target, self.old, self.new

    @property
    def cost(self) -> int:
        """How much it changes, less what speaks for the outcome; the lower, the better."""
        spoken_for = min(self.points, CONVINCING) - NEUTRAL
        return POINTS_A_WEIGHT * (WEIGHTS[self.kind] + self.burden) - spoken_for


RemedySet = tuple[Remedy, ...]
"""Remedies that mend something together."""


def cost(way: RemedySet) -> int:
    """Add up what remedies cost."""
    return sum(remedy.cost for remedy in way)


def edits(way: RemedySet) -> tuple[Edit, ...]:
    """List the edits that remedies make, each once."""
    found: list[Edit] = []
    for edit in (edit for remedy in way for edit in remedy.edits):
        if edit not in found:
            found.append(edit)
    return tuple(found)


def cheapest(ways: Iterable[RemedySet]) -> tuple[RemedySet, ...]:
    """Sort ways by cost, and drop those that change the same as a cheaper one."""
    by_change: dict[tuple[Change, ...], RemedySet] = {}
    for way in sorted(ways, key=lambda item: (cost(item), _changes(item))):
        by_change.setdefault(_changes(way), way)
    return tuple(by_change.values())


def unlike(way: RemedySet) -> RemedySet:
    """Return remedies without those that change the same as one before them, for another dependency."""
    by_change: dict[Change, Remedy] = {}
    for remedy in way:
        by_change.setdefault(remedy.change, remedy)
    return tuple(by_change.values())


def _changes(way: RemedySet) -> tuple[Change, ...]:
    return tuple(remedy.change for remedy in way)
