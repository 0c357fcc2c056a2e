"""What a change does to one pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..problems.codes import Code
from ..problems.problem import Problem
from .difference import Difference

ImpactStatus = Literal[
    "unchanged",
    "rewired",
    "doubtful",
    "unresolved",
    "resolved",
    "broken",
    "mended",
    "new",
    "deleted",
    "untold",
]
"""What happens to a pipeline.

`doubtful`: newly ambiguous, weighed anew, with other alternatives or names of steps, but wired as before.
`broken`: the document is unsound now; `mended`: it was. `untold`: there is nothing to compare it with.
"""


@dataclass(frozen=True)
class Impact:
    """What happens to one pipeline.

    `steps` are those that take the specification asked about, `bindings` those that rest on it, as
    `dependency <- source`. `was` is the document that it was before, where that is another.
    """

    document: str
    status: ImpactStatus
    steps: tuple[str, ...] = ()
    bindings: tuple[str, ...] = ()
    difference: Difference | None = None
    problems: tuple[Problem, ...] = ()
    was: str = ""

    @property
    def is_late(self) -> bool:
        """Tell whether time was up before it was known."""
        return any(problem.code == Code.LIMIT for problem in self.problems)

    @property
    def is_changed(self) -> bool:
        """Tell whether the pipeline is not wired as before, or cannot be any more."""
        return self.status in ("rewired", "unresolved", "resolved", "broken", "mended", "deleted")
