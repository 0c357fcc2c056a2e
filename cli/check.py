"""The command that checks documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ..solver.deadline import Deadline
from ..solver.engines.choice import EngineName
from ..specs import StepSpecification
from ..specs.text.discovery import find_documents
from .batch import Check
from .clock import ended_at
from .formats import format_
from .parallel import each
from .reporting import print_checked, reported
from .shared_options import allow_, engine_, jobs_, library, strict, timeout_


@click.command()
@click.argument("documents", nargs=-1, required=True)
@library
@allow_
@engine_
@timeout_
@format_
@strict
@jobs_
@click.option("--no-emit", is_flag=True, help="Look at the wiring only, not at what it would emit.")
@reported
def check(
    documents: Sequence[str],
    specs: Mapping[str, StepSpecification],
    allow: Sequence[Path],
    engine: EngineName,
    timeout: Deadline,
    format_: str,
    strict: bool,
    jobs: int | None,
    no_emit: bool,
) -> None:
    """Check that documents are sound, have a wiring, and emit what SageMaker takes.

    DOCUMENTS are files, folders, and patterns such as 'pipelines/**/*.yaml'. A definition, such as the SDK
    or the answer of describe-pipeline has, is checked as well; - reads standard input.

    \b
    Examples:
      stepwire check 'pipelines/**/*.yaml' --format github
      aws sagemaker describe-pipeline --pipeline-name churn | stepwire check -
    """
    check = Check(specs, engine, timeout, strict, tuple(allow), emits=not no_emit)
    with ended_at(timeout):
        print_checked(each(check, find_documents(documents), jobs=jobs), format_)
