"""What a command does with an error: words on stderr, data on stdout, an exit code."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import click

from ..errors import Problem, ProblemsError, StepwireError
from .checking import Checked
from .problems import problems_of, to_format, to_record
from .results import to_failure


class Failure(Exception):
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
            raise Failure(error.exit_code) from None
        except BrokenPipeError:  # whoever reads our output has enough of it
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise Failure(141) from None
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"error: {place}{error.strerror or error}", err=True)
            raise Failure(2) from None

    return run


def print_error(error: StepwireError, format_: str) -> None:
    """Print an error in words on stderr, and on stdout in the format that was asked for."""
    click.echo(str(error) if isinstance(error, ProblemsError) else f"error: {error}", err=True)
    problems = problems_of(error)
    if format_ == "json":
        click.echo(as_json({**to_failure(error), "problems": [to_record(problem) for problem in problems]}))
    else:
        click.echo(to_format(problems, format_), nl=False)


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
        raise Failure(worst)


def as_json(value: Any) -> str:
    """Write a value for programs to read, and people too."""
    return json.dumps(value, indent=2, ensure_ascii=False)
