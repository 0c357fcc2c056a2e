"""What a command does with an error: words on stderr, data on stdout, an exit code."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import click

from ..diagnosis.errors import NoWiringError
from ..emitters.records.wiring import SCHEMA, to_result
from ..problems.blocks import Block, Line
from ..problems.errors import ProblemsError, StepwireError
from ..problems.layout import WIDTH, to_text
from ..problems.problem import Problem
from ..problems.records import to_format, to_record
from ..solver.search.counting import WiringCount
from ..solver.search.errors import AmbiguousWiringError, SearchLimitError
from .batch import Checked

MIN_WIDTH, MAX_WIDTH = 60, 200


class Exit(Exception):
    """Ends a command with an exit code, everything having been said."""

    def __init__(self, exit_code: int) -> None:
        self.exit_code = exit_code


def reported(command: Callable[..., None]) -> Callable[..., None]:
    """Turn errors into words, or into the format that was asked for, and an exit code."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except StepwireError as error:
            print_error(error, options.get("format_", "text"))
            raise Exit(error.exit_code) from None
        except BrokenPipeError:  # whoever reads our output has enough of it
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise Exit(141) from None
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"error: {place}{error.strerror or error}", err=True)
            raise Exit(2) from None

    return run


def print_error(error: StepwireError, format_: str) -> None:
    """Print an error in words on stderr, and on stdout in the format that was asked for."""
    click.echo(str(error) if isinstance(error, ProblemsError) else f"error: {error}", err=True)
    if format_ == "json":
        records = [to_record(problem) for problem in error.problems]
        click.echo(as_json({**to_failure(error), "problems": records}))
    else:
        click.echo(to_format(error.problems, format_), nl=False)


def print_checked(outcomes: Iterable[Checked], format_: str) -> None:
    """Print the outcomes of several files as they come, and leave with the worst of their exit codes."""
    worst = 0
    problems: list[Problem] = []
    doubts: list[Problem] = []
    for outcome in outcomes:
        worst = max(worst, outcome.exit_code)
        problems += outcome.problems
        doubts += outcome.doubts
        if outcome.words:
            click.echo(outcome.words, err=True)
        for doubt in outcome.doubts:
            click.echo(f"warning: {doubt}", err=True)
        if outcome.said and format_ == "text":
            click.echo(outcome.said)
    click.echo(to_format(problems, format_, warnings=doubts), nl=False)
    if worst:
        raise Exit(worst)


def as_json(value: Any) -> str:
    """Write a value for programs to read, and people too."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def print_blocks(blocks: Iterable[Block], *, wrapped: bool = True) -> None:
    """Print blocks on stdout: with colours and to the terminal's width on one, else plain.

    Without `wrapped`, each line stays one line, however long.
    """
    terminal = sys.stdout.isatty()
    if not wrapped:
        click.echo("\n".join(block.text for block in blocks if isinstance(block, Line)))
        return
    width = shutil.get_terminal_size().columns if terminal or "COLUMNS" in os.environ else WIDTH
    colour = terminal and "NO_COLOR" not in os.environ
    click.echo(to_text(blocks, width=min(max(width, MIN_WIDTH), MAX_WIDTH), colour=colour), color=colour)


def to_failure(error: StepwireError) -> dict[str, Any]:
    """Write why there is no result, in the same form as far as it goes.

    The count is what is known: none where there is no wiring, at least the ties where several are equal.
    """
    match error:
        case NoWiringError():
            return to_result((), WiringCount(0))
        case AmbiguousWiringError(ties=ties):
            return {**to_result(ties, WiringCount(len(ties), exact=False)), "ties": len(ties)}
        case SearchLimitError(best=best, bound=bound, count=count):
            known = to_result((best,) if best else (), count)
            told = {key: known[key] for key in ("schema", "status", "count", "wirings")}
            return {**told, "status": "limit", "limit": error.limit, "bound": bound}
    return {"schema": SCHEMA}
