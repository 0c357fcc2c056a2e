"""Running a pipeline definition on this machine, without docker and without AWS."""

from .results import Run, StepEvent, StepResult
from .runner import run_definition

__all__ = ["Run", "StepEvent", "StepResult", "run_definition"]
