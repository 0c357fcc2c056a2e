"""The command that brings a pipeline to SageMaker."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .aws_options import deploying
from .console import echo, print_blocks, print_json
from .formats import text_or_json
from .reporting import reported
from .runnable import read_assignments

if TYPE_CHECKING:
    from ..deployment.apply_orders import Deployment
    from ..deployment.aws import Aws
    from ..deployment.plan import Orders
    from ..deployment.target import Target


@click.command()
@click.argument("document", metavar="DOCUMENT|PLAN", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--adopt", is_flag=True, help="Take over a pipeline that stepwire did not deploy.")
@click.option("--create-bucket", is_flag=True, help="Make the bucket where it is not there.")
@click.option("--start", is_flag=True, help="Start an execution.")
@click.option("--param", "parameters", multiple=True, metavar="NAME=VALUE", help="Of the execution; again.")
@click.option("--wait", is_flag=True, help="Follow the execution; exit 6 when it fails.")
@text_or_json
@deploying
@reported
def deploy(
    document: Path,
    yes: bool,
    adopt: bool,
    create_bucket: bool,
    start: bool,
    parameters: Sequence[str],
    wait: bool,
    format_: str,
    aws: Aws,
    aim: Callable[[Path], Target],
) -> None:
    """Upload code and create or update the pipeline, exactly as `plan` says, or as a kept plan said.

    \b
    Examples:
      stepwire deploy pipeline.yaml --role arn:aws:iam::111122223333:role/pipeline
      stepwire deploy plan.json --yes --start --param raw=s3://bucket/raw/ --wait
    """
    from ..deployment.apply_orders import apply_orders

    orders, changes = _ordered(document, aws, aim, quiet=format_ == "json")
    values = _values(orders.target, parameters) if start or wait else {}
    if changes and not yes and sys.stdin.isatty():
        click.confirm("Do this?", abort=True, err=True)
    done = apply_orders(
        aws, orders, adopt=adopt, create_bucket=create_bucket, say=lambda text: echo(text, err=True)
    )
    execution = _start(aws, orders.target, values, wait=wait) if start or wait else None
    if format_ == "json":
        print_json(_record(done, execution))
    else:
        echo({"create": "created", "update": "updated", "none": "nothing to do:"}[done.action], nl=False)
        echo(f" {done.arn}")
        if execution:
            echo(f"started {execution}")


def _ordered(path: Path, aws: Aws, aim: Callable[[Path], Target], *, quiet: bool) -> tuple[Orders, bool]:
    """Plan a document, or read a plan; show it, and tell whether it changes anything."""
    from ..deployment.plan_file import is_plan, read_plan
    from ..deployment.planning import make_plan
    from ..specs.text.source import read_source

    if path.suffix == ".json" and is_plan(read_source(path).data):
        orders, told = read_plan(path)
        echo(str(told.get("summary", "")), err=True)
        return orders, bool(told.get("changes", True))
    found = make_plan(aws, aim(path))
    if not quiet:
        print_blocks(found.blocks())
    return found.orders, found.changes_anything


def _values(target: Target, texts: Sequence[str]) -> Mapping[str, str]:
    """Read the values for an execution; ParameterError unless each parameter has one of its type."""
    from ..definitions.steps import read_definition
    from ..runtime.parameter_values import choose_parameters

    given = read_assignments(texts)
    choose_parameters(read_definition(target.definition).sound().parameters, given)
    return given


def _start(aws: Aws, target: Target, values: Mapping[str, str], *, wait: bool) -> str:
    from ..definitions.steps import read_definition
    from ..deployment.executions import follow_execution, start_execution
    from .progress import progress_on_stderr

    arn = start_execution(aws, target.name, values)
    if wait:
        echo(f"started {arn}", err=True)
        total = len(read_definition(target.definition).sound().steps)
        follow_execution(aws, arn, total, progress_on_stderr())
    return arn


def _record(done: Deployment, execution: str | None) -> dict[str, Any]:
    uploads = [{"uri": item.uri, "bytes": item.size} for item in done.uploaded]
    return {"schema": 1, "arn": done.arn, "action": done.action, "uploaded": uploads, "execution": execution}
