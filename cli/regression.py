"""The commands that compare: with a lock, and with another state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from ..emitters.comparison.locking import LockCheck, LockWriter, find_locked
from ..emitters.comparison.render import to_data, to_markdown, to_text
from ..emitters.comparison.sides import compare_named
from ..emitters.console import Failure, as_json, print_checked, reported
from ..emitters.parallel import each
from ..errors import DriftError
from ..solver import EngineName
from ..specs import StepSpecification
from .options import differences, engine_, format_, jobs_, library


@click.command()
@click.argument("documents", nargs=-1)
@click.option("--check", is_flag=True, help="Write nothing; exit 4 when something has moved.")
@click.option("--force", is_flag=True, help="Replace a lock that cannot be read or is of another document.")
@library
@engine_
@format_
@jobs_
@reported
def lock(
    documents: Sequence[str],
    check: bool,
    force: bool,
    specs: Mapping[str, StepSpecification],
    engine: EngineName,
    format_: str,
    jobs: int | None,
) -> None:
    """Write down the best wiring of documents, or check that it is still the one written down.

    The lock of pipeline.yaml is pipeline.yaml.lock. DOCUMENTS are files, folders and patterns; without any,
    --check checks every document here and below that has a lock.

    \b
    Examples:
      stepwire lock pipeline.yaml     agree on its wiring
      stepwire lock --check           has anything moved?
    """
    if not documents and not check:
        raise click.UsageError("name the documents to lock (only --check finds them by itself)")
    work = LockCheck(specs, engine) if check else LockWriter(specs, engine, force)
    print_checked(each(work, find_locked(documents), jobs=jobs), format_)


@click.command()
@click.argument("before")
@click.argument("after")
@library
@differences
@reported
def diff(
    before: str, after: str, specs: Mapping[str, StepSpecification], format_: str, exit_code: bool
) -> None:
    """Say how the wirings of two states of a pipeline differ, and which changes made them differ.

    BEFORE and AFTER are documents, locks or definitions: files, or files
    of a git revision, written as for git.

    \b
    Examples:
      stepwire diff HEAD~1:pipeline.yaml pipeline.yaml
      stepwire diff pipeline.yaml.lock pipeline.yaml --format markdown
    """
    found = compare_named(before, after, specs=specs)
    if format_ == "json":
        click.echo(as_json(to_data(found)))
    else:
        click.echo(to_markdown(found) if format_ == "markdown" else to_text(found), nl=False)
    if exit_code and found.rewires:
        raise Failure(DriftError.exit_code)
