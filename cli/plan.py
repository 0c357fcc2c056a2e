"""The command that says what deploying would do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..problems.errors import DriftError
from .aws_options import deploying
from .console import Exit, echo_data, print_blocks, print_json
from .formats import with_markdown
from .hints import next_after_plan
from .output import deliver
from .reporting import reported
from .shared_options import document

if TYPE_CHECKING:
    from ..deployment.aws import Aws
    from ..deployment.target import Target


@click.command()
@document
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Keep the plan.")
@with_markdown
@click.option("--exit-code", is_flag=True, help="Exit 4 when deploying would change anything.")
@deploying
@reported
def plan(
    document: Path,
    output: Path | None,
    format_: str,
    exit_code: bool,
    aws: Aws,
    aim: Callable[[Path], Target],
) -> None:
    """Say what deploying would do: step by step, why, and which caches stay; nothing is touched.

    \b
    Examples:
      stepwire plan pipeline.yaml --role arn:aws:iam::111122223333:role/pipeline
      stepwire plan pipeline.yaml -o plan.json       then: stepwire deploy plan.json
    """
    from ..deployment.plan_file import to_file
    from ..deployment.plan_formats import plan_to_data, plan_to_markdown
    from ..deployment.planning import make_plan

    found = make_plan(aws, aim(document))
    if format_ == "json":
        print_json(plan_to_data(found))
    elif format_ == "markdown":
        echo_data(plan_to_markdown(found))
    else:
        print_blocks([*found.blocks(), *next_after_plan(found, document, output)])
    if output is not None:
        deliver(to_file(found), output)
    if exit_code and found.changes_anything:
        raise Exit(DriftError.exit_code)
