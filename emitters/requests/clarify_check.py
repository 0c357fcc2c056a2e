"""Completes a ClarifyCheck step: its processing job, and what it is held against."""

from __future__ import annotations

from ..assets import Asset
from .checks import complete_check
from .common import Request, RequestContext

_FOLDERS = {"analysis_config": "/opt/ml/processing/input/config", "dataset": "/opt/ml/processing/input/data"}


def complete_clarify_check(job: RequestContext, request: Request) -> list[Asset]:
    """Complete a check for bias, or an explanation where the step's name or type says so."""
    complete_check(job, request, image="ClarifyImageUri", output="analysis_result", folders=_FOLDERS)
    job.beside.setdefault("CheckType", _check_type(job))
    return []


def _check_type(job: RequestContext) -> str:
    said = f"{job.name} {job.spec.step_type}".lower()
    if "explain" in said or "shap" in said:
        return "MODEL_EXPLAINABILITY"
    return "MODEL_BIAS" if "ModelName" in job.beside else "DATA_BIAS"
