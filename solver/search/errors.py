"""What a search raises when it cannot give the one best wiring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from ...problems.codes import Code
from ...problems.errors import StepwireError
from ...problems.problem import Problem
from ..deadline import Deadline
from .counting import WiringCount

if TYPE_CHECKING:
    from .wiring import Wiring


class AmbiguousWiringError(StepwireError):
    """A pipeline with several equally good wirings, `ties`, where one was demanded."""

    exit_code = 3

    def __init__(self, ties: tuple[Wiring, ...]) -> None:
        self.ties = ties
        super().__init__(ties)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """That there are several, as a problem."""
        return (Problem(Code.TIED, str(self)),)

    def __str__(self) -> str:
        first, *others = (tie.sources for tie in self.ties)
        more = "at least " if self.ties[0].has_more_ties else ""
        lines = [f"{more}{len(self.ties)} wirings are equally good; they differ in:"]
        for dependency in sorted(
            {key for tie in others for key in {*tie, *first} if tie.get(key) != first.get(key)}
        ):
            choices = sorted({tie.get(dependency, "nothing") for tie in (first, *others)})
            lines.append(f"    {dependency} takes {' or '.join(choices)}")
        return "\n".join([*lines, "pin one source for each under 'pins' to decide"])


class SearchLimitError(StepwireError):
    """A search that reached a limit before it could tell; it carries what is known by then.

    `limit` says which (`5 seconds`, `1000 wirings`). `best` is the best wiring so far, None when none was
    found; no wiring scores more than `bound`, None where not even that is known. `count` is how many wirings
    there are at least.
    """

    exit_code = 5

    def __init__(self, limit: str, best: Wiring | None, bound: int | None, count: WiringCount) -> None:
        self.limit = limit
        self.best = best
        self.bound = bound
        self.count = count
        super().__init__(limit, best, bound, count)

    @classmethod
    def at(cls, deadline: Deadline) -> Self:
        """Make the error for a deadline at which nothing is known."""
        return cls(deadline.words, None, None, WiringCount(0, exact=False))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """That a limit was reached, as a problem."""
        return (Problem(Code.LIMIT, str(self)),)

    def __str__(self) -> str:
        known = "no wiring was found yet"
        if self.bound is not None and not self.best:
            known += f", and none scores more than {self.bound}"
        if self.best and self.best.score == self.bound:
            known = f"the best wiring scores {self.best.score}"
        elif self.best:
            known = f"the best wiring so far scores {self.best.score}, and none more than {self.bound}"
        verb = "is" if self.count.value == 1 else "are"
        found = f"; there {verb} {self.count.words}" if self.count.value else ""
        return f"the limit of {self.limit} was reached: {known}{found} (raise the limit)"
