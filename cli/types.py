"""The command that tells what types of values there are."""

from __future__ import annotations

import click

from ..specs.types import CONVERSIONS, PARENTS, TRAVELS
from .console import echo, print_json
from .formats import text_or_json


@click.command()
@text_or_json
def types(format_: str) -> None:
    """List the types of values and what each accepts, and the data types by which values travel."""
    meanings = {
        name: {"is": list(map(str, parents)), "also_accepts": list(map(str, CONVERSIONS.get(name, ())))}
        for name, parents in PARENTS.items()
    }
    travels = {str(name): list(map(str, others)) for name, others in TRAVELS.items()}
    if format_ == "json":
        value = {"schema": 1, "types": meanings, "data_types": travels}
        print_json(value)
        return
    lines = ["types: what a value means; a dependency accepts its own type and those below it"]
    for name, told in meanings.items():
        below = f" (a kind of {', '.join(told['is'])})" if told["is"] else ""
        also = f", and accepts {', '.join(told['also_accepts'])}" if told["also_accepts"] else ""
        lines.append(f"  {name}{below}{also}")
    lines += ["", "data types: how a value travels, and what can travel into it"]
    lines += [f"  {name}: {', '.join(others)}" for name, others in travels.items()]
    echo("\n".join(lines))
