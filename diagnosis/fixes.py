"""Makes the changes that an explanation offers in the document itself, after trying them once more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase

from ..problems.codes import Code
from ..problems.errors import DocumentError
from ..problems.problem import Problem
from ..solver.search.search import Search
from ..specs import PipelineSpec, StepSpecification, loads
from ..specs.edits.patch import patched, unified_diff
from ..specs.edits.spelling import respelt
from ..specs.text.files import write_text
from .failures import Failure, find_failures
from .repairs.remedies import edits
from .repairs.repairs import Repair
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


def find_fix(
    document: Path, report: Report, choices: Sequence[str], specs: Mapping[str, StepSpecification]
) -> Fix:
    """Make repairs of a report in a document's text, and try the text.

    `choices` is the number of a repair that mends everything (`2`), or, for some failures, one each of what
    mends them alone (`1a`, `2b`). Raises DocumentError when there is no such repair, and when the text cannot
    be changed so.
    """
    chosen = _chosen(report, choices)
    way = tuple(remedy for repair in dict.fromkeys(chosen.values()) for remedy in repair.remedies)
    before = document.read_bytes().decode("utf-8")
    after = patched(before, str(document), edits(way), report.pipeline)
    left = [failure for number, failure in enumerate(report.failures, 1) if number not in chosen]
    _require_mended(loads(after, file=str(document), specs=specs), left)
    return Fix(document, before, after, tuple(map(say_remedy, way)))


def _chosen(report: Report, choices: Sequence[str]) -> dict[int, Repair]:
    """Map failures, numbered from 1, to the repairs that were chosen for them."""
    chosen: dict[int, Repair] = {}
    for choice in choices:
        found = re.fullmatch(r"([1-9]\d{0,5})([a-z]?)", choice)
        number, letter = (int(found[1]), found[2]) if found else (0, "")
        if letter and report.cures and number <= len(report.failures):
            offered, place = report.cures[number - 1], ascii_lowercase.index(letter)
            mended = [number]
        else:
            offered, place = () if letter else report.repairs, number - 1
            mended = list(range(1, len(report.failures) + 1))
        if not 0 <= place < len(offered):
            raise _no_repair(report, choice)
        if chosen.keys() & set(mended):
            message = f"change {choice} mends what another one mends already: choose one for each failure"
            raise DocumentError([Problem(Code.NO_REPAIR, message)])
        chosen |= dict.fromkeys(mended, offered[place])
    return chosen


def _no_repair(report: Report, choice: str) -> DocumentError:
    offered = len(report.repairs) + sum(map(len, report.cures))
    known = f"{offered} are offered" if offered else "none is offered"
    why = "the pipeline is resolved" if report.is_resolved else known
    return DocumentError([Problem(Code.NO_REPAIR, f"there is no change {choice}: {why}")])


def _require_mended(pipeline: PipelineSpec, left: Sequence[Failure]) -> None:
    """Raise DocumentError unless a changed pipeline has a wiring, or fails no more than in what is `left`."""
    search = Search.over(pipeline)
    if search.has_wiring():
        return
    known = {port for failure in left for port in failure.dependencies}
    failures, _ = find_failures(pipeline, search.problem, search.engine, search.deadline)
    if not left or not all(known.issuperset(failure.dependencies) for failure in failures):
        message = "the change, made in the document, does not mend it: nothing was written"
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
