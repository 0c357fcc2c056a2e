"""How commands report: errors and checked files in words, or in the format that was asked for.

It knows what every error holds, which the help of the commands does without.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from ..diagnosis.errors import NoWiringError
from ..emitters.records.wiring import WIRING_SCHEMA, to_result
from ..problems.blocks import Block, Tone
from ..problems.errors import StepwireError
from ..problems.problem import Problem, is_note
from ..problems.records import to_format, to_record
from ..solver.search.counting import WiringCount
from ..solver.search.errors import AmbiguousWiringError, SearchLimitError
from .batch import Checked
from .clock import stop
from .console import Exit, echo, echo_data, print_blocks, print_json, warn
from .hints import hinted, report_of, say_error


def reported(command: Callable[..., None]) -> Callable[..., None]:
    """Turn errors into words, or into the format that was asked for, and an exit code."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except StepwireError as error:
            stop()  # what is known by now is told, in full
            print_error(error, options.get("format_", "text"))
            raise Exit(error.exit_code) from None
        except BrokenPipeError:  # whoever reads our output has enough of it
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise Exit(141) from None
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            echo(f"error: {place}{error.strerror or error}", err=True)
            raise Exit(2) from None

    return run


def print_error(error: StepwireError, format_: str) -> None:
    """Print an error in words on stderr, and on stdout in the format that was asked for."""
    problems = [hinted(problem) for problem in error.problems]
    if isinstance(error, NoWiringError):
        _tell_unresolved(report_of(error))
    else:
        echo(say_error(error), err=True)
    if format_ == "json":
        records = [to_record(problem) for problem in problems]
        print_json({**to_failure(error), "problems": records})
    else:
        echo_data(to_format(problems, format_))


def print_checked(outcomes: Iterable[Checked], format_: str) -> None:
    """Print the outcomes of several files as they come, and leave with the worst of their exit codes."""
    worst = 0
    problems: list[Problem] = []
    doubts: list[Problem] = []
    for outcome in outcomes:
        worst = max(worst, outcome.exit_code)
        problems += map(hinted, outcome.problems)
        doubts += outcome.doubts
        if outcome.report:
            _tell_unresolved(outcome.report)
        elif outcome.words:
            echo(outcome.words, err=True)
        warn(outcome.doubts)
        if outcome.said and format_ == "text":
            echo(outcome.said, tone=_tone(outcome))
    echo_data(to_format(problems, format_, warnings=doubts))
    if worst:
        raise Exit(worst)


def _tell_unresolved(report: Iterable[Block]) -> None:
    told = list(report)  # first: time may be up meanwhile, which is told in its stead
    echo("error: ", err=True, nl=False, tone=Tone.FAILURE)
    print_blocks(told, err=True)


def _tone(outcome: Checked) -> Tone:
    if outcome.exit_code:
        return Tone.FAILURE
    return Tone.CURE if all(map(is_note, outcome.doubts)) else Tone.DOUBT


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
    return {"schema": WIRING_SCHEMA}
