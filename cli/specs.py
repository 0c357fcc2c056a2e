"""The command that tells which specifications are in reach, and all that one of them says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ..emitters.records.spec_record import spec_lines, spec_record
from ..problems.suggestions import did_you_mean
from ..specs import LIBRARY, StepSpecification
from ..specs.library.shipped_scripts import SCRIPTS
from ..specs.load import load_library
from ..specs.write import spec_data
from .console import echo, echo_data, print_json
from .formats import text_or_json
from .reporting import reported

Libraries = Mapping[str, Mapping[str, StepSpecification]]


@click.command()
@click.argument("subjects", nargs=-1, metavar="[NAME] [FILES]...")
@click.option("--script", is_flag=True, help="With NAME: print the script that it runs, to make it your own.")
@text_or_json
@reported
def specs(subjects: Sequence[str], script: bool, format_: str) -> None:
    """List the specifications that documents can take by name: the shipped ones, and those of FILES.

    With the NAME of one, tell all that it says: ports, where its container finds them, script and request.

    \b
    Examples:
      stepwire specs steps.yaml                              what there is
      stepwire specs XGBoostTraining                         what a step of it takes, makes and runs
      stepwire specs XGBoostTraining --script > train.py     its script
    """
    names = [item for item in subjects if not Path(item).suffix]
    found: dict[str, Mapping[str, StepSpecification]] = {"shipped": LIBRARY}
    found |= {item: load_library(Path(item)).specs for item in subjects if item not in names}
    if not names and not script:
        _list(found, format_)
        return
    if len(names) != 1:
        raise click.UsageError("name one specification")
    spec = _named(names[0], found)
    if script and not spec.defaults.script:
        raise click.UsageError(f"no script is shipped for {names[0]}: its steps say their own under 'code'")
    if script:
        echo_data((SCRIPTS / spec.defaults.script).read_text(encoding="utf-8"))
    elif format_ == "json":
        print_json(spec_record(names[0], spec))
    else:
        echo("\n".join(spec_lines(names[0], spec)))


def _named(name: str, libraries: Libraries) -> StepSpecification:
    known = {key: spec for library in libraries.values() for key, spec in library.items()}
    if name not in known:
        meant = did_you_mean(name, known, limit=0) or "'stepwire specs' lists them"
        raise click.UsageError(f"there is no specification {name!r}: {meant}")
    return known[name]


def _list(libraries: Libraries, format_: str) -> None:
    if format_ == "json":
        value = {
            "schema": 1,
            "libraries": {
                name: {key: spec_data(spec) for key, spec in library.items()}
                for name, library in libraries.items()
            },
        }
        print_json(value)
        return
    for name, library in libraries.items():
        echo(name)
        for key, spec in sorted(library.items()):
            takes = ", ".join(spec.dependencies) or "nothing"
            makes = ", ".join(spec.outputs) or "nothing"
            echo(f"  {key} ({spec.kind}): takes {takes}; makes {makes}")
