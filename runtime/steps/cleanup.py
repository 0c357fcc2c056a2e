"""Cleanup steps: what they would delete is told, and stays: results of this machine are used again."""

from __future__ import annotations

from typing import Any

from ..request_models import RequestPart, Text, read_request
from ..runnable_kind import RunnableKind
from ..step_job import Job, StepOutcome


class StepObjects(RequestPart):
    """Objects of S3 that a step has made."""

    step_name: Text
    s3_uris: tuple[Text, ...] = ()


class Resources(RequestPart):
    """What is to be deleted."""

    s3: tuple[StepObjects, ...] = ()


class CleanupRequest(RequestPart):
    """The arguments of a Cleanup step."""

    resources: Resources = Resources()


def clean_up(job: Job) -> StepOutcome:
    """Tell what a Cleanup step names, and delete nothing: a later run may use it again."""
    request = read_request(CleanupRequest, job.request)
    uris = [uri for item in request.resources.s3 for uri in item.s3_uris]
    steps = [item.step_name for item in request.resources.s3 if not item.s3_uris]
    named: list[Any] = [*uris, *(f"all of {name}" for name in steps)]
    return StepOutcome({}, {}, note=f"kept {', '.join(named)}" if named else "nothing to delete")


CLEANUP = RunnableKind(CleanupRequest, clean_up)
