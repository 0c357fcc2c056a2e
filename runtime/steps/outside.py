"""Steps whose work is done outside of SageMaker's containers: a script of the user's stands in for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...specs.expressions import iter_texts
from ..errors import ReasonError
from ..process import Program, run_program
from ..request_models import RequestPart
from ..runnable_kind import RunnableKind
from ..s3_mirror import bring_mirrored, publish_mirrored
from ..step_job import Job, StepOutcome, write_json

_MOST_BYTES = 16 * 2**20


class AnyRequest(RequestPart):
    """A request of which nothing is read."""

    s3_uris: tuple[str, ...] = ()


def run_stand_in(job: Job) -> StepOutcome:
    """Run the stand-in of a step: it finds the step in `/opt/ml/input/step.json`, and says what came of it.

    Files of S3 that the step names are in `/opt/ml/input/s3/BUCKET/KEY`; what it leaves in
    `/opt/ml/output/s3/BUCKET/KEY` goes there, and `/opt/ml/output/properties.json` has the step's properties.
    Raises ReasonError when there is no stand-in, or it fails.
    """
    if job.stand_in is None:
        raise ReasonError("has no program here, and no stand-in")
    write_json(job.ml / "input" / "step.json", job.body)
    output = job.ml / "output"
    output.mkdir(parents=True)
    for uri in sorted({text for _, text in iter_texts(job.request) if text.startswith("s3://")}):
        bring_mirrored(job, uri)
    run_program(job, Program(("python", job.bring_stand_in()), "", {}))
    publish_mirrored(job)
    properties = _read_properties(output / "properties.json")
    return StepOutcome(properties, {}, note="stood in for")


def _read_properties(path: Path) -> dict[str, Any]:
    if not path.is_file() or path.is_symlink():
        return {}
    if path.stat().st_size > _MOST_BYTES:
        raise ReasonError(f"wrote a properties.json of more than {_MOST_BYTES} bytes")
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise ReasonError("wrote a properties.json that is no JSON") from error
    if not isinstance(found, dict):
        raise ReasonError("wrote a properties.json that holds no mapping")
    return found


OUTSIDE = RunnableKind(AnyRequest, run_stand_in, stands_in=True)
