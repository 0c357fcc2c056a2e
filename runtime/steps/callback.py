"""Callback steps: a script of the user's gives the answer that would come through the queue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import ReasonError
from ..process import Program, run_program
from ..request_models import RequestPart
from ..runnable_kind import RunnableKind
from ..step_job import Job, StepOutcome, write_json
from .lambda_step import lambda_outcome, read_answer


class CallbackRequest(RequestPart):
    """The arguments of a Callback step: any."""


def ask(job: Job) -> StepOutcome:
    """Run the script, which finds the arguments in `input/arguments.json` and leaves `output/answer.json`.

    Both lie below its working folder. Raises ReasonError when an output is not in the answer.
    """
    if job.stand_in is None:
        raise ReasonError("has nobody here who answers")
    write_json(job.ml / "input" / "arguments.json", dict(job.request))
    (job.ml / "output").mkdir(parents=True, exist_ok=True)
    run_program(job, Program(("python", job.bring_stand_in()), "", {}))
    return lambda_outcome(job, read_answer(job.ml / "output" / "answer.json"))


def _lacks(_: Mapping[str, Any]) -> str:
    return "what answers to a Callback"


CALLBACK = RunnableKind(CallbackRequest, ask, stands_in=True, lacks=_lacks)
