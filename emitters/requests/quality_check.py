"""Completes a QualityCheck step: its processing job, and what it is held against."""

from __future__ import annotations

from ..assets import Asset
from .checks import RESULT_FOLDER, complete_check
from .common import Request, RequestContext, fill

BASELINE_INPUT = "baseline_dataset_input"
BASELINE_FOLDER = f"/opt/ml/processing/input/{BASELINE_INPUT}"

_FORMAT = '{"csv": {"header": true, "output_columns_position": "START"}}'


def complete_quality_check(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a check of data, or of a model where the step's name or type says so."""
    complete_check(
        job,
        request,
        image="MonitorImageUri",
        output="quality_check_output",
        folders={BASELINE_INPUT: BASELINE_FOLDER},
    )
    environment = {
        "output_path": RESULT_FOLDER,
        "publish_cloudwatch_metrics": "Disabled",
        "dataset_format": _FORMAT,
        "dataset_source": BASELINE_FOLDER,
    }
    fill(request, {"Environment": environment})
    said = f"{job.name} {job.spec.step_type}".lower().replace("_", "").replace("-", "")
    check = "MODEL_QUALITY" if "modelquality" in said else "DATA_QUALITY"
    job.beside.setdefault("CheckType", check)
    return []
