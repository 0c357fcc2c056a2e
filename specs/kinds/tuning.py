"""Tuning: training jobs with other hyperparameters each, of which the best one counts."""

from __future__ import annotations

from ..types import DependencyType
from .kind import StepKind
from .offer import NUMERIC_TYPES, WORDS, Form, Offer, attribute, attributes
from .trainer import training_slots

TUNING = StepKind(
    "Tuning",
    offers=(
        *attributes("HyperParameterTuningJobName", "HyperParameterTuningJobArn"),
        attribute("metric", "BestTrainingJob.FinalHyperParameterTuningJobObjectiveMetric.Value", Form.NUMBER),
        Offer(
            "BestTrainingJob.TrainingJobName",
            Form.FILE,
            types=(DependencyType.MODEL_ARTIFACTS,),
            joined=True,
        ),
        Offer("BestTrainingJob.TrainingJobName", Form.NAME, data_types=(*NUMERIC_TYPES, *WORDS)),
    ),
    slots=training_slots("TrainingJobDefinition.", "StaticHyperParameters"),
    marks=("BestTrainingJob", "TrainingJobSummaries", "HyperParameterTuningJobName"),
    metadata="TuningJob",
    resource="HyperParameterTuningJob",
    listed="ListTrainingJobsForHyperParameterTuningJob",
    takes=("code", "env", "arguments"),
    caches=True,
    retries=True,
    exclusive=(("TrainingJobDefinition", "TrainingJobDefinitions"),),
    one_of=(("TrainingJobDefinition", "TrainingJobDefinitions"),),
    trains=("TrainingJobDefinition", "TrainingJobDefinitions"),
    stage=2,
    serves=True,
    cache_keys=(
        "HyperParameterTuningJobConfig",
        "TrainingJobDefinition.AlgorithmSpecification",
        "TrainingJobDefinition.HyperParameterRanges",
        "TrainingJobDefinition.InputDataConfig",
        "TrainingJobDefinition.StaticHyperParameters",
        "TrainingJobDefinition.TuningObjective",
        "TrainingJobDefinitions",
    ),
)
