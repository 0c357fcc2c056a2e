"""The command that compares two states of a pipeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ..comparison.compare import compare_named
from ..comparison.difference_record import difference_to_data
from ..comparison.markdown import difference_to_markdown
from ..problems.errors import DriftError
from ..solver.deadline import Deadline
from ..specs import StepSpecification
from .console import Exit, echo_data, print_blocks, print_json
from .reporting import reported
from .shared_options import allow_, differences, library, limited


@click.command()
@click.argument("before")
@click.argument("after")
@library
@allow_
@differences
@limited
@reported
def diff(
    before: str,
    after: str,
    specs: Mapping[str, StepSpecification],
    allow: Sequence[Path],
    format_: str,
    exit_code: bool,
    timeout: Deadline,
) -> None:
    """Say how two states of a pipeline differ: what moved, which changes moved it, and every other field.

    BEFORE and AFTER are documents, locks or definitions: files, or files
    of a git revision, written as for git.

    \b
    Examples:
      stepwire diff HEAD~1:pipeline.yaml pipeline.yaml
      stepwire diff pipeline.yaml.lock pipeline.yaml --format markdown
    """
    found = compare_named(before, after, specs=specs, allow=allow, timeout=timeout)
    if format_ == "json":
        print_json(difference_to_data(found))
    elif format_ == "markdown":
        echo_data(difference_to_markdown(found))
    else:
        print_blocks(found.blocks())
    if exit_code and found.changes_meaning:
        raise Exit(DriftError.exit_code)
