"""The commands that look at many pipelines and tests at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from ..comparison.assess import Assess
from ..comparison.find_impacts import find_impacts
from ..comparison.impact import Impact
from ..comparison.render_impact import impact_blocks, impact_data, impact_markdown, impact_summary
from ..problems.errors import DriftError
from ..solver.deadline import Deadline
from ..solver.search.errors import SearchLimitError
from ..specs import StepSpecification
from .console import Exit, echo, echo_data, print_blocks, print_json
from .hints import next_after_impacts
from .parallel import each
from .reporting import reported
from .shared_options import allow_, differences, jobs_, library, limited, with_progress


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
@limited
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
    timeout: Deadline,
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

    def work(assess: Assess, files: Sequence[Path]) -> Iterator[Impact | None]:
        return with_progress(each(assess, files, jobs=jobs, worth=16), len(files), "assessing")

    found = find_impacts(
        documents, spec=spec, since=since, specs=specs, allow=tuple(allow), deadline=timeout, work=work
    )
    _tell(found, format_)
    if any(item.is_late for item in found):
        raise Exit(SearchLimitError.exit_code)
    if exit_code and any(item.is_changed for item in found):
        raise Exit(DriftError.exit_code)


def _tell(found: Sequence[Impact], format_: str) -> None:
    match format_:
        case "json":
            print_json(impact_data(found))
        case "markdown":
            echo_data(impact_markdown(found))
        case _:
            print_blocks([*impact_blocks(found), *next_after_impacts(found)])
            echo(impact_summary(found), err=True)
