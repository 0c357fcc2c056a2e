"""The commands that look at many pipelines and tests at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

import click

from ..emitters.comparison.impact import Assess, deleted, gone_since, present, require_spec
from ..emitters.comparison.render_impact import impact_data, impact_markdown, impact_summary, impact_text
from ..emitters.comparison.revision import require_revision
from ..emitters.console import Failure, as_json, print_checked, reported
from ..emitters.discovery import files_below, find_files
from ..emitters.parallel import each
from ..emitters.specsets.audits import audit_data, audit_text
from ..emitters.specsets.model import ENDINGS
from ..emitters.specsets.mutation import audit_file, score
from ..emitters.specsets.running import RunFile, check_orphans, unique_or_fail
from ..errors import DriftError
from ..specs import StepSpecification
from .options import differences, followed, format_, jobs_, library


@click.command()
@click.argument("documents", nargs=-1)
@click.option(
    "--spec", metavar="NAME", help="Only pipelines that take this specification (a step_type, or a kind)."
)
@click.option("--since", metavar="REV", help="Compare with this revision, instead of with each one's lock.")
@library
@differences
@jobs_
@reported
def impact(
    documents: Sequence[str],
    spec: str | None,
    since: str | None,
    specs: Mapping[str, StepSpecification],
    format_: str,
    exit_code: bool,
    jobs: int | None,
) -> None:
    """List the pipelines that a change touches, and what happens to each.

    DOCUMENTS are files, folders and patterns; without any, all here and below are looked at.

    \b
    Examples:
      stepwire impact --since main                  what does my branch do to all pipelines?
      stepwire impact --spec TabularPreprocessing   who takes it, and is all still as locked?
    """
    if spec is None and since is None:
        raise click.UsageError("say which change: --spec NAME, --since REV, or both")
    if since is not None:
        require_revision(since)
    gone = gone_since(since, documents, specs) if since else {}
    files = present(documents, gone) if documents else files_below(Path())
    assess = Assess(spec, since, specs, gone)
    assessed = followed(each(assess, files, jobs=jobs, worth=16), len(files), "assessing")
    found = [item for item in assessed if item is not None]
    found += deleted(gone, spec, found, specs)
    if spec is not None and not found:
        require_spec(spec, files, specs)
    if format_ == "json":
        click.echo(as_json(impact_data(found)))
    elif format_ == "markdown":
        click.echo(impact_markdown(found), nl=False)
    else:
        click.echo(impact_text(found), nl=False)
        click.echo(impact_summary(found), err=True)
    if exit_code and any(item.is_changed for item in found):
        raise Failure(DriftError.exit_code)


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
@format_
@jobs_
@reported
def test(
    sets: Sequence[str],
    snapshot_update: bool,
    mutate: bool,
    min_score: float | None,
    format_: str,
    jobs: int | None,
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
    if not mutate:
        unique_or_fail(files)
        ran = each(RunFile(snapshot_update), files, jobs=jobs)
        print_checked(chain(ran, [check_orphans(files, update=snapshot_update)]), format_)
        return
    audits = list(followed(each(audit_file, files, jobs=jobs, worth=2), len(files), "breaking"))
    reached = score(audits)
    click.echo(as_json(audit_data(audits)) if format_ == "json" else audit_text(audits).rstrip("\n"))
    low = min_score is not None and (reached or 0) < min_score
    worst = min(
        (item.exit_code for item in audits if item.exit_code), default=DriftError.exit_code if low else 0
    )
    if worst:
        raise Failure(worst)
