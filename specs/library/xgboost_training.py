"""Trains gradient-boosted trees with XGBoost: one model, or the best of many."""

from __future__ import annotations

from ..kinds.training import TRAINING
from ..kinds.tuning import TUNING
from ..specification import StepDefaults, StepSpecification
from .common_ports import CHANNELS, JOB_NAME, TRAINED

_SCRIPT = "fit_xgboost.py"

XGBOOST_TRAINING_SPEC = StepSpecification(
    step_type="XGBoostTraining",
    kind=TRAINING.name,
    dependencies=CHANNELS,
    outputs=[TRAINED, JOB_NAME],
    roles=("Trainer",),
    defaults=StepDefaults(script=_SCRIPT),
)

XGBOOST_TUNING_SPEC = StepSpecification(
    step_type="XGBoostTuning",
    kind=TUNING.name,
    dependencies=CHANNELS,
    outputs=[TRAINED],
    roles=("Trainer",),
    defaults=StepDefaults(
        script=_SCRIPT,
        request={
            "HyperParameterTuningJobConfig": {
                "HyperParameterTuningJobObjective": {"Type": "Minimize", "MetricName": "validation:loss"},
                "ResourceLimits": {"MaxNumberOfTrainingJobs": 8, "MaxParallelTrainingJobs": 2},
                "ParameterRanges": {
                    "IntegerParameterRanges": [{"Name": "max_depth", "MinValue": "2", "MaxValue": "8"}],
                    "ContinuousParameterRanges": [
                        {"Name": "eta", "MinValue": "0.02", "MaxValue": "0.4", "ScalingType": "Logarithmic"}
                    ],
                },
            },
            "TrainingJobDefinition": {
                "AlgorithmSpecification": {
                    "MetricDefinitions": [
                        {"Name": "validation:loss", "Regex": r"validation-loss: ([0-9.eE+-]+)"}
                    ]
                }
            },
        },
    ),
)
