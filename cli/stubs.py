"""The command that writes typed classes of steps."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import click

from ..authoring.stubs import SHIPPED, of_file, of_python, to_stubs
from ..problems.errors import DriftError
from ..specs import LIBRARY, TypeLattice, load_library
from ..specs.from_python import import_specs
from ..specs.text.source import read_text
from .console import Exit
from .output import deliver, output
from .reporting import reported


@click.command()
@click.argument("library", required=False)
@output
@click.option("--check", is_flag=True, help="Write nothing; exit 4 when FILE would change.")
@reported
def stubs(library: str | None, output: Path | None, check: bool) -> None:
    """Write typed classes of the steps of a library, which editors complete and type checkers hold together.

    LIBRARY is a spec file, or MODULE:ATTRIBUTE; without one, the shipped library is written.

    \b
    Examples:
      stepwire stubs specs.yaml -o steps.py           write them
      stepwire stubs specs.yaml -o steps.py --check   are they still right?
    """
    if check and output is None:
        raise click.UsageError("--check goes with -o FILE")
    text = _written(library, output)
    if output is not None and check:
        _compare(read_text(output), text, output)
    else:
        deliver(text, output)


def _written(library: str | None, output: Path | None) -> str:
    if library is None:
        return to_stubs(LIBRARY, SHIPPED)
    if Path(library).exists() or ":" not in library:
        found = load_library(Path(library))
        here = output.parent if output else Path()
        relative = Path(os.path.relpath(library, here)).as_posix()
        return to_stubs(found.specs, of_file(relative), TypeLattice(found.types))
    try:
        return to_stubs(import_specs(library), of_python(library))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="LIBRARY") from None


def _compare(there: str, wanted: str, output: Path) -> None:
    if there == wanted:
        click.echo(f"{output}: as the library says")
        return
    lines = difflib.unified_diff(
        there.splitlines(), wanted.splitlines(), str(output), "the library", lineterm=""
    )
    click.echo("\n".join(lines))
    raise Exit(DriftError.exit_code)
