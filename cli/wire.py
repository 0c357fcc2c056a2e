"""The commands that wire a document and hand on what came of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..emitters.checking import Check
from ..emitters.console import as_json, print_checked, reported
from ..emitters.discovery import find_documents
from ..emitters.parallel import each
from ..emitters.problems import to_format
from ..emitters.results import summarise, to_result, to_table
from ..emitters.warnings import warnings
from ..solver import EngineName, Search
from ..specs import StepSpecification
from .options import engine_, format_, jobs_, library, searching, strict, timeout_, warn

if TYPE_CHECKING:
    from ..emitters.definition import Emission


@click.command()
@click.argument("documents", nargs=-1, required=True)
@library
@engine_
@timeout_
@format_
@strict
@jobs_
@reported
def check(
    documents: Sequence[str],
    specs: Mapping[str, StepSpecification],
    engine: EngineName,
    timeout: float | None,
    format_: str,
    strict: bool,
    jobs: int | None,
) -> None:
    """Check that documents are sound and that each has a wiring.

    DOCUMENTS are files, folders, and patterns such as 'pipelines/**/*.yaml'.

    \b
    Example: stepwire check 'pipelines/**/*.yaml' --format github
    """
    check = Check(specs, engine, timeout, strict)
    print_checked(each(check, find_documents(documents), jobs=jobs), format_)


@click.command()
@format_
@strict
@click.option("--limit", type=click.IntRange(min=1), default=1, help="How many wirings to print.")
@click.option("--all", "all_", is_flag=True, help="Print every wiring.")
@click.option(
    "--max-wirings", type=click.IntRange(min=1), metavar="N", help="Exit 5 when --all finds more than these."
)
@searching
@reported
def solve(
    _: Path,
    search: Callable[[], Search],
    format_: str,
    strict: bool,
    limit: int,
    all_: bool,
    max_wirings: int | None,
) -> None:
    """Find the best wiring, and count the valid ones.

    \b
    Example: stepwire solve pipeline.yaml --format json --limit 3
    """
    searched = search()
    best = searched.resolve(strict=strict)
    count = searched.count().at_least(1 + len(best.ties))
    found = searched.wirings(at_most=max_wirings) if all_ or limit > 1 else iter(())
    others = islice(found, 1, None if all_ else limit)
    warn(warnings(best))
    if format_ == "text":
        for wiring in (best, *others):
            click.echo(to_table(wiring))
        click.echo(summarise(best, count))
    elif format_ == "json":
        click.echo(as_json(to_result((best, *others), count)))
    else:
        click.echo(to_format((), format_, warnings=warnings(best)), nl=False)


def _emit(search: Search) -> Emission:
    """Wire a pipeline and write its definition, checked against the SageMaker API."""
    from ..emitters.definition import emit_valid  # loads botocore's model of the service

    wiring = search.resolve()
    warn(warnings(wiring))
    return emit_valid(wiring)


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@searching
@reported
def emit(_: Path, search: Callable[[], Search], output: Path | None) -> None:
    """Write the pipeline's definition as SageMaker takes it.

    \b
    Example: stepwire emit pipeline.yaml -o definition.json
    """
    from ..emitters.definition import to_json
    from ..emitters.files import write_text

    text = to_json(_emit(search()).definition)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_text(output, text)
        click.echo(f"wrote {output}", err=True)


@click.command()
@click.option(
    "--input", "inputs", multiple=True, metavar="NAME=VALUE", help="Give an input; may be given again."
)
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".stepwire"),
    show_default=True,
    help="The folder for data, logs and models.",
)
@searching
@reported
def run(document: Path, search: Callable[[], Search], inputs: Sequence[str], root: Path) -> None:
    """Run a pipeline on this machine, without AWS and without docker.

    DOCUMENT is a pipeline document, or a definition (JSON) such as `emit` writes.

    \b
    Example: stepwire run pipeline.yaml --input raw_data=data/train.csv
    """
    from ..emitters.local import run_definition
    from ..emitters.progress import Progress, describe_models
    from ..emitters.runnable import read_assignments, read_runnable

    emission = read_runnable(document, lambda: _emit(search()))
    progress = Progress(
        lambda text: click.echo(text, err=True, nl=False), live=bool(sys.stderr and sys.stderr.isatty())
    )
    finished = run_definition(
        emission.definition,
        root=root,
        name=emission.name,
        assets=emission.assets,
        parameters={**emission.stand_ins, **read_assignments(inputs)},
        listen=progress,
    )
    for line in describe_models(finished):
        click.echo(line)


@click.command()
@click.option(
    "--format", "format_", type=click.Choice(("mermaid", "dot")), default="mermaid", show_default=True
)
@searching
@reported
def graph(_: Path, search: Callable[[], Search], format_: str) -> None:
    """Draw the wired pipeline as text, for Mermaid or Graphviz.

    \b
    Example: stepwire graph pipeline.yaml --format dot | dot -Tsvg > pipeline.svg
    """
    from ..emitters.graph import to_dot, to_graph, to_mermaid

    wiring = search().resolve()
    warn(warnings(wiring))
    drawn = to_graph(wiring)
    click.echo(to_mermaid(drawn) if format_ == "mermaid" else to_dot(drawn), nl=False)
