"""The command that tells which specifications are in reach."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ..specs import LIBRARY, StepSpecification
from ..specs.load import load_library
from ..specs.write import spec_data
from .console import echo_data, reported


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@reported
def specs(files: Sequence[Path], format_: str) -> None:
    """List the specifications that documents can take by name: the shipped ones, and those of FILES.

    \b
    Example: stepwire specs steps.yaml
    """
    found: dict[str, Mapping[str, StepSpecification]] = {"shipped": LIBRARY}
    found |= {str(file): load_library(file).specs for file in files}
    if format_ == "json":
        value = {
            "schema": 1,
            "libraries": {
                name: {key: spec_data(spec) for key, spec in library.items()}
                for name, library in found.items()
            },
        }
        echo_data(json.dumps(value, indent=2, ensure_ascii=False) + "\n")
        return
    for name, library in found.items():
        echo_data(f"{name}\n")
        for key, spec in sorted(library.items()):
            takes = ", ".join(spec.dependencies) or "nothing"
            makes = ", ".join(spec.outputs) or "nothing"
            echo_data(f"  {key} ({spec.kind}): takes {takes}; makes {makes}\n")
