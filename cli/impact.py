"""The commands that look at many pipelines and tests at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ..comparison.impact import Assess, deleted, gone_since, present, require_spec
from ..comparison.render_impact import impact_data, impact_markdown, impact_summary, impact_text
from ..comparison.revision import require_revision
from ..problems.errors import DriftError
from ..specs import StepSpecification
from ..specs.text.discovery import files_below
from .console import Exit, as_json, reported
from .options import allow_, differences, followed, jobs_, library
from .parallel import each


@click.command()
@click.argument("documents", nargs=-1)
@click.option(
    "--spec", metavar="NAME", help="Only pipelines that take this specification (a step_type, or a kind)."
)
@click.option("--since", metavar="REV", help="Compare with this revision, instead of with each one's lock.")
@library
@allow_
@differences
@jobs_
@reported
def impact(
    documents: Sequence[str],
    spec: str | None,
    since: str | None,
    specs: Mapping[str, StepSpecification],
    allow: Sequence[Path],
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
    assess = Assess(spec, since, specs, gone, tuple(allow))
    assessed = followed(each(assess, files, jobs=jobs, worth=16), len(files), "assessing")
    found = [item for item in assessed if item is not None]
    found += deleted(gone, spec, found, specs)
    if spec is not None and not found:
        require_spec(spec, files, specs, allow)
    if format_ == "json":
        click.echo(as_json(impact_data(found)))
    elif format_ == "markdown":
        click.echo(impact_markdown(found), nl=False)
    else:
        click.echo(impact_text(found), nl=False)
        click.echo(impact_summary(found), err=True)
    if exit_code and any(item.is_changed for item in found):
        raise Exit(DriftError.exit_code)
