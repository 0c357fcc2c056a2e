"""The parts of SageMaker requests that a local run needs, checked; all other members are left alone.

Source: the Create* shapes of the SageMaker API, whose names these are in snake case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from shutil import which
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError

from ..definitions.steps import AWS_NAMES
from ..problems.validation import problems_of
from .errors import ReasonError
from .evaluate import to_plain_text
from .store import UNUSABLE


def _as_text(value: Any) -> Any:
    """Take numbers and truth for text, which is what parameters of these types become in a request."""
    if isinstance(value, str) and UNUSABLE.search(value):
        raise ValueError("has a character that no program can be given")
    return to_plain_text(value) if isinstance(value, bool | int | float) else value


def _in_container(path: str) -> str:
    parts = PurePosixPath(path).parts
    if parts[:3] != ("/", "opt", "ml") or ".." in parts:
        raise ValueError(f"expected a LocalPath under /opt/ml, found '{path}'")
    return path


Text = Annotated[str, BeforeValidator(_as_text)]


ContainerPath = Annotated[Text, AfterValidator(_in_container)]


EnvironmentName = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


S3Name = Annotated[Text, Field(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*$", max_length=255)]


def runs_here(*known: str, **refused: str) -> AfterValidator:
    """Make a validator of a text that is one of those `known`; `refused` says why others do not run here."""

    def check(value: str) -> str:
        if value in refused:
            raise ValueError(f"'{value}' does not run on this machine: {refused[value]}")
        if value not in known:
            raise ValueError(f"expected one of {', '.join((*known, *refused))}, found '{value}'")
        return value

    return AfterValidator(check)


S3DataType = Annotated[
    Text, runs_here("S3Prefix", "ManifestFile", AugmentedManifestFile="name plain files instead")
]
"""What an S3 URI of an input names: all that begins with it, or a list of files."""


class RequestPart(BaseModel):
    """A part of a request: members in the API's names, those without a field ignored."""

    model_config = AWS_NAMES


class ContainerProgram(RequestPart):
    """How a container is started."""

    container_entrypoint: tuple[Text, ...] = ()
    container_arguments: tuple[Text, ...] = ()


PYTHON = ("python", "python3")
"""Programs in whose place the interpreter runs that runs stepwire."""


_INTERPRETERS = (*PYTHON, "sh", "bash")
_OTHER_PROGRAMS = ("-m", "-c")


def is_here(program: str) -> bool:
    """Tell whether the program that an entrypoint begins with can be on this machine.

    What lies under `/opt/ml` is brought by an input; all else is a program of this machine, or of an image.
    """
    if program.startswith("/opt/ml/") or ("/" in program.lstrip("/") and not program.startswith("/")):
        return True
    return program in PYTHON or which(program) is not None


def script_of(command: Sequence[str]) -> str:
    """Return the file under `/opt/ml` that a command starts, by itself or through an interpreter; or ``."""
    first = command[0] if command else ""
    if PurePosixPath(first).name not in _INTERPRETERS:
        return first if first.startswith("/opt/ml/") else ""
    script = next((word for word in command[1:] if not word.startswith("-") or word in _OTHER_PROGRAMS), "-")
    path = PurePosixPath("/opt/ml", script)
    return str(path) if not script.startswith("-") and path.is_relative_to("/opt/ml") else ""


class StoppingCondition(RequestPart):
    """How long a job may run."""

    max_runtime_in_seconds: int | None = None


R = TypeVar("R", bound=BaseModel)


def read_request(model: type[R], arguments: Mapping[str, Any]) -> R:
    """Read a request whose expressions have been evaluated; raises ReasonError with all that is wrong."""
    try:
        return model.model_validate(arguments)
    except ValidationError as error:
        found = "; ".join(problem.message for problem in problems_of(error, model, subject="Arguments"))
        raise ReasonError(f"has a request that cannot be carried out here: {found}") from error
