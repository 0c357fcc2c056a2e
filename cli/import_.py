"""The command that makes a document of a definition."""

from __future__ import annotations

from pathlib import Path

import click

from ..definitions.given import read_given_file
from ..definitions.recognise import DefinitionText
from ..problems.codes import Code
from ..problems.errors import DocumentError
from ..problems.problem import Position, Problem
from .console import echo
from .output import deliver, output
from .reporting import reported


@click.command("import")
@click.argument("definition", type=click.Path(path_type=Path))
@output
@click.option("--no-pins", is_flag=True, help="Leave out the pins that the solver does not need.")
@reported
def import_(definition: Path, output: Path | None, no_pins: bool) -> None:
    """Make a document of a pipeline definition, which emits the same definition.

    DEFINITION is JSON or YAML as the SDK or `describe-pipeline` gives it; - reads standard input.

    \b
    Example: stepwire import definition.json -o pipeline.yaml
    """
    found = read_given_file(definition)
    if not isinstance(found, DefinitionText):
        message, hint = "this is no pipeline definition", "one has 'Version' and 'Steps'"
        raise DocumentError([Problem(Code.UNREADABLE, message, Position(str(definition), 1, 1), hint)])
    write_document(found, output, no_pins=no_pins)


def write_document(found: DefinitionText, output: Path | None, *, no_pins: bool) -> None:
    """Write the document of a definition to a file, or on stdout, and tell what is kept as it is."""
    from ..importers.document import to_yaml
    from ..importers.from_definition import import_definition, without_needless_pins
    from ..importers.unfit import refuse_what_never_runs

    imported = import_definition(found)
    refuse_what_never_runs(found)
    if no_pins:
        imported = without_needless_pins(imported)
    deliver(to_yaml(imported.data, imported.comments), output)
    for sentence in imported.kept:
        echo(sentence, err=True)
