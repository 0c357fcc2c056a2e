"""The options of a command that runs steps."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}


def _size(text: str) -> int:
    """Read a number of bytes, such as 512M or 2G."""
    number, unit = (text[:-1], text[-1].upper()) if text[-1:].isalpha() else (text, "")
    if not number.isdecimal() or not int(number) or unit not in _UNITS:
        raise click.BadParameter(f"'{text}' is no size, such as 512M or 2G")
    return int(number) * _UNITS[unit]


def _pair(text: str) -> tuple[str, str]:
    """Part a name from its value."""
    name, equals, value = text.partition("=")
    if not equals or not name or not value:
        raise click.BadParameter(f"'{text}' is not of the form NAME=VALUE")
    return name, value


root_ = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".stepwire"),
    show_default=True,
    help="The folder for data, logs and models.",
)
_OPTIONS = (
    click.option(
        "-j", "--jobs", type=click.IntRange(1, 256), help="Run so many steps at a time  [default: all cores]"
    ),
    click.option("--only", multiple=True, metavar="STEP", help="Run this step alone; may be given again."),
    click.option(
        "--from", "start", multiple=True, metavar="STEP", help="Run this step and all that comes of it."
    ),
    click.option("--until", multiple=True, metavar="STEP", help="Run this step and all that it needs."),
    click.option(
        "--give",
        "given",
        multiple=True,
        type=_pair,
        metavar="STEP.OUTPUT=VALUE",
        help="Take a file, folder or value for a step's output, and do not run the step.",
    ),
    click.option(
        "--stand-in",
        "stand_ins",
        multiple=True,
        type=_pair,
        metavar="STEP=SCRIPT[:FUNCTION]",
        help="Run a script of yours in place of a step's program.",
    ),
    click.option("--fresh", is_flag=True, help="Use nothing that was made before."),
    click.option(
        "--isolate",
        type=click.Choice(["auto", "require", "off"]),
        default="auto",
        show_default=True,
        help="Give each step an /opt/ml of its own and a machine it cannot change.",
    ),
    click.option(
        "--env", "environment", multiple=True, metavar="NAME", help="Pass a variable of this shell to steps."
    ),
    click.option(
        "--memory", type=_size, metavar="SIZE", help="The memory that a process of a step may take."
    ),
    click.option("--max-output", type=_size, metavar="SIZE", help="How much a step may leave."),
    click.option(
        "--s3",
        type=click.Choice(["local", "real"]),
        default="local",
        show_default=True,
        help="Read and write S3 in a folder here, or through boto3.",
    ),
    click.option("--pass-credentials", is_flag=True, help="With --s3 real, let steps have AWS credentials."),
)


def running(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a run, as one value `options`."""

    @wraps(command)
    def wrapped(*args: Any, **values: Any) -> Any:
        names = ("jobs", "only", "start", "until", "given", "stand_ins", "fresh", "isolate", "environment")
        own = {name: values.pop(name) for name in (*names, "memory", "max_output", "s3", "pass_credentials")}
        return command(*args, options=_options(own), **values)

    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def _options(values: dict[str, Any]) -> Any:
    from ..runtime.containment import ProgramLimits, credential_names
    from ..runtime.options import RunOptions, StandIn

    if values["pass_credentials"] and values["s3"] != "real":
        raise click.UsageError("--pass-credentials needs --s3 real")
    limits = ProgramLimits(values["memory"], values["max_output"] or ProgramLimits().file_bytes)
    passed = (*values["environment"], *(credential_names() if values["pass_credentials"] else ()))
    return RunOptions(
        jobs=values["jobs"] or os.cpu_count() or 1,
        isolate=values["isolate"],
        environment=passed,
        limits=limits,
        fresh=values["fresh"],
        stand_ins={name: _stand_in(text, StandIn) for name, text in values["stand_ins"]},
        given=dict(values["given"]),
        only=values["only"],
        start=values["start"],
        until=values["until"],
        real_s3=values["s3"] == "real",
    )


def _stand_in(text: str, make: Callable[[Path, str], Any]) -> Any:
    path, _, entry = text.rpartition(":")
    return make(Path(path), entry) if path and not Path(text).exists() else make(Path(text), "")
