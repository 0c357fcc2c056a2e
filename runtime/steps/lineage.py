"""Lineage steps: actions, artifacts, contexts and what ties them are recorded."""

from __future__ import annotations

import re
from typing import Any

from ..errors import ReasonError
from ..registry import record
from ..request_models import RequestPart, Text, read_request
from ..runnable_kind import RunnableKind
from ..step_job import Job, StepOutcome, make_arn


class LineageAction(RequestPart):
    """Something that was done."""

    action_name: Text


class Artifact(RequestPart):
    """Something that was made or used."""

    artifact_name: Text


class LineageContext(RequestPart):
    """Where something belongs."""

    context_name: Text


class LineageRequest(RequestPart):
    """The arguments of a Lineage step."""

    actions: tuple[LineageAction, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    contexts: tuple[LineageContext, ...] = ()
    associations: tuple[dict[str, Any], ...] = ()


def record_lineage(job: Job) -> StepOutcome:
    """Record the entities and associations of a step, and give entities their ARNs; raises ReasonError."""
    request = read_request(LineageRequest, job.request)
    names = {
        "ActionArns": ("action", [item.action_name for item in request.actions]),
        "ArtifactArns": ("artifact", [item.artifact_name for item in request.artifacts]),
        "ContextArns": ("context", [item.context_name for item in request.contexts]),
    }
    for _, (kind, given) in names.items():
        wrong = next((name for name in given if re.search(r"\s", name) or not name), None)
        if wrong is not None:
            raise ReasonError(f"uses '{wrong}', which is no name of a lineage {kind}")
    arns = {
        member: {name: make_arn(kind, name) for name in given}
        for member, (kind, given) in names.items()
        if given
    }
    record(job.registry, "lineage", job.name, {**job.request, **arns})
    outputs = {name: arn for found in arns.values() for name, arn in found.items()}
    return StepOutcome(arns, outputs, note="recorded")


LINEAGE = RunnableKind(LineageRequest, record_lineage)
