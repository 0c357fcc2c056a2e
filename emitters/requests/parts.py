"""What a step of a document becomes where a definition has several steps for it."""

from __future__ import annotations

from dataclasses import dataclass

from ...problems.problem import Location
from ...specs.kinds.catalogue import find_kind
from ...specs.kinds.kind import StepKind
from ...specs.step import Step


@dataclass(frozen=True)
class StepPart:
    """One of the steps that a definition has for a step of a document.

    `place` is where the document says its request, within the request of the whole step.
    """

    name: str
    step: Step
    place: Location = ()

    def has(self, path: str) -> bool:
        """Tell whether a property of the whole step is one of this part."""
        return offers(find_kind(self.step.spec.kind), path)


def offers(kind: StepKind, path: str) -> bool:
    """Tell whether steps of a kind have a property, by the first member of its path."""
    first = _first(path.removeprefix("properties."))
    return any(_first(offer.path) == first for offer in kind.offers)


def _first(path: str) -> str:
    return path.partition(".")[0].partition("[")[0]
