"""Measure models on data that they have not seen, each task by its own metrics."""

from __future__ import annotations

from ..kinds.processing import PROCESSING
from ..specification import StepDefaults, StepSpecification
from .common_ports import MEASURED, REPORT


def _measures(name: str, task: str = "") -> StepSpecification:
    """Return the specification of an evaluation; of a task that the shipped script knows, with that."""
    arguments = {
        "task": task,
        "model": "/opt/ml/processing/input/model",
        "test": "/opt/ml/processing/input/test",
        "output": "/opt/ml/processing/output/evaluation",
    }
    return StepSpecification(
        step_type=name,
        kind=PROCESSING.name,
        dependencies=MEASURED,
        outputs=REPORT,
        roles=() if name == "ModelEvaluation" else ("ModelEvaluation",),
        defaults=StepDefaults(script="evaluate_model.py", arguments=arguments) if task else StepDefaults(),
    )


EVALUATION_SPEC = _measures("ModelEvaluation")
CLASSIFICATION_EVALUATION_SPEC = _measures("ClassificationEvaluation", "classification")
REGRESSION_EVALUATION_SPEC = _measures("RegressionEvaluation", "regression")
RANKING_EVALUATION_SPEC = _measures("RankingEvaluation")
TEXT_GENERATION_EVALUATION_SPEC = _measures("TextGenerationEvaluation")
