"""The command that writes the JSON Schema of documents."""

from __future__ import annotations

import click

from .console import echo_data, print_json


@click.command()
@click.option(
    "--format",
    "format_",
    type=click.Choice(("json", "markdown")),
    default="json",
    show_default=True,
    help="The JSON Schema (draft 7), or the reference of the format.",
)
def schema(format_: str) -> None:
    """Write the JSON Schema of documents, for editors and other programs.

    \b
    Example: stepwire schema > stepwire.schema.json
    and as the first line of a document:
      # yaml-language-server: $schema=stepwire.schema.json
    """
    from ..specs.schema import document_schema  # only here are schemas made
    from .reference import document_reference

    if format_ == "markdown":
        echo_data(document_reference())
    else:
        print_json(document_schema())
