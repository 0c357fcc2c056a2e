"""The command that runs sets of wiring tests."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import chain
from pathlib import Path

import click

from ..problems.errors import DriftError
from ..solver.deadline import Deadline
from ..specs.text.discovery import ENDINGS, files_below, find_files
from ..specsets.mutation import Audit, audit_file, score
from ..specsets.render_mutation import audit_blocks, audit_data
from .console import Exit, print_blocks, print_json
from .formats import format_
from .parallel import each
from .reporting import print_checked, reported
from .shared_options import allow_, jobs_, limited, with_progress
from .spec_set_runs import RunFile, check_orphans, unique_or_fail, with_total


@click.command("test")
@click.argument("sets", nargs=-1, metavar="[SPEC SETS]...")
@click.option("--snapshot-update", is_flag=True, help="Write snapshots anew, remove those that are unused.")
@click.option("--mutate", is_flag=True, help="Break each document in small ways: which are noticed?")
@click.option(
    "--min-score",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="With --mutate: exit 4 when a smaller part of the breaks is noticed.",
)
@allow_
@format_
@jobs_
@limited
@reported
def test(
    sets: Sequence[str],
    allow: Sequence[Path],
    snapshot_update: bool,
    mutate: bool,
    min_score: float | None,
    format_: str,
    jobs: int | None,
    timeout: Deadline,
) -> None:
    """Run sets of wiring tests (*.wiring.yaml), or measure what they are worth.

    SPEC SETS are files, folders and patterns; without any, all here and below are run. pytest runs them too.

    \b
    Examples:
      stepwire test                      run them
      stepwire test tests --mutate       how much of what could break do they notice?
    """
    if min_score is not None and not mutate:
        raise click.UsageError("--min-score goes with --mutate")
    if mutate and snapshot_update:
        raise click.UsageError("--mutate writes no snapshots: --snapshot-update goes without it")
    files = find_files(sets, endings=ENDINGS) if sets else files_below(Path(), endings=ENDINGS)
    if not files:
        raise click.UsageError("there are no spec sets here: their names end in .wiring.yaml")
    if mutate:
        audits = each(partial(audit_file, allow=tuple(allow), deadline=timeout), files, jobs=jobs, worth=2)
        _tell_audits(list(with_progress(audits, len(files), "breaking")), min_score, format_)
        return
    unique_or_fail(files, allow)
    left = check_orphans(files, update=snapshot_update)
    ran = each(RunFile(snapshot_update, tuple(allow), timeout), files, jobs=jobs)
    print_checked(with_total(chain(ran, [left])), format_)


def _tell_audits(audits: Sequence[Audit], min_score: float | None, format_: str) -> None:
    """Tell which breaks were noticed; exit as the worst audit does, or where they are too few."""
    if format_ == "json":
        print_json(audit_data(audits))
    else:
        print_blocks(audit_blocks(audits))
    too_low = min_score is not None and (score(audits) or 0) < min_score
    failed = [item.exit_code for item in audits if item.exit_code]
    if failed or too_low:
        raise Exit(min(failed, default=DriftError.exit_code))
