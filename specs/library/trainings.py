"""Train models with the other libraries that SageMaker has images for."""

from __future__ import annotations

from ..kinds.training import TRAINING
from ..specification import StepDefaults, StepSpecification
from .common_ports import CHANNELS, JOB_NAME, TRAINED


def _trains(name: str, defaults: StepDefaults | None = None) -> StepSpecification:
    return StepSpecification(
        step_type=name,
        kind=TRAINING.name,
        dependencies=CHANNELS,
        outputs=[TRAINED, JOB_NAME],
        roles=("Trainer",),
        defaults=defaults or StepDefaults(),
    )


SKLEARN_TRAINING_SPEC = _trains("SklearnTraining", StepDefaults(script="fit_sklearn.py"))
LIGHTGBM_TRAINING_SPEC = _trains("LightGBMTraining")
PYTORCH_TRAINING_SPEC = _trains("PyTorchTraining")
HUGGING_FACE_FINE_TUNING_SPEC = _trains("HuggingFaceFineTuning")
