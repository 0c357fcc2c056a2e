"""What to type next: hints that name commands and flags, which the texts of the library never do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..diagnosis.errors import NoWiringError
from ..problems.blocks import Blocks, Line, Tone
from ..problems.codes import Code
from ..problems.errors import ProblemsError, StepwireError
from ..problems.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from ..comparison.impact import Impact
    from ..deployment.plan import Plan
    from ..diagnosis.report import Report
    from ..diagnosis.words.unresolved import Detail

_RELOCK = "if that is meant: stepwire lock {document}"
_REWRITE = "write it anew: stepwire lock --force {document}"
_SNAPSHOT = "if it is right, write it with --snapshot-update"

_HINTS: Mapping[Code, str] = {
    Code.NO_REPAIR: "see 'stepwire explain' without --fix",
    Code.PARAMETER_TYPE: "give it with --input NAME=VALUE",
    Code.NO_PARAMETER_VALUE: "give it with --input NAME=VALUE",
    Code.NO_LOCK: "write it: stepwire lock {document}",
    Code.LOCK_UNREADABLE: _REWRITE,
    Code.LOCK_EDITED: _REWRITE,
    Code.LOCK_OF_ANOTHER: _REWRITE,
    Code.WIRING_MOVED: _RELOCK,
    Code.DOCUMENT_CHANGED: _RELOCK,
    Code.SPEC_CHANGED: _RELOCK,
    Code.LOCK_NOT_VALID: _RELOCK,
    Code.NO_SNAPSHOT: _SNAPSHOT,
    Code.SNAPSHOT_DIFFERS: _SNAPSHOT,
    Code.SNAPSHOT_UNUSED: "remove it, or let --snapshot-update do so",
    Code.NO_REGION: "set AWS_DEFAULT_REGION, or give --region",
    Code.NO_CREDENTIALS: "sign in as for the aws command, or give --profile",
    Code.DENIED: "stepwire permissions prints the policy that deploying needs",
    Code.NO_BUCKET: "give another --bucket, or --create-bucket to have it made",
    Code.BAD_ROLE: "--role arn:aws:iam::111122223333:role/NAME",
    Code.NOT_OURS: "give the pipeline another name, or --adopt to take it over",
    Code.MOVED_ON: "plan again",
    Code.BAD_PLAN: "plan again: stepwire plan DOCUMENT -o FILE",
    Code.NOT_DEPLOYED: "stepwire deploy brings it there; --region and --profile say where to look",
}
"""What helps, for problems that have no hint of their own."""

_COMMANDS: Mapping[Code, str] = {
    Code.LOCK_IN_CONFLICT: "stepwire lock --force {document}",
    Code.LOCK_FORMAT: "stepwire lock --force {document}",
    Code.KIND_NOT_RUN: "--stand-in STEP=SCRIPT, --give STEP.OUTPUT=VALUE",
    Code.NO_PROGRAM: "--stand-in STEP=SCRIPT",
}
"""The command that does what the hint of a problem says last."""


def hinted(problem: Problem) -> Problem:
    """Add the command or flag that helps to what a problem says."""
    known = _COMMANDS if problem.hint else _HINTS
    if problem.code not in known:
        return problem
    file = problem.position.file if problem.position else "DOCUMENT"
    words = known[problem.code].format(document=file.removesuffix(".lock"))
    return replace(problem, hint=f"{problem.hint}: {words}" if problem.hint else words)


def say_error(error: StepwireError) -> str:
    """Say what is wrong, a line for each problem, with what helps; what helps several comes last, once."""
    if not isinstance(error, ProblemsError):
        return f"error: {error}"
    problems = [hinted(problem) for problem in error.problems]
    last = {problem.hint: number for number, problem in enumerate(problems)}
    told = (it if last[it.hint] == number else replace(it, hint="") for number, it in enumerate(problems))
    return "\n".join(map(str, told))


def report_of(error: StepwireError) -> Blocks:
    """Tell at length why there is no wiring, and which command tells more; nothing of other errors."""
    if isinstance(error, NoWiringError):
        yield from error.report.blocks()
        document = error.report.pipeline.places.file or "DOCUMENT"
        yield Line(f"'stepwire explain {document}' says what would mend it.", 0, Tone.FAINT)


def next_after_report(report: Report, detail: Detail) -> Blocks:
    """Say which flags make a change that a report offers, and which would tell more."""
    from ..diagnosis.words.unresolved import nearest  # who has a report has loaded it

    if detail.brief:
        return
    if report.cures:
        said = "--fix 1a 2b makes these changes in the document, --fix N one that mends everything"
        yield Line(f"{said}; --dry-run shows it", 1, Tone.FAINT)
    elif report.repairs:
        yield from next_after_fixes("N")
    told = (item for item in report.missing if not item.pinned)
    if not detail.all_ and any(len(item.near_misses) > len(nearest(item)) for item in told):
        yield Line("--all shows every source", 1, Tone.FAINT)
    if not report.complete:
        yield Line("a longer --timeout may tell more", 1, Tone.FAINT)


def next_after_fixes(number: str) -> Blocks:
    """Say which flags make a change."""
    what = "the change" if number == "1" else f"change {number}"
    said = f"--fix {number} makes {what} in the document, --fix {number} --dry-run shows it"
    yield Line(said, 1, Tone.FAINT)


def next_after_plan(plan: Plan, document: Path, kept: Path | None) -> Blocks:
    """Say which command does what a plan says; a plan that was kept in a file knows all options."""
    if plan.changes_anything:
        command = f"stepwire deploy {kept}" if kept else f"stepwire deploy {document}"
        adopts = " --adopt" if plan.foreign else ""
        options = "" if kept else " with the same options"
        yield Line(f"'{command}{adopts}'{options} does exactly this", 0, Tone.FAINT)


def next_after_impacts(impacts: Iterable[Impact]) -> Blocks:
    """Say which command writes a lock, where one was missed."""
    if any(impact.status == "untold" and not impact.problems for impact in impacts):
        yield Line("'stepwire lock DOCUMENT' writes a lock to compare with", 0, Tone.FAINT)
