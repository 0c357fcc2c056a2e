"""Lambda steps: the function's code, given by the user, called with the step's arguments."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from ...problems.suggestions import say_there
from ..errors import ReasonError
from ..object_store import copy_contents
from ..process import Program, run_program
from ..request_models import RequestPart
from ..runnable_kind import RunnableKind
from ..step_job import Job, StepOutcome, write_json

CALL_HANDLER = Path(__file__).parents[1] / "programs" / "call_handler.py"
_HANDLER = "lambda_handler"
# What the library raises: for one that is encrypted a RuntimeError, for names in no encoding a ValueError.
_BAD_ZIP = (BadZipFile, RuntimeError, ValueError)
_MOST_SECONDS = 900.0  # the longest that a Lambda may run
_MOST_BYTES = 6 * 2**20  # the largest answer that a Lambda may give
_MOST_UNPACKED = 250 * 2**20  # the largest code that a Lambda may have


class LambdaRequest(RequestPart):
    """The arguments of a Lambda step: any."""


def call_lambda(job: Job) -> StepOutcome:
    """Call the handler and take its answer for the step's outputs; raises ReasonError when one is missing."""
    if job.stand_in is None:
        raise ReasonError("has no code here")
    code = job.ml / "code"
    code.mkdir(parents=True, exist_ok=True)
    script = job.stand_in.script
    if script.suffix == ".zip":
        _unzip(script, code)
        name = job.stand_in.entry or f"lambda_function.{_HANDLER}"
    else:
        copy_contents(script, code / script.name)
        name = f"{script.stem}.{job.stand_in.entry or _HANDLER}"
    write_json(job.ml / "input" / "arguments.json", dict(job.request))
    command = ("python", job.bring(CALL_HANDLER), f"{job.seen}/code", name)
    run_program(job, Program(command, "", {}), _MOST_SECONDS)
    return lambda_outcome(job, read_answer(job.ml / "output" / "answer.json"))


def lambda_outcome(job: Job, answer: Mapping[str, Any]) -> StepOutcome:
    """Take the step's declared outputs out of an answer; raises ReasonError when one is not there."""
    declared = [item.get("OutputName") for item in job.body.get("OutputParameters", ())]
    missing = [name for name in declared if name not in answer]
    if missing:
        raise ReasonError(f"answers without its output '{missing[0]}'; {say_there(sorted(answer))}")
    outputs = {str(name): answer[name] for name in declared}
    return StepOutcome({"OutputParameters": outputs}, {name: str(value) for name, value in outputs.items()})


def read_answer(path: Path) -> Mapping[str, Any]:
    """Read an answer, which is a mapping in JSON; raises ReasonError."""
    if not path.is_file() or path.is_symlink() or path.stat().st_size > _MOST_BYTES:
        raise ReasonError(f"gives no answer of at most {_MOST_BYTES} bytes")
    try:
        answer = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise ReasonError("gives an answer that is no JSON") from error
    if not isinstance(answer, Mapping):
        raise ReasonError("gives an answer that is no mapping of outputs")
    return answer


def _unzip(archive: Path, folder: Path) -> None:
    try:
        with ZipFile(archive) as zipped:
            if sum(item.file_size for item in zipped.infolist()) > _MOST_UNPACKED:
                raise ReasonError(f"will not unpack code of more than {_MOST_UNPACKED} bytes")
            zipped.extractall(folder)
    except (*_BAD_ZIP, EOFError, zlib.error) as error:
        raise ReasonError(f"cannot unpack {archive.name}: {error}") from error


def _lacks(_: Mapping[str, Any]) -> str:
    return "a Lambda function, whose code is not in the definition,"


LAMBDA = RunnableKind(LambdaRequest, call_lambda, stands_in=True, lacks=_lacks)
