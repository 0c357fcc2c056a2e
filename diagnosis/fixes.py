"""Makes the changes that an explanation offers in the document itself, after trying them once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..problems.codes import Code
from ..problems.errors import DocumentError
from ..problems.problem import Problem
from ..solver.search.search import Search
from ..specs import StepSpecification, loads
from ..specs.edits.patch import patched, unified_diff
from ..specs.edits.spelling import respelt
from ..specs.text.files import write_text
from .report import Report
from .words.sentences import say_remedy

ROUNDS = 5
"""How often a document is read anew to find what else is misspelt."""


@dataclass(frozen=True)
class Fix:
    """A changed document, and what was changed in it, a sentence each."""

    document: Path
    before: str
    after: str
    changes: tuple[str, ...]

    @property
    def diff(self) -> str:
        """The change as a unified diff."""
        return unified_diff(self.before, self.after, str(self.document))

    def write(self) -> None:
        """Write the document; raises OSError."""
        write_text(self.document, self.after)


def find_fix(document: Path, report: Report, number: int, specs: Mapping[str, StepSpecification]) -> Fix:
    """Make a report's repair of that number in a document's text, and try the text.

    Raises DocumentError when there is no such repair, and when the text cannot be changed so.
    """
    offered = len(report.repairs)
    if number > offered:
        what = f"there is no change {number}: "
        known = f"{offered} are offered" if offered else "none is offered"
        why = "the pipeline is resolved" if report.is_resolved else known
        raise DocumentError([Problem(Code.NO_REPAIR, what + why)])
    repair = report.repairs[number - 1]
    before = document.read_bytes().decode("utf-8")
    after = patched(before, str(document), repair.edits, report.pipeline)
    _require_wiring(after, document, specs)
    return Fix(document, before, after, tuple(map(say_remedy, repair.remedies)))


def _require_wiring(text: str, document: Path, specs: Mapping[str, StepSpecification]) -> None:
    if not Search.over(loads(text, file=str(document), specs=specs)).has_wiring():
        message = "the change, made in the document, gives no wiring: nothing was written"
        raise DocumentError([Problem(Code.UNCHANGEABLE, message)])


def spelling_fix(document: Path, error: DocumentError, specs: Mapping[str, StepSpecification]) -> Fix | None:
    """Spell every name right for which a document's problems suggest another; None if that is not enough.

    What is read after one round may show further names: what they are checked against was misspelt before.
    """
    if any(problem.code == Code.UNREADABLE for problem in error.problems):
        return None
    before = after = document.read_bytes().decode("utf-8")
    changes: dict[str, None] = {}
    problems = error.problems
    for _ in range(ROUNDS):
        cures = [problem.cure for problem in problems]
        known = [cure for cure in cures if cure is not None]
        if len(known) < len(cures):
            return None
        changes |= dict.fromkeys(f"write {cure.new!r} for {cure.old!r}" for cure in known)
        try:
            after = respelt(after, str(document), known)
            loads(after, file=str(document), specs=specs)
        except DocumentError as again:
            problems = again.problems
        else:
            return Fix(document, before, after, tuple(changes))
    return None
