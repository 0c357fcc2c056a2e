"""Fail steps: they end the run with their message."""

from __future__ import annotations

from typing import NoReturn

from ..errors import ReasonError
from ..request_models import RequestPart, Text, read_request
from ..runnable_kind import RunnableKind
from ..step_job import Job


class FailRequest(RequestPart):
    """The arguments of a Fail step."""

    error_message: Text = ""


def end_run(job: Job) -> NoReturn:
    """Raise ReasonError with the step's message."""
    message = read_request(FailRequest, job.request).error_message
    raise ReasonError(f"ended the run: {message}" if message else "ended the run")


FAIL = RunnableKind(FailRequest, end_run)
