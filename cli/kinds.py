"""The command that tells what is known of kinds of steps."""

from __future__ import annotations

import click

from ..problems.suggestions import did_you_mean
from ..specs.kinds.catalogue import KINDS
from ..specs.kinds.kind_records import kind_lines, kind_operation, kind_record
from .console import echo, print_json
from .formats import text_or_json


@click.command()
@click.argument("kind", required=False)
@text_or_json
def kinds(kind: str | None, format_: str) -> None:
    """List the kinds of steps, or tell all that is known of one: what it offers, where references go.

    \b
    Examples:
      stepwire kinds             every kind, with what takes its request
      stepwire kinds Training    what such a step offers, takes and refuses
    """
    if kind is not None and kind not in KINDS:
        meant = did_you_mean(kind, KINDS, limit=0) or "'stepwire kinds' lists them"
        raise click.UsageError(f"there is no kind of step {kind!r}: {meant}")
    shown = [KINDS[kind]] if kind else list(KINDS.values())
    if format_ == "json":
        records = [kind_record(item) for item in shown]
        value = records[0] if kind else {"schema": 1, "kinds": records}
        print_json(value)
    elif kind:
        echo("\n".join(kind_lines(KINDS[kind])))
    else:
        width = max(map(len, KINDS))
        for item in shown:
            echo(f"{item.name:<{width}}  {kind_operation(item)}")
