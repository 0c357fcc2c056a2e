"""The command that makes a document of what is deployed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..problems.codes import Code
from ..problems.errors import DefinitionError
from ..problems.problem import Problem
from .aws_options import account
from .import_ import write_document
from .output import output
from .reporting import reported

if TYPE_CHECKING:
    from ..deployment.aws import Aws


@click.command()
@click.argument("name")
@output
@click.option("--no-pins", is_flag=True, help="Leave out the pins that the solver does not need.")
@account
@reported
def pull(name: str, output: Path | None, no_pins: bool, aws: Aws) -> None:
    """Make a document of the pipeline that is deployed under a name.

    \b
    Example: stepwire pull churn -o pipeline.yaml
    """
    from ..definitions.recognise import recognise_value
    from ..deployment.deployed import require_deployed

    deployed = require_deployed(aws, name)
    found = recognise_value(deployed.definition, name) if deployed.definition else None
    if found is None:
        message = f"what is deployed as {name} is no definition that can be read"
        raise DefinitionError([Problem(Code.UNREADABLE, message)])
    write_document(found, output, no_pins=no_pins)
