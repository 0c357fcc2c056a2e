"""QualityCheck steps: the quality of data is measured here; that of models needs a stand-in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...specs.library.shipped_scripts import SCRIPTS
from ..errors import ReasonError
from ..folders import list_files, require_own
from ..object_store import copy_contents
from ..process import Program, run_program
from ..request_models import EnvironmentName, Text, read_request
from ..runnable_kind import RunnableKind
from ..step_job import Job, StepOutcome
from .outside import run_stand_in
from .processing import ProcessingRequest, processing_traffic

MEASURE = SCRIPTS / "measure_quality.py"
_DATA_QUALITY = "DATA_QUALITY"
_SHOWN = 3


class QualityCheckRequest(ProcessingRequest):
    """CreateProcessingJob of a check, whose variables tell how its data are written."""

    environment: Mapping[EnvironmentName, Text] = {}


def check_quality(job: Job) -> StepOutcome:
    """Measure data, and hold them against the baseline that is given or was calculated.

    Raises ReasonError when a constraint is violated and that is to be a failure.
    """
    if job.body.get("CheckType") != _DATA_QUALITY:
        return run_stand_in(job)
    request = read_request(QualityCheckRequest, job.request)
    inputs, outputs = request.processing_inputs, request.processing_output_config.outputs
    if not inputs or not outputs:
        raise ReasonError("has no input to measure, or no output")
    job.store.fetch(inputs[0].s3_input.s3_uri, job.place(inputs[0].s3_input.local_path), "its data")
    given = {
        member: str(job.body.get(f"SuppliedBaseline{member}") or "")
        for member in ("Constraints", "Statistics")
    }
    checks = _is_true(job.body.get("SkipCheck")) is False and bool(given["Constraints"])
    _run(job, request, given["Constraints"] if checks else "")
    local = job.place(outputs[0].s3_output.local_path)
    require_own(local, job.ml, "its output")
    uri = outputs[0].s3_output.s3_uri.rstrip("/")
    violations = _violations(local / "constraint_violations.json")
    job.store.publish(dict(list_files(local, "its output")), uri)
    if violations and _is_true(job.body.get("FailOnViolation", True)):
        more = f" and {len(violations) - _SHOWN} more" if len(violations) > _SHOWN else ""
        raise ReasonError(f"violates its baseline: {'; '.join(violations[:_SHOWN])}{more}")
    made = {member: f"{uri}/{member.lower()}.json" for member in ("Constraints", "Statistics")}
    properties = {
        **{f"CalculatedBaseline{member}": place for member, place in made.items()},
        **{f"BaselineUsedForDriftCheck{member}": given[member] or place for member, place in made.items()},
    }
    return StepOutcome(properties, properties)


def _run(job: Job, request: QualityCheckRequest, constraints: str) -> None:
    how = json.loads(request.environment.get("dataset_format") or "{}")
    baseline = job.ml / "baseline" / "constraints.json"
    if constraints:
        baseline.parent.mkdir(parents=True, exist_ok=True)
        copy_contents(job.store.find(constraints, "its baseline"), baseline)
    source = request.processing_inputs[0].s3_input.local_path
    output = request.processing_output_config.outputs[0].s3_output.local_path
    form = "csv" if how.get("csv", {}).get("header", False) else "csv-without-header"
    if "json" in how or "jsonlines" in how:
        form = "jsonlines"
    folder = job.relocate(output)
    checked = ("--baseline", f"{job.seen}/baseline/constraints.json", "--violations", folder)
    command = (
        *("python", job.bring(MEASURE), "--data", job.relocate(source), "--format", form),
        *("--statistics", folder, "--constraints", folder),
        *(checked if constraints else ()),
    )
    run_program(job, Program(command, "", {}), request.stopping_condition.max_runtime_in_seconds)


def _violations(path: Path) -> list[str]:
    if not path.is_file():
        return []
    found = json.loads(path.read_bytes())["violations"]
    return [f"'{item['feature_name']}' {item['description']}" for item in found]


def _is_true(value: Any) -> bool:
    return value is True or str(value).lower() == "true"


def _lacks(body: Mapping[str, Any]) -> str:
    return "" if body.get("CheckType") == _DATA_QUALITY else "a check of the quality of a model"


def _beside(body: Mapping[str, Any]) -> dict[str, str]:
    """Return the baseline that a check holds its data against."""
    given = str(body.get("SuppliedBaselineConstraints") or "")
    checks = body.get("CheckType") == _DATA_QUALITY and _is_true(body.get("SkipCheck")) is False
    return {"its baseline": given} if given and checks else {}


QUALITY_CHECK = RunnableKind(
    QualityCheckRequest,
    check_quality,
    traffic=processing_traffic,
    beside=_beside,
    reused=False,
    stands_in=True,
    lacks=_lacks,
)
