"""The command that writes a definition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..diagnosis.resolve import require_wiring
from ..diagnosis.warnings import warnings
from ..solver.search.search import Search
from .console import warn
from .output import deliver, output
from .reporting import reported
from .shared_options import searching

if TYPE_CHECKING:
    from ..emitters.definition import Emission


def _emit(search: Search) -> Emission:
    """Wire a pipeline and write its definition, checked against the SageMaker API."""
    from ..emitters.definition import emit_valid  # loads botocore's model of the service

    wiring = require_wiring(search)
    warn(warnings(wiring))
    emission = emit_valid(wiring)
    warn(emission.warnings)
    return emission


@click.command()
@output
@searching
@reported
def emit(_: Path, search: Callable[[], Search], output: Path | None) -> None:
    """Write the pipeline's definition as SageMaker takes it.

    \b
    Example: stepwire emit pipeline.yaml -o definition.json
    """
    from ..emitters.definition import to_json

    deliver(to_json(_emit(search()).definition), output)
