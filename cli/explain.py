"""The commands that say why: why a pipeline is not wired and what would mend it, why it is wired as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import click

from ..diagnosis.explain import EXPLAIN_SECONDS, REPAIRS, explain_search
from ..diagnosis.fixes import Fix, find_fix, spelling_fix
from ..diagnosis.report import Report
from ..diagnosis.words.mending import say_fix
from ..diagnosis.words.unresolved import Detail
from ..emitters.records.explanation import to_explanation, to_misspelling
from ..importers.loading import load_pipeline
from ..problems.errors import DocumentError
from ..problems.pages import page
from ..problems.records import to_format
from ..solver.deadline import Deadline
from ..solver.engines.choice import EngineName
from ..solver.search.search import Search
from ..specs import StepSpecification
from .clock import ended_at
from .completion import complete_subjects
from .console import Exit, echo, echo_data, print_blocks, print_json
from .formats import format_
from .hints import next_after_fixes, next_after_report, say_error
from .reporting import reported
from .shared_options import allow_, engine_, library

_CHOICE = re.compile(r"[1-9]\d*[a-z]")
_CODE = re.compile(r"SW\d{3}", re.IGNORECASE)


@click.command()
@click.argument(
    "subjects", nargs=-1, required=True, metavar="DOCUMENT|CODE", shell_complete=complete_subjects
)
@library
@allow_
@engine_
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    callback=lambda _, __, seconds: Deadline.after(seconds),
    default=EXPLAIN_SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="Look no longer than this; what is not found by then is left out, with a word about it.",
)
@format_
@click.option("--all", "all_", is_flag=True, help="Show every source that comes near, not the nearest only.")
@click.option("--brief", is_flag=True, help="Tell each failure in one line.")
@click.option("--all-conflicts", is_flag=True, help="List every minimal conflict and correction.")
@click.option(
    "--repairs", type=click.IntRange(min=0), default=REPAIRS, show_default=True, help="Offer at most so many."
)
@click.option(
    "--fix", "fixes", multiple=True, metavar="N", help="Make change N in the document; several as 1a 2b."
)
@click.option("--dry-run", is_flag=True, help="With --fix: show the change, and make none.")
@reported
def explain(
    subjects: Sequence[str],
    specs: Mapping[str, StepSpecification],
    allow: Sequence[Path],
    engine: EngineName,
    timeout: Deadline,
    format_: str,
    all_: bool,
    brief: bool,
    all_conflicts: bool,
    repairs: int,
    fixes: Sequence[str],
    dry_run: bool,
) -> None:
    """Say why a pipeline is not wired and what would mend it, or what is doubtful about its wiring.

    With a code, such as SW203, print the page about it.

    \b
    Examples:
      stepwire explain pipeline.yaml                    the reasons, and repairs that were tried
      stepwire explain pipeline.yaml --fix 1 --dry-run  show what the first repair changes
      stepwire explain pipeline.yaml --fix 1a 2b        mend two failures, each in its own way
      stepwire explain pipeline.yaml --format sarif     for code scanning
      stepwire explain SW203                            what a code means
    """
    subject, fix = _parted(subjects, fixes)
    if dry_run and not fix:
        raise click.UsageError("--dry-run goes with --fix N")
    if _CODE.fullmatch(subject) and not Path(subject).exists():
        echo_data(page(subject))
        return
    document = Path(subject)
    offered = max(repairs, *(int(number) for number in fix if number.isdecimal()), 0)
    try:
        with ended_at(timeout):
            search = Search.over(load_pipeline(document, specs=specs, allow=allow), engine, timeout)
            report = explain_search(search, repairs=offered, all_conflicts=all_conflicts)
    except DocumentError as error:
        _apply(_respelling(document, error, specs, fix, format_), dry_run=dry_run)
        return
    if fix:
        _apply(find_fix(document, report, fix, specs), dry_run=dry_run)
    else:
        _tell(report, Detail(all_=all_, brief=brief), format_)


def _parted(subjects: Sequence[str], fixes: Sequence[str]) -> tuple[str, list[str]]:
    """Part the document from the changes that are to be made: after `--fix`, `1a 2b` names two."""
    chosen = [number for given in fixes for number in given.replace(",", " ").split()]
    more = [item for item in subjects if chosen and _CHOICE.fullmatch(item) and not Path(item).exists()]
    rest = [item for item in subjects if item not in more]
    if len(rest) != 1:
        raise click.UsageError("name one document, or one code")
    return rest[0], [*chosen, *more]


def _tell(report: Report, detail: Detail, format_: str) -> None:
    match format_:
        case "text":
            print_blocks(
                [*report.blocks(detail), *next_after_report(report, detail)], wrapped=not detail.brief
            )
        case "json":
            print_json(to_explanation(report, all_=detail.all_))
        case _:
            echo_data(to_format(report.problems(), format_, warnings=report.doubts()))
    if not report.is_resolved:
        raise Exit(1)


def _respelling(
    document: Path,
    error: DocumentError,
    specs: Mapping[str, StepSpecification],
    fix: Sequence[str],
    format_: str,
) -> Fix:
    """Return what mends misspelt names, which is change 1; tell of it and leave where none was chosen."""
    found = spelling_fix(document, error, specs)
    if found is None or fix not in ([], ["1"]):
        raise error
    if not fix:
        _tell_misspelt(found, error, format_)
    return found


def _tell_misspelt(found: Fix, error: DocumentError, format_: str) -> NoReturn:
    """Tell of a document that names what is not there, and offer the change that mends it."""
    match format_:
        case "text":
            echo(say_error(error), err=True)
            print_blocks([*say_fix(found.changes), *next_after_fixes("1")])
        case "json":
            print_json(to_misspelling(error, found.changes))
        case _:
            raise error
    raise Exit(error.exit_code)


def _apply(fix: Fix, *, dry_run: bool) -> None:
    if dry_run:
        echo_data(fix.diff)
        return
    fix.write()
    for change in fix.changes:
        echo(f"{fix.document}: {change}", err=True)
