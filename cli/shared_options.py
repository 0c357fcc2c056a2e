"""The arguments and options that commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from ..importers.loading import load_pipeline
from ..solver.deadline import Deadline
from ..solver.engines.choice import EngineName
from ..solver.search.search import Search
from ..specs import StepSpecification
from ..specs.from_python import import_specs
from .clock import ended_at
from .formats import with_markdown
from .reporting import reported

T = TypeVar("T")


def _import_specs(_: object, __: object, names: Sequence[str]) -> Mapping[str, StepSpecification]:
    """Import what `--library` names."""
    try:
        return {name: spec for reference in names for name, spec in import_specs(reference).items()}
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


document = click.argument("document", type=click.Path(path_type=Path))
library = click.option(
    "--library",
    "specs",
    multiple=True,
    callback=_import_specs,
    metavar="MODULE:ATTRIBUTE",
    help="Import step specifications from Python; may be given again.",
)
allow_ = click.option(
    "--allow",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    multiple=True,
    metavar="FOLDER",
    help="Let documents name files in this folder, beside their own; may be given again.",
)
strict = click.option("--strict", is_flag=True, help="Fail (exit 3) when a wiring is not clearly the best.")
engine_ = click.option(
    "--engine",
    type=click.Choice(get_args(EngineName)),
    default="auto",
    help="What searches; auto goes by size.",
)


def _starting_now(_: object, __: object, seconds: float | None) -> Deadline:
    """Start the clock when the command line is read: loading counts, too."""
    return Deadline.after(seconds)


timeout_ = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    callback=_starting_now,
    metavar="SECONDS",
    help="Search no longer than this; exit 5 when it does not suffice.",
)
jobs_ = click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Share the work among so many processes."
)


def limited(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command `--timeout` for all that it does; where nothing looks at it, it ends all the same."""

    @timeout_
    @reported
    @wraps(command)
    def run(*, timeout: Deadline, **options: Any) -> None:
        with ended_at(timeout):
            command(timeout=timeout, **options)

    return run


def differences(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command that compares wirings its format, and `--exit-code`."""
    exits = click.option("--exit-code", is_flag=True, help="Exit 4 when a wiring differs.")
    return with_markdown(exits(command))


def searching(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command its document, and as `search` what starts the search of it."""

    @document
    @library
    @allow_
    @engine_
    @timeout_
    @click.option("--locked", is_flag=True, help="Use the wiring of DOCUMENT.lock, or exit 4.")
    @reported
    @wraps(command)
    def run(
        *,
        document: Path,
        specs: Mapping[str, StepSpecification],
        allow: Sequence[Path],
        engine: EngineName,
        timeout: Deadline,
        locked: bool,
        **options: Any,
    ) -> None:
        def search() -> Search:
            pipeline = load_pipeline(document, specs=specs, allow=allow)
            if locked:
                from ..comparison.drift import load_locked

                pipeline = load_locked(pipeline, document, engine=engine, deadline=timeout)
            return Search.over(pipeline, engine, timeout)

        with ended_at(timeout):
            command(document, search, **options)

    return run


def with_progress(items: Iterable[T], number: int, label: str) -> Iterator[T]:
    """Yield items, of which there are `number`, and draw on stderr how far it is, if that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, length=number, label=label, file=sys.stderr) as bar:
        yield from bar
