"""The command that prints the policies that deploying and running need."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .aws_options import deploying
from .console import print_json
from .reporting import reported
from .shared_options import document

if TYPE_CHECKING:
    from ..deployment.aws import Aws
    from ..deployment.target import Target


@click.command()
@document
@deploying
@reported
def permissions(document: Path, aws: Aws, aim: Callable[[Path], Target]) -> None:
    """Print the IAM policy that deploying needs, and those of the roles that do the work, as JSON.

    \b
    Example: stepwire permissions pipeline.yaml --role arn:aws:iam::111122223333:role/pipeline
    """
    from ..deployment.permissions import policies

    print_json({"schema": 1, **policies(aim(document), aws.region)})
