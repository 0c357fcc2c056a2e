"""Tuning: training jobs with other hyperparameters each, of which the best one counts."""

from __future__ import annotations

from ..types import DependencyType
from .kind import StepKind, attributes
from .trainer import training_slots

TUNING = StepKind(
    "Tuning",
    outputs=attributes("HyperParameterTuningJobName", "HyperParameterTuningJobArn"),
    output="BestTrainingJob.TrainingJobName",
    output_by_type={DependencyType.MODEL_ARTIFACTS: ""},
    slots=training_slots("TrainingJobDefinition.", "StaticHyperParameters"),
    marks=("BestTrainingJob", "TrainingJobSummaries", "HyperParameterTuningJobName"),
    resource="HyperParameterTuningJob",
    listed="ListTrainingJobsForHyperParameterTuningJob",
    stage=2,
    serves=True,
)
