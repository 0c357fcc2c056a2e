"""NotebookJob: a notebook is run."""

from __future__ import annotations

from .kind import StepKind
from .slot import Slot

NOTEBOOK_JOB = StepKind(
    "NotebookJob",
    slots=(Slot("Environment.{1}", name=r"environment\.(.+)"), Slot("Parameters.{name}")),
    marks=("ComputingJobName",),
)
